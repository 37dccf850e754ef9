"""What the library is asked. Nothing here loads the text of a capture: it may be megabytes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from caseapp.accounts.models import User
from caseapp.library.models import (
    Capture,
    Excerpt,
    Import,
    ImportRow,
    Link,
    Origin,
    Outcome,
    RowStatus,
    SavedSearch,
    Source,
    Suggestion,
    Theme,
    Undo,
)

Tagging = Excerpt.themes.through

# So many are asked for by their numbers. Of more, what all have is read: that is quicker, and a database takes only so
# many numbers in one question.
FEW = 100


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


def family_key(source: Source) -> str:
    """The same for all sources of one origin family; a source without an origin is a family of its own."""
    return family_of(source.pk, source.origin_id)


def family_of(source_id: int, origin_id: int | None) -> str:
    return f"origin-{origin_id}" if origin_id else f"source-{source_id}"


def origins_of(source_ids: Collection[int]) -> dict[int, int]:
    """By source, the report that it tells; those that stand for themselves are missing."""
    told = Source.objects.filter(origin__isnull=False).order_by()
    if len(source_ids) <= FEW:
        return dict(told.filter(pk__in=source_ids).values_list("pk", "origin_id"))
    known = set(source_ids)
    return {pk: origin for pk, origin in told.values_list("pk", "origin_id") if pk in known}


def families_of(source_ids: Collection[int]) -> dict[int, str]:
    """By source, the key of its family."""
    origins = origins_of(source_ids)
    return {pk: family_of(pk, origins.get(pk)) for pk in source_ids}


def captures_of(sha256: str) -> QuerySet[Capture]:
    """The captures that were read from these very bytes, oldest first."""
    return captures_without_text().filter(original_sha256=sha256).order_by("captured_at", "pk")


def sources_listed(words: str = "") -> QuerySet[Source]:
    """Sources whose title, publisher or author holds every word, with `excerpt_count`, newest first."""
    sources = Source.objects.annotate(excerpt_count=Count("captures__excerpts")).order_by("-created_at", "-pk")
    for word in words.split():
        sources = sources.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(author__icontains=word))
    return sources


def saved_searches_of(person: User) -> QuerySet[SavedSearch]:
    """The person's own, and those that others share."""
    return SavedSearch.objects.filter(Q(owner=person) | Q(is_shared=True)).select_related("owner")


def excerpts_outside(capture: Capture, start: int, end: int) -> list[Excerpt]:
    """The excerpts that an article of these bounds would cut or leave out."""
    return list(capture.excerpts.filter(Q(start__lt=start) | Q(end__gt=end)).order_by("start", "end"))


def last_deed(person: User, excerpt_id: int) -> Undo | None:
    """What this person did last to an excerpt and may undo."""
    return Undo.objects.filter(made_by=person, undone_at=None, payload__excerpt=excerpt_id).order_by("-pk").first()


def last_deed_of(person: User, kind: str) -> Undo | None:
    return Undo.objects.filter(made_by=person, undone_at=None, kind=kind).order_by("-pk").first()


def last_deed_to_link(person: User, link_id: int) -> Undo | None:
    """The decision that stands, if it is this person's."""
    deeds = Undo.objects.filter(made_by=person, undone_at=None, kind="origin.decided", payload__link=link_id)
    deed = deeds.order_by("-pk").first()
    return deed if deed and Link.objects.filter(pk=link_id, version=deed.payload["version"]).exists() else None


def last_deed_in(person: User, source: Source) -> Undo | None:
    """What this person did last to an excerpt of the source and may undo, one that they removed included."""
    of_source = Q(
        payload__excerpt__in=list(Excerpt.objects.filter(capture__source=source).values_list("pk", flat=True))
    )
    captures = list(source.captures.values_list("pk", flat=True))
    removed = Q(kind="excerpt.removed", payload__rows__0__fields__capture__in=captures)
    return (
        Undo.objects.filter(of_source | removed, made_by=person, undone_at=None, part_of=None).order_by("-pk").first()
    )


def deeds_of(person: User, since: dt.datetime) -> QuerySet[Undo]:
    """What this person did since then, the latest first, each deed whole."""
    return Undo.objects.filter(made_by=person, part_of=None, made_at__gte=since).order_by("-pk")


def built_upon(deeds: Iterable[Undo]) -> set[int]:
    """Those of the deeds whose excerpt somebody has changed, removed or put back since."""
    of_excerpts = [deed for deed in deeds if "excerpt" in deed.payload and "version" in deed.payload]
    ids = [deed.payload["excerpt"] for deed in of_excerpts]
    now = dict(Excerpt.objects.filter(pk__in=ids).values_list("pk", "version"))

    def stands(deed: Undo) -> bool:
        version = now.get(deed.payload["excerpt"])
        return version is None if deed.kind == "excerpt.removed" else version == deed.payload["version"]

    return {deed.pk for deed in of_excerpts if not stands(deed)}


def last_deed_to_theme(person: User, theme_id: int) -> Undo | None:
    return Undo.objects.filter(made_by=person, undone_at=None, payload__theme=theme_id).order_by("-pk").first()


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


def independent_by_theme(rows: Iterable[ThemeRow]) -> dict[int, int]:
    """Of each theme of the tree, from how many origin families its passages and those of the themes below it come."""
    families: dict[int, set[str]] = defaultdict(set)
    source = "excerpt__capture__source"
    told = Tagging.objects.order_by().values_list("theme_id", source, f"{source}__origin").distinct()
    for theme_id, source_id, origin_id in told:
        families[theme_id].add(family_of(source_id, origin_id))
    for row in sorted(rows, key=lambda row: -row.depth):
        if row.theme.parent_id is not None:
            families[row.theme.parent_id] |= families[row.theme.pk]
    return {row.theme.pk: len(families[row.theme.pk]) for row in rows}


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


def suggestions_answered(answer: str, theme: Theme | None) -> QuerySet[Suggestion]:
    """The latest first, each with the `words` it is about."""
    suggestions = Suggestion.objects.filter(answer=answer).select_related("capture__source", "theme", "answered_by")
    if theme:
        suggestions = suggestions.filter(theme=theme)
    words = Substr("capture__text", F("start") + 1, F("end") - F("start"))
    return suggestions.defer("capture__text").annotate(words=words).order_by("-answered_at", "-pk")


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


@dataclass(frozen=True)
class RowCounts:
    """How many rows of an import there are in each state."""

    total: int
    waiting: int
    reading: int
    asking: int
    done: int
    failed: int
    is_started: bool
    first_asking: ImportRow | None

    @property
    def others(self) -> int:
        return self.total - 1

    @property
    def states(self) -> list[tuple[RowStatus, int]]:
        """Those in which some row is."""
        return [(status, getattr(self, status)) for status in RowStatus if getattr(self, status)]

    @property
    def is_moving(self) -> bool:
        return self.is_started and bool(self.waiting or self.reading)

    @property
    def settled(self) -> int:
        return self.total - self.waiting - self.reading


def _counted(status: RowStatus) -> Count:
    return Count("rows", filter=Q(rows__status=status))


def imports_listed() -> QuerySet[Import]:
    """Imports, newest first, each with the counts of its rows."""
    return (
        Import.objects.select_related("created_by")
        .annotate(
            total=Count("rows"),
            open=Count("rows", filter=Q(rows__status__in=[RowStatus.WAITING, RowStatus.READING])),
            asking=_counted(RowStatus.ASKING),
            failed=_counted(RowStatus.FAILED),
            added=Count("rows", filter=Q(rows__outcome__in=[Outcome.ADDED, Outcome.VERSION])),
        )
        .order_by("-created_at", "-pk")
    )


def row_counts(batch: Import) -> RowCounts:
    found = dict(batch.rows.order_by().values_list("status").annotate(n=Count("pk")))
    by_status = {status.value: found.get(status.value, 0) for status in RowStatus}
    asking = batch.rows.filter(status=RowStatus.ASKING).order_by("position").first() if by_status["asking"] else None
    return RowCounts(
        total=sum(found.values()), is_started=batch.started_at is not None, first_asking=asking, **by_status
    )


def rows_of_import(batch: Import, state: str = "") -> QuerySet[ImportRow]:
    """In the order in which they were brought; `state` narrows to one of them and is ignored where there is none."""
    rows = batch.rows.select_related("source", "same_as", "within").defer("columns", "response").order_by("position")
    return rows.filter(status=state) if state in RowStatus.values else rows


def rows_not_taken_in(batch: Import) -> QuerySet[ImportRow]:
    return batch.rows.filter(status__in=[RowStatus.ASKING, RowStatus.FAILED]).order_by("position")


def row_of_source(source: Source) -> ImportRow | None:
    """The row of an import that the source came from."""
    rows = ImportRow.objects.filter(source=source, outcome=Outcome.ADDED).select_related("batch").defer("columns")
    return rows.order_by("pk").first()


def next_asking(row: ImportRow) -> ImportRow | None:
    """The next row of the import that asks, from the beginning again after the last."""
    asking = ImportRow.objects.filter(batch=row.batch_id, status=RowStatus.ASKING).exclude(pk=row.pk)
    return asking.filter(position__gt=row.position).order_by("position").first() or asking.order_by("position").first()
