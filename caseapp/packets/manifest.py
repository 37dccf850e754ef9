"""All that a build needs, frozen. Pure dataclasses, to and from canonical JSON: equal manifests, equal bytes.

Offsets are Python code points in the exhibit's `text`, half open.
"""

import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal, Self

from caseapp.forums import Forum

FORMAT: Literal[1] = 1


class ManifestBroken(ValueError):
    """The frozen manifest contradicts itself; nothing can be built from it."""


@dataclass(frozen=True)
class Theme:
    slug: str
    name: str
    definition: str
    colour: str
    depth: int


@dataclass(frozen=True)
class Passage:
    """`rank` is its place in the order of the case's evidence, from 1; the index follows it within each theme."""

    key: str
    start: int
    end: int
    quote: str
    themes: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class Exhibit:
    """`text` is the article as printed; `left_out_before` and `left_out_after` count the characters around it.

    `published_on` is a year, a year and month, or a day, in ISO form, or empty. `sha256` is that of the original.
    """

    key: str
    label: str
    title: str
    publisher: str
    author: str
    published_on: str
    url: str
    language: str
    kind: str
    country: str
    captured_on: str
    accessed_on: str
    sha256: str
    method: str
    text: str
    left_out_before: int
    left_out_after: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Cover:
    """`fields` are (label, value) pairs; confidential, printed on the cover page and nowhere else."""

    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Manifest:
    packet_title: str
    reference: str
    forum: Forum
    index_style: str
    cover: Cover
    themes: tuple[Theme, ...]
    exhibits: tuple[Exhibit, ...]
    tools: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT

    def __post_init__(self) -> None:
        _check(self)

    @property
    def document_title(self) -> str:
        """What the PDF calls itself. Neutral as long as the packet's title is."""
        return f"{self.packet_title} — {self.reference}" if self.reference else self.packet_title

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"forum": self.forum.to_dict()}

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        if plain.get("format") != FORMAT:
            raise ManifestBroken(f"This manifest has format {plain.get('format')!r}; this version reads {FORMAT}.")
        return cls(
            format=plain["format"],
            packet_title=plain["packet_title"],
            reference=plain["reference"],
            forum=Forum.from_dict(plain["forum"]),
            index_style=plain["index_style"],
            cover=Cover(plain["cover"]["title"], _pairs(plain["cover"]["fields"])),
            themes=tuple(Theme(**theme) for theme in plain["themes"]),
            exhibits=tuple(_exhibit(exhibit) for exhibit in plain["exhibits"]),
            tools=_pairs(plain["tools"]),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls.from_dict(json.loads(text))


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


def _exhibit(plain: dict[str, Any]) -> Exhibit:
    passages = tuple(Passage(**(passage | {"themes": tuple(passage["themes"])})) for passage in plain["passages"])
    return Exhibit(**(plain | {"passages": passages}))


def _check(manifest: Manifest) -> None:
    exhibits = manifest.exhibits
    _unique("exhibit", [exhibit.key for exhibit in exhibits])
    _unique("tab", [exhibit.label for exhibit in exhibits])
    _unique("theme", [theme.slug for theme in manifest.themes])
    _unique("passage", [passage.key for exhibit in exhibits for passage in exhibit.passages])
    slugs = {theme.slug for theme in manifest.themes}
    for exhibit in exhibits:
        for passage in exhibit.passages:
            _check_passage(exhibit, passage, slugs)


def _unique(noun: str, values: list[str]) -> None:
    for earlier, later in pairwise(sorted(values)):
        if earlier == later:
            raise ManifestBroken(f"The {noun} “{later}” stands twice in the manifest.")


def _check_passage(exhibit: Exhibit, passage: Passage, slugs: set[str]) -> None:
    where = f"Passage {passage.key} of tab {exhibit.label}"
    if not 0 <= passage.start < passage.end <= len(exhibit.text):
        raise ManifestBroken(f"{where} lies outside its article.")
    if exhibit.text[passage.start : passage.end] != passage.quote:
        raise ManifestBroken(f"{where} does not say what its article says there.")
    if not passage.quote.strip():
        raise ManifestBroken(f"{where} holds nothing but white space.")
    if unknown := set(passage.themes) - slugs:
        raise ManifestBroken(f"{where} names a theme that the manifest does not hold: {', '.join(sorted(unknown))}.")
