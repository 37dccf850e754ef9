"""What stands on a theme's page, and in the codebook."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing import citation, plain_words
from caseapp.library.models import Excerpt, Source, Theme, ThemeExample
from caseapp.library.origins.reach import Reach
from caseapp.library.queries import ThemeRow, family_key, passages_of, theme_tree

CODEBOOK_EXAMPLES = 3  # of each kind


@dataclass(frozen=True)
class PassageFilter:
    """What the passages of a theme are narrowed to; it stands in the address of the page."""

    with_those_below: bool = True
    country: str = ""
    state: str = ""
    adverse: str = ""
    since: str = ""


def passages_narrowed(theme: Theme, wanted: PassageFilter) -> QuerySet[Excerpt]:
    """Family by family, in each source by source, each in the order of its text."""
    passages = passages_of(theme, with_those_below=wanted.with_those_below)
    if wanted.country:
        passages = passages.filter(capture__source__country=wanted.country)
    if wanted.state:
        passages = passages.filter(Excerpt.in_state(wanted.state))
    if wanted.adverse:
        passages = passages.filter(is_adverse=wanted.adverse == "yes")
    if wanted.since:
        passages = passages.filter(capture__source__published_on__gte=wanted.since)
    source = "capture__source"
    family = Coalesce(f"{source}__origin__name", f"{source}__title")
    return passages.select_related(f"{source}__origin").order_by(
        family, f"{source}__origin_id", f"{source}__title", f"{source}_id", "capture__number", "start", "end"
    )


def reach_of(passages: QuerySet[Excerpt]) -> Reach:
    return Reach.of(passages.order_by().values_list("capture__source_id", flat=True).distinct())


def countries_of(theme: Theme) -> list[str]:
    codes = passages_of(theme, with_those_below=True).exclude(capture__source__country="").order_by()
    return sorted({str(code) for code in codes.values_list("capture__source__country", flat=True).distinct()})


@dataclass(frozen=True)
class Quoted:
    """A passage as it is shown and copied; `pin` says whether it is an example, and of what."""

    excerpt: Excerpt
    source: Source
    copied: str
    pin: str


@dataclass(frozen=True)
class Family:
    """Passages whose sources share one origin, or that stand in one source."""

    name: str
    is_shared: bool
    passages: list[Quoted]


def families(excerpts: Iterable[Excerpt], theme: Theme, style: CitationStyle) -> Iterator[Family]:
    """Of the passages of one page, in their order."""
    pins = dict(theme.examples.values_list("excerpt_id", "belongs"))
    for _key, group in groupby(excerpts, key=lambda excerpt: family_key(excerpt.capture.source)):
        passages = [_quoted(excerpt, style, pins) for excerpt in group]
        source = passages[0].source
        yield Family(source.origin_name or source.title, source.origin_id is not None, passages)


def _quoted(excerpt: Excerpt, style: CitationStyle, pins: dict[int, bool]) -> Quoted:
    source = excerpt.capture.source
    cited = [plain_words(citation(source.facts, style)), excerpt.page]
    pin = {True: "belongs", False: "excluded", None: ""}[pins.get(excerpt.pk)]
    return Quoted(excerpt, source, f"“{excerpt.quote}” {', '.join(filter(None, cited))}.", pin)


def examples_of(theme: Theme) -> list[ThemeExample]:
    """Those that belong first."""
    return list(_examples().filter(theme=theme))


@dataclass(frozen=True)
class CodebookEntry:
    row: ThemeRow
    belongs: list[ThemeExample]
    excluded: list[ThemeExample]


def codebook() -> list[CodebookEntry]:
    """Every theme in its place, with a few of its examples."""
    pinned: dict[tuple[int, bool], list[ThemeExample]] = defaultdict(list)
    for example in _examples():
        pinned[example.theme_id, example.belongs].append(example)
    return [
        CodebookEntry(
            row,
            pinned[row.theme.pk, True][:CODEBOOK_EXAMPLES],
            pinned[row.theme.pk, False][:CODEBOOK_EXAMPLES],
        )
        for row in theme_tree()
    ]


def _examples() -> QuerySet[ThemeExample]:
    examples = ThemeExample.objects.select_related("excerpt__capture__source")
    return examples.defer("excerpt__capture__text")
