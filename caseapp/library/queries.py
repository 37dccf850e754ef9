"""What the library is asked. Nothing here loads the text of a capture: it may be megabytes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseapp.library.models import Capture, Excerpt, Origin, Source, Theme

Tagging = Excerpt.themes.through


def captures_without_text() -> QuerySet[Capture]:
    return Capture.objects.select_related("source", "captured_by").defer("text")


def origin_names() -> list[str]:
    """Those that some source has, in order."""
    used = Source.objects.filter(origin__isnull=False)
    return list(Origin.objects.filter(pk__in=used.values("origin")).values_list("name", flat=True))


def sources_of_origin(source: Source) -> QuerySet[Source]:
    """The other sources that repeat the same report."""
    same = Source.objects.filter(origin__isnull=False, origin=source.origin_id)
    return same.exclude(pk=source.pk).order_by("title", "pk")


def captures_of(sha256: str) -> QuerySet[Capture]:
    """The captures that were read from these very bytes, oldest first."""
    return captures_without_text().filter(original_sha256=sha256).order_by("captured_at", "pk")


@dataclass(frozen=True)
class SourceFilter:
    """What the list of sources is narrowed to; it stands in the address of the page."""

    words: str = ""
    kind: str = ""
    country: str = ""
    theme: Theme | None = None


def sources_listed(wanted: SourceFilter) -> QuerySet[Source]:
    """Sources with `excerpt_count`, newest first."""
    sources = Source.objects.annotate(excerpt_count=Count("captures__excerpts")).order_by("-created_at", "-pk")
    for word in wanted.words.split():
        sources = sources.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(author__icontains=word))
    if wanted.kind:
        sources = sources.filter(kind=wanted.kind)
    if wanted.country:
        sources = sources.filter(country=wanted.country)
    if wanted.theme:
        tagged = Excerpt.objects.filter(capture__source=OuterRef("pk"), themes__in=ids_below(wanted.theme))
        sources = sources.filter(Exists(tagged))
    return sources


def countries_in_use() -> list[str]:
    codes = Source.objects.exclude(country="").order_by("country").values_list("country", flat=True)
    return [str(code) for code in codes.distinct()]


def excerpts_outside(capture: Capture, start: int, end: int) -> list[Excerpt]:
    """The excerpts that an article of these bounds would cut or leave out."""
    return list(capture.excerpts.filter(Q(start__lt=start) | Q(end__gt=end)).order_by("start", "end"))


def colours_in_use() -> list[str]:
    """The colour of every theme, as often as themes have it."""
    return list(Theme.objects.values_list("colour", flat=True))


@dataclass(frozen=True)
class ThemeRow:
    """A theme in its place. `direct` counts its own excerpts, `total` those of all themes below it too, each once."""

    theme: Theme
    depth: int
    direct: int
    total: int
    is_first: bool
    is_last: bool


def theme_tree() -> list[ThemeRow]:
    """Every theme, each before the themes below it, in the order in which people put them."""
    return list(_rows(_children_of_each(), _excerpts_of_each(), None, 0))


def _children_of_each() -> dict[int | None, list[Theme]]:
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.select_related("parent"):
        children[theme.parent_id].append(theme)
    return children


def _excerpts_of_each() -> dict[int, set[int]]:
    excerpts: dict[int, set[int]] = defaultdict(set)
    for theme_id, excerpt_id in Tagging.objects.values_list("theme_id", "excerpt_id").iterator():
        excerpts[theme_id].add(excerpt_id)
    return excerpts


def _rows(
    children: dict[int | None, list[Theme]], excerpts: dict[int, set[int]], parent: int | None, depth: int
) -> Iterator[ThemeRow]:
    """The rows below `parent`. On the way back up, each theme's set in `excerpts` has grown by those below it."""
    siblings = children[parent]
    for number, theme in enumerate(siblings, start=1):
        direct = len(excerpts[theme.pk])
        below = list(_rows(children, excerpts, theme.pk, depth + 1))
        for child in children[theme.pk]:
            excerpts[theme.pk] |= excerpts[child.pk]
        yield ThemeRow(theme, depth, direct, len(excerpts[theme.pk]), number == 1, number == len(siblings))
        yield from below


def ids_below(theme: Theme) -> set[int]:
    """The theme and all that stands below it."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent_id in Theme.objects.order_by().values_list("pk", "parent_id"):
        children[parent_id].append(pk)
    found, ahead = {theme.pk}, [theme.pk]
    while ahead:
        below = children[ahead.pop()]
        found.update(below)
        ahead.extend(below)
    return found


def ancestors(theme: Theme) -> list[Theme]:
    """From the top down to the theme's parent."""
    themes = Theme.objects.in_bulk()
    line: list[Theme] = []
    while theme.parent_id:
        theme = themes[theme.parent_id]
        line.append(theme)
    return line[::-1]


def passages_of(theme: Theme, *, with_those_below: bool) -> QuerySet[Excerpt]:
    """The theme's passages across sources, source by source, each in the order of its text."""
    ids = ids_below(theme) if with_those_below else {theme.pk}
    return (
        Excerpt.objects.filter(Exists(Tagging.objects.filter(excerpt=OuterRef("pk"), theme__in=ids)))
        .select_related("capture__source")
        .defer("capture__text")
        .prefetch_related("themes")
        .order_by("capture__source__title", "capture__source_id", "capture__number", "start", "end")
    )


@dataclass(frozen=True)
class MergePreview:
    """What merging one theme into another would do."""

    retagged: int
    already_both: int
    children: tuple[str, ...]
    clashes: tuple[str, ...]


def merge_preview(theme: Theme, into: Theme) -> MergePreview:
    of_both = Tagging.objects.filter(theme=into).values("excerpt")
    tagged = Tagging.objects.filter(theme=theme)
    already_both = tagged.filter(excerpt__in=of_both).count()
    taken = {name.casefold() for name in into.children.values_list("name", flat=True)}
    children = tuple(theme.children.values_list("name", flat=True))
    return MergePreview(
        retagged=tagged.count() - already_both,
        already_both=already_both,
        children=children,
        clashes=tuple(name for name in children if name.casefold() in taken),
    )
