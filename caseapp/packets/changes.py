"""What differs between two published manifests, for somebody who has already cited the earlier packet. Pure.

The first manifests named a forum without its profile, and parts without their hash: what one of the two does not say
is not compared.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from caseapp.packets.plan import pinpoint

Published = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class FiledExhibit:
    """`looks` are the hashes of its tab sheet and its pages, empty where the manifest does not say."""

    tab_word: str
    tab: str
    title: str
    sha256: str
    text_sha256: str
    pages: tuple[str, str]
    looks: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.tab_word} {self.tab}"

    @property
    def pinpoint(self) -> str:
        return pinpoint(self.tab_word, self.tab, self.pages)


@dataclass(frozen=True)
class FiledPassage:
    tab_word: str
    tab: str
    quote: str
    pages: tuple[str, ...]

    @property
    def pinpoint(self) -> str:
        return pinpoint(self.tab_word, self.tab, self.pages)


@dataclass(frozen=True)
class Pair(Generic[T]):
    """The same thing in both packets."""

    before: T
    after: T

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class KeptExhibit(Pair[FiledExhibit]):
    """`is_set_anew`: its pages look different, though its file, words, title, tab and passages are the same."""

    is_set_anew: bool

    @property
    def is_moved(self) -> bool:
        return self.before.tab != self.after.tab

    @property
    def is_on_other_pages(self) -> bool:
        return not self.is_moved and self.before.pages != self.after.pages

    @property
    def is_retitled(self) -> bool:
        return self.before.title != self.after.title

    @property
    def has_other_file(self) -> bool:
        return self.before.sha256 != self.after.sha256

    @property
    def has_other_words(self) -> bool:
        return self.before.text_sha256 != self.after.text_sha256

    @property
    def is_changed(self) -> bool:
        return self.is_retitled or self.has_other_file or self.has_other_words or self.is_set_anew


@dataclass(frozen=True)
class Tool:
    """Empty where one of the packets was made without it."""

    name: str
    version: Pair[str]


@dataclass(frozen=True)
class Changes:
    """`forum_profile`: the forum has its name still, and asks for something else. `index`: it differs, and nothing
    before it says why. `files`: nothing but their bytes differs."""

    title: Pair[str]
    reference: Pair[str]
    forum: Pair[str]
    pages: Pair[int]
    volumes: Pair[int]
    exhibits_added: tuple[FiledExhibit, ...]
    exhibits_removed: tuple[FiledExhibit, ...]
    exhibits_moved: tuple[KeptExhibit, ...]
    exhibits_changed: tuple[KeptExhibit, ...]
    exhibits_on_other_pages: tuple[KeptExhibit, ...]
    passages_added: tuple[FiledPassage, ...]
    passages_removed: tuple[FiledPassage, ...]
    passages_moved: tuple[Pair[FiledPassage], ...]
    forum_profile: bool
    cover: bool
    index: bool
    tools: tuple[Tool, ...]
    files: bool

    @property
    def is_empty(self) -> bool:
        values = (getattr(self, field.name) for field in fields(self))
        return not any(value.differs if isinstance(value, Pair) else value for value in values)


@dataclass(frozen=True)
class _Filing:
    """`labels` and `passages` by tab: those of all pages of its exhibit, and what is marked on them."""

    exhibits: tuple[FiledExhibit, ...]
    labels: Mapping[str, tuple[str, ...]]
    passages: Mapping[str, tuple[FiledPassage, ...]]
    tools: Mapping[str, str]
    cover: str
    index: str
    files: tuple[str, ...]
    pages: int


def changes(before: Published, after: Published) -> Changes:
    """Exhibits are the same by their file, words and title, as much of it as still agrees; passages by their exhibit
    and their words, equal ones in their order."""
    old, new = _filing(before), _filing(after)
    forum = Pair(before["forum"]["name"], after["forum"]["name"])
    is_same_profile = _is_same_profile(before["forum"], after["forum"])
    is_same_setting = is_same_profile and old.tools == new.tools
    kept, removed, added = _exhibits(old, new, is_same_setting=is_same_setting)
    passages, passages_removed, passages_added = _passages(old, new, kept)
    found: dict[str, Any] = {
        "title": Pair(before["title"], after["title"]),
        "reference": Pair(before["reference"], after["reference"]),
        "forum": forum,
        "pages": Pair(old.pages, new.pages),
        "volumes": Pair(len(old.files), len(new.files)),
        "exhibits_added": added,
        "exhibits_removed": removed,
        "exhibits_moved": tuple(exhibit for exhibit in kept if exhibit.is_moved),
        "exhibits_changed": tuple(exhibit for exhibit in kept if exhibit.is_changed),
        "exhibits_on_other_pages": tuple(exhibit for exhibit in kept if exhibit.is_on_other_pages),
        "passages_added": passages_added,
        "passages_removed": passages_removed,
        "passages_moved": tuple(pair for pair in passages if _is_moved(pair)),
        "forum_profile": not forum.differs and not is_same_profile,
        "cover": is_same_setting and _differ(old.cover, new.cover),
        "tools": _tools(old, new),
    }
    found["index"] = _differ(old.index, new.index) and Changes(**found, index=False, files=False).is_empty
    found["files"] = old.files != new.files and Changes(**found, files=False).is_empty
    return Changes(**found)


def _is_same_profile(before: Published, after: Published) -> bool:
    return all(before[name] == after[name] for name in before.keys() & after.keys())


def _differ(look: str, other: str) -> bool:
    return bool(look and other) and look != other


def _filing(published: Published) -> _Filing:
    word = published["forum"].get("tab_word", "Tab")
    parts, pieces = defaultdict(list), defaultdict(list)
    for part in published["parts"]:
        parts[part["kind"]].append(part)
        pieces[part.get("source", part["name"])].append(part)
    passages = defaultdict(list)
    volumes = {row["number"]: row["labels"] for row in published["volumes"] if "labels" in row}
    exhibit_labels = {
        row["tab"]: tuple(label for part in pieces[f"exhibit-{row['key']}"] for label in _part_labels(part, volumes))
        for row in published["inputs"]
    }
    for row in published["quotations"]:
        pages = tuple(row.get("labels") or map(str, row["pages"]))
        passages[row["tab"]].append(FiledPassage(word, row["tab"], row["quote"], pages))
    return _Filing(
        exhibits=tuple(
            _exhibit(
                word, row, pieces[f"tab-{row['key']}"] + pieces[f"exhibit-{row['key']}"], exhibit_labels[row["tab"]]
            )
            for row in published["inputs"]
        ),
        labels=exhibit_labels,
        passages={tab: tuple(found) for tab, found in passages.items()},
        tools=dict(published["tools"]),
        cover=_look(parts["cover"][0]),
        index=_look(parts["index"][0]),
        files=tuple(volume["sha256"] for volume in published["volumes"]),
        pages=sum(volume["pages"] for volume in published["volumes"]),
    )


def _part_labels(part: Published, volumes: Mapping[int, Sequence[str]]) -> Sequence[str]:
    """The first manifests counted pages, and had no other labels."""
    first, pages = part["first_page"], part["pages"]
    if not volumes:
        return [str(page) for page in range(first, first + pages)]
    return volumes[part["volume"]][first - 1 :][:pages]


def _exhibit(word: str, row: Published, parts: Sequence[Published], labels: Sequence[str]) -> FiledExhibit:
    """`parts`: its tab sheet and its pages; of a divided one all pieces, though only their own pages have a look."""
    return FiledExhibit(
        tab_word=word,
        tab=row["tab"],
        title=row["title"],
        sha256=row["sha256"],
        text_sha256=row["text_sha256"],
        pages=(labels[0], labels[-1]),
        looks=tuple(_look(part) for part in parts if part.get("piece", 1) == 1),
    )


def _look(part: Published) -> str:
    look: str = part.get("sha256", "")
    return look


# The surest first: what one of these pairs is not asked for by the next.
_IDENTITIES: tuple[Callable[[FiledExhibit], Hashable], ...] = (
    lambda exhibit: (exhibit.sha256, exhibit.text_sha256, exhibit.title),
    lambda exhibit: (exhibit.sha256, exhibit.text_sha256),
    lambda exhibit: (exhibit.sha256, exhibit.title),
    lambda exhibit: exhibit.sha256,
    lambda exhibit: exhibit.text_sha256,
    lambda exhibit: exhibit.title,
)


def _exhibits(
    old: _Filing, new: _Filing, *, is_same_setting: bool
) -> tuple[tuple[KeptExhibit, ...], tuple[FiledExhibit, ...], tuple[FiledExhibit, ...]]:
    pairs, removed, added = _matched(old.exhibits, new.exhibits, _IDENTITIES)
    kept = tuple(
        KeptExhibit(one, other, is_same_setting and _is_set_anew(one, other, old, new)) for one, other in pairs
    )
    return kept, removed, added


def _is_set_anew(one: FiledExhibit, other: FiledExhibit, old: _Filing, new: _Filing) -> bool:
    """Its tab, title, words and highlights are printed on its pages: only where they are the same is there more."""
    same = all(getattr(one, name) == getattr(other, name) for name in ("tab", "title", "sha256", "text_sha256"))
    highlights = _highlights(one, old), _highlights(other, new)
    return same and highlights[0] == highlights[1] and any(map(_differ, one.looks, other.looks))


def _highlights(exhibit: FiledExhibit, filing: _Filing) -> list[tuple[str, list[int]]]:
    """The words, and on which of the exhibit's own pages they stand."""
    places = {label: place for place, label in enumerate(filing.labels[exhibit.tab])}
    passages = filing.passages.get(exhibit.tab, ())
    return [(passage.quote, [places[label] for label in passage.pages]) for passage in passages]


def _passages(
    old: _Filing, new: _Filing, kept: Iterable[KeptExhibit]
) -> tuple[tuple[Pair[FiledPassage], ...], tuple[FiledPassage, ...], tuple[FiledPassage, ...]]:
    """Tabs are unique in a packet, so the tab of its exhibit and the words are what a passage is known by."""
    tab_after = {pair.before.tab: pair.after.tab for pair in kept}
    before = [(tab_after.get(tab), passage) for tab, found in old.passages.items() for passage in found]
    after = [(passage.tab, passage) for found in new.passages.values() for passage in found]
    pairs, removed, added = _matched(before, after, [lambda known: (known[0], known[1].quote)])
    return (
        tuple(Pair(one[1], other[1]) for one, other in pairs),
        tuple(passage for _tab, passage in removed),
        tuple(passage for _tab, passage in added),
    )


def _is_moved(pair: Pair[FiledPassage]) -> bool:
    return (pair.before.tab, pair.before.pages) != (pair.after.tab, pair.after.pages)


def _matched(
    before: Sequence[T], after: Sequence[T], identities: Iterable[Callable[[T], Hashable]]
) -> tuple[list[tuple[T, T]], tuple[T, ...], tuple[T, ...]]:
    """Pairs in the order of `after`, and what is left over of each; equal ones are paired in their order."""
    left, right = dict(enumerate(before)), dict(enumerate(after))
    pairs = []
    for identity in identities:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, item in left.items():
            waiting[identity(item)].append(place)
        for place, item in list(right.items()):
            if waiting[identity(item)]:
                pairs.append((place, left.pop(waiting[identity(item)].popleft()), right.pop(place)))
    pairs.sort(key=lambda pair: pair[0])
    return [(one, other) for _place, one, other in pairs], tuple(left.values()), tuple(right.values())


def _tools(old: _Filing, new: _Filing) -> tuple[Tool, ...]:
    names = sorted(old.tools.keys() | new.tools.keys())
    versions = {name: Pair(old.tools.get(name, ""), new.tools.get(name, "")) for name in names}
    return tuple(Tool(name, version) for name, version in versions.items() if version.differs)
