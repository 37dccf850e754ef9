"""A manifest → the headings of its index and what stands under each, for every style. Pure.

Nothing falls out: a passage that no heading of the style claims stands under the last one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from caseapp.packets.labels import roman
from caseapp.packets.manifest import Exhibit, Manifest, Passage, Statement, Theme

KINDS = {
    "client": "Personal documents",
    "government": "Government publications",
    "intergovernmental": "Publications of intergovernmental bodies",
    "ngo": "Reports of non-governmental organizations",
    "academic": "Academic work",
    "expert": "Reports of experts",
    "news": "News reports",
    "other": "Other sources",
}
UNDATED = "No date stated"
PERSONAL = KINDS["client"]
_RELATIONS = {"supports": "Supported by", "contradicts": "Cutting against it", "context": "Context"}


@dataclass(frozen=True)
class Item:
    """A passage of an exhibit, or the exhibit as a whole (`passage` is None), and the pages of it that are meant.
    `answer` is how the case meets what cuts against it."""

    exhibit: Exhibit
    passage: Passage | None = None
    pages: str = ""
    answer: str = ""

    @property
    def to(self) -> str:
        return "passage" if self.passage else "exhibit"

    @property
    def key(self) -> str:
        return self.passage.key if self.passage else self.exhibit.key


@dataclass(frozen=True)
class Cluster:
    """`source`: these are all the passages of one exhibit, which is named once above them."""

    heading: str
    items: tuple[Item, ...]
    source: Exhibit | None = None

    @property
    def passages(self) -> int:
        return sum(item.passage is not None for item in self.items)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return (*((self.source,) if self.source else ()), *(item.exhibit for item in self.items))


@dataclass(frozen=True)
class Heading:
    numeral: str
    name: str
    depth: int
    clusters: tuple[Cluster, ...]
    detail: str = ""
    is_sentence: bool = False

    @property
    def passages(self) -> int:
        return sum(cluster.passages for cluster in self.clusters)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return tuple(exhibit for cluster in self.clusters for exhibit in cluster.exhibits)


def arranged(manifest: Manifest) -> tuple[Heading, ...]:
    return tuple(_STYLES.get(manifest.index_style, by_theme)(manifest))


def by_theme(manifest: Manifest) -> Iterable[Heading]:
    numerals = theme_numerals(manifest.themes)
    found = ranked(manifest)
    for theme in manifest.themes:
        here = [item for item in found if item.passage and theme.slug in item.passage.themes]
        yield Heading(numerals[theme.slug], theme.name, theme.depth, _plain(here), _elements(theme))
    without = [item for item in found if item.passage and not item.passage.themes]
    yield from _further(without, "Further passages" if manifest.themes else "Passages")


def by_kind(manifest: Manifest) -> Iterable[Heading]:
    kinds: dict[str, list[Exhibit]] = defaultdict(list)
    for exhibit in manifest.exhibits:
        kind = "client" if exhibit.section == "client" else exhibit.kind
        kinds[kind if kind in KINDS else "other"].append(exhibit)
    used = [kind for kind in KINDS if kinds[kind]]
    for number, kind in enumerate(used, start=1):
        yield Heading(roman(number), KINDS[kind], 0, tuple(_source(exhibit) for exhibit in kinds[kind]))


def by_date(manifest: Manifest) -> Iterable[Heading]:
    """Newest first, for whoever decides wants to know how things stand; a year before its months, the undated last."""
    years: dict[str, list[Exhibit]] = defaultdict(list)
    for exhibit in manifest.exhibits:
        years[exhibit.published_on[:4]].append(exhibit)
    for number, year in enumerate(sorted(years, reverse=True), start=1):
        newest = sorted(years[year], key=lambda exhibit: exhibit.published_on, reverse=True)
        yield Heading(roman(number), year or UNDATED, 0, tuple(_source(exhibit) for exhibit in newest))


def by_statement(manifest: Manifest) -> Iterable[Heading]:
    """A statement on which nothing bears is left out: an index says what there is, not what is missing."""
    items = {item.key: item for item in ranked(manifest)}
    items |= {exhibit.key: Item(exhibit) for exhibit in manifest.exhibits}
    for number, statement in enumerate((row for row in manifest.statements if row.bearings), start=1):
        yield Heading(str(number), statement.text, 0, _bearing(statement, items), _detail(statement), is_sentence=True)
    borne = {bearing.key for statement in manifest.statements for bearing in statement.bearings}
    further = [item for item in ranked(manifest) if item.key not in borne]
    yield from _further(further, "Further passages" if borne else "Passages")


def theme_numerals(themes: Sequence[Theme]) -> dict[str, str]:
    """`I`, `I.1`, `I.1.1` by the depth of each theme, in order; a theme whose parent is absent stands as its own."""
    counters: list[int] = []
    numerals = {}
    for theme in themes:
        depth = min(theme.depth, len(counters))
        counters = [*counters[: depth + 1], *([0] if depth == len(counters) else [])]
        counters[depth] += 1
        numerals[theme.slug] = ".".join([roman(counters[0]), *map(str, counters[1:])])
    return numerals


def ranked(manifest: Manifest) -> list[Item]:
    """Every passage, in the order of the case's evidence."""
    found = [(passage.rank, exhibit, passage) for exhibit in manifest.exhibits for passage in exhibit.passages]
    return [Item(exhibit, passage) for _, exhibit, passage in sorted(found, key=lambda triple: triple[0])]


def _plain(items: Iterable[Item]) -> tuple[Cluster, ...]:
    kept = tuple(items)
    return (Cluster("", kept),) if kept else ()


def _further(items: Sequence[Item], name: str) -> Iterable[Heading]:
    if items:
        yield Heading("", name, 0, _plain(items))


def _source(exhibit: Exhibit) -> Cluster:
    """All passages of an exhibit, in the order of its text."""
    passages = sorted(exhibit.passages, key=lambda passage: (passage.start, passage.end, passage.key))
    return Cluster("", tuple(Item(exhibit, passage) for passage in passages), exhibit)


def _bearing(statement: Statement, items: dict[str, Item]) -> tuple[Cluster, ...]:
    clusters = []
    for relation, heading in _RELATIONS.items():
        here = [
            Item(items[bearing.key].exhibit, items[bearing.key].passage, bearing.pages, bearing.answer)
            for bearing in statement.bearings
            if bearing.relation == relation
        ]
        if here:
            clusters.append(Cluster(heading, tuple(here)))
    return tuple(clusters)


def _elements(theme: Theme) -> str:
    """As in the margin of an argument: `Element: nexus`"""
    if not theme.elements:
        return ""
    return f"{'Element' if len(theme.elements) == 1 else 'Elements'}: {'; '.join(theme.elements)}"


def _detail(statement: Statement) -> str:
    where = f"Declaration, {statement.paragraph}" if statement.paragraph else ""
    shows = f"goes to {statement.element}" if statement.element else ""
    return " · ".join(words for words in (where, shows) if words)


_STYLES: dict[str, Callable[[Manifest], Iterable[Heading]]] = {
    "theme": by_theme,
    "kind": by_kind,
    "date": by_date,
    "statement": by_statement,
}
