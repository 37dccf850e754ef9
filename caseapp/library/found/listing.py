"""What the lists of the library show: sources or passages that fit, the passages in which words were found, and how
many fit beside each value of a facet.

The database says what fits; what is counted and ordered by name is counted and ordered here, so that it comes out the
same on every database. The number of queries does not depend on how much is found.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Left, Substr

from caseapp.library.found.index import (
    Order,
    among_holders,
    holding,
    many_in_order,
    page_and_sources,
    ranked_sources,
    reading,
    sources_of,
    tags_of,
)
from caseapp.library.found.narrowing import YES, Conditions, ThemeTree, conditions_of, entries_of, sources_with
from caseapp.library.models import Capture, Comment, EntryKind, Excerpt, Reading, SearchEntry, Source, Theme
from caseapp.library.models.reading import UNREAD
from caseapp.library.origins.reach import Reach
from caseapp.library.queries import families_of, family_of, origins_of
from caseapp.library.searching.asking import Question, Term, read_question
from caseapp.library.searching.choices import FACETS, Choices
from caseapp.library.searching.words import fold

ON_A_PAGE = 25
PASSAGES_OF_A_SOURCE = 3

# What is read of each row of a page: to name all columns, and to read them, takes longer than to find the row.
_OF_A_ROW = ("title", "publisher", "published_on", "language", "kind", "guessed", "origin__name")
_WORDS_OF_AN_EXCERPT = ("quote", "translation", "note", "answer")
_OF_A_PASSAGE = (
    *_WORDS_OF_AN_EXCERPT,
    *("is_adverse", "checked_at", "approved_at", "capture__number"),
    *(f"capture__source__{name}" for name in (*_OF_A_ROW, "country", "series", "edition", "newest")),
)
_OF_A_TAG = ("name", "colour", "position", "stale_after_months")

# Of passages; in all other orders they stand source by source.
_ORDERS = {"newest": Order.NEWEST, "best": Order.SHORTEST}


class Counted(NamedTuple):
    """How many sources or passages have a value of a facet, and from how many origin families they come."""

    things: int
    origins: int


class Counts:
    """By facet and value."""

    def __init__(self) -> None:
        self.things: dict[str, Counter[str]] = defaultdict(Counter)
        self.families: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, facet: str, value: str, times: int, family: str) -> None:
        self.things[facet][value] += times
        self.families[facet][value].add(family)

    def __getitem__(self, facet: str) -> dict[str, Counted]:
        families = self.families[facet]
        return {value: Counted(count, len(families[value])) for value, count in self.things[facet].items()}


# Where in a source the values of a facet stand; those of the other facets stand in the entries.
_IN_SOURCES: dict[str, F | Left] = {
    "publisher": F("publisher"),
    "country": F("country"),
    "kind": F("kind"),
    "language": F("language"),
    "origin": F("origin__name"),
    "year": Left("published_on", 4),
}
_OF_SOURCES = {*_IN_SOURCES, "reading"}


@dataclass(frozen=True)
class Asked:
    """What a list is asked for."""

    choices: Choices
    question: Question
    tree: ThemeTree
    conditions: Conditions
    reader: int | None = None

    @classmethod
    def of(cls, choices: Choices, reader: int | None = None) -> "Asked":
        """`reader` is the person who asks."""
        question, tree = read_question(choices.typed), ThemeTree()
        return cls(choices, question, tree, conditions_of(question, choices, tree, reader), reader)

    @property
    def notices(self) -> list[str]:
        return [*self.question.notices, *self.conditions.notices]

    @property
    def sort(self) -> str:
        """The best first needs words to be good at."""
        if self.choices.sort and (self.choices.sort != "best" or self.question.wanted):
            return self.choices.sort
        return "best" if self.question.wanted else "newest"


def holds_words(question: Question, *, of_excerpts: bool = False, stands_alone: bool = False) -> Q:
    """For entries: everything that was asked for stands in them, and nothing that was not wanted."""
    holds = holding if stands_alone else among_holders
    wanted = holds(question.wanted, of_excerpts=of_excerpts) if question.wanted else Q()
    return Q(wanted, *(~among_holders([term], of_excerpts=of_excerpts) for term in question.unwanted))


def reads_words(question: Question) -> Q:
    """The same for a few entries that are found otherwise."""
    return Q(reading(question.wanted), *(~reading([term]) for term in question.unwanted))


def _side_by_side(question: Question) -> Case | Value:
    """1 for entries in which the words stand one behind the other, as they were typed."""
    if (term := question.side_by_side) is None:
        return Value(0, output_field=IntegerField())
    return Case(When(reading([term]), then=1), default=0, output_field=IntegerField())


def _somewhere(term: Term) -> Q:
    """For entries: it stands in any entry of their source."""
    return Q(source__in=SearchEntry.objects.filter(holding([term])).values("source"))


def _without(question: Question, entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Of sources in which nothing stands that is not wanted."""
    for term in question.unwanted:
        entries = entries.exclude(_somewhere(term))
    return entries


class _Told:
    """Of which reports the sources of a list are, or those that its passages stand in."""

    @property
    def source_ids(self) -> Collection[int]:
        raise NotImplementedError

    @cached_property
    def _origins(self) -> dict[int, int]:
        """Source → the report that it tells; who stands for itself is missing."""
        return origins_of(self.source_ids)

    @cached_property
    def families(self) -> dict[int, str]:
        """By source."""
        return {pk: family_of(pk, self._origins.get(pk)) for pk in self.source_ids}

    @cached_property
    def tellings(self) -> Counter[int]:
        """By origin, how many of the sources tell its report."""
        return Counter(self._origins.values())

    @cached_property
    def reach(self) -> Reach:
        return Reach.told(self.source_ids, self._origins)


class SourceList(_Told):
    """Sources that fit. Words may stand in the description of a source, in its text or in one of its excerpts.

    All of them in one place; only where no source says them so, those that say each of them somewhere. What is not
    wanted stands nowhere in them.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @cached_property
    def _together(self) -> list[int] | None:
        """Those with a place that holds all the words, the best first. None without words to look for."""
        question = self.asked.question
        return ranked_sources(question) if question.wanted else None

    @property
    def is_apart(self) -> bool:
        """Whether sources are found by words that stand in different places of them, for no place holds them all."""
        return self._together == [] and len(self.asked.question.wanted) > 1

    @cached_property
    def _hits(self) -> dict[int, None] | None:
        """All that are found by words, the best first; none is better than another where the words stand apart."""
        if self._together is None:
            return None
        if not self.is_apart:
            return dict.fromkeys(self._together)
        apart = self._holding_apart(SearchEntry.objects.filter(kind=EntryKind.SOURCE))
        return dict.fromkeys(apart.order_by("-source_id").values_list("source_id", flat=True))

    def _holding_apart(self, entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
        question = self.asked.question
        return _without(question, entries).filter(*map(_somewhere, question.wanted))

    @property
    def _entries(self) -> QuerySet[SearchEntry]:
        """Of sources that fit, wherever the words may stand."""
        conditions, question = self.asked.conditions, self.asked.question
        entries = SearchEntry.objects.filter(kind=EntryKind.SOURCE).order_by()
        if conditions.of_sources:
            entries = entries.filter(source__in=Source.objects.filter(conditions.sources).values("pk"))
        if conditions.of_excerpts:
            entries = entries.filter(sources_with(Q(*conditions.of_excerpts)))
        for left_out in conditions.left_out:
            entries = entries.exclude(sources_with(left_out))
        return entries if question.wanted else _without(question, entries)

    @cached_property
    def _newest(self) -> list[int]:
        """All that fit, the newest first."""
        if self._hits is not None and not self.asked.conditions:
            return sorted(self._hits, reverse=True)
        ids = self._entries.order_by("-source_id").values_list("source_id", flat=True)
        return list(ids) if self._hits is None else [pk for pk in ids if pk in self._hits]

    @cached_property
    def _ordered(self) -> list[int]:
        return self._in_order(self._newest)

    def _in_order(self, newest: list[int], also: int | None = None) -> list[int]:
        """`also` is one of them that does not fit."""
        match self.asked.sort:
            case "newest":
                return newest
            case "best" if (hits := self._hits) is not None:
                fitting = set(newest)
                return [*(pk for pk in hits if pk in fitting), *(pk for pk in newest if pk not in hits)]
        return _by_source(self.asked, set(newest), also)

    def ids_around(self, source: int) -> Sequence[int]:
        """All that fit, in order, with this one at its place among them, though it may not fit any more."""
        if source in self._ordered:
            return self._ordered
        return self._in_order(sorted([*self._newest, source], reverse=True), also=source)

    def sources(self) -> QuerySet[Source]:
        """All that fit, the newest first, for whoever goes through them."""
        entries, question = self._entries, self.asked.question
        if self.is_apart:
            entries = self._holding_apart(entries)
        elif question.wanted:
            together = SearchEntry.objects.filter(among_holders(question.wanted)).values("source")
            entries = _without(question, entries).filter(source__in=together)
        return Source.objects.filter(pk__in=entries.values("source")).order_by("-pk")

    @property
    def ids(self) -> Sequence[int]:
        """All that fit, in order."""
        return self._ordered

    def __len__(self) -> int:
        return len(self._newest)

    @property
    def source_ids(self) -> Collection[int]:
        return self._newest

    def counts(self, facets: Collection[str] = FACETS) -> Counts:
        """How many of the sources there are."""
        counts = _counted_sources(self.asked, facets, dict.fromkeys(self._newest, 1), self.families)
        if not set(facets) <= _OF_SOURCES:
            for pk, themes, states, is_adverse in self._tags():
                _count_tags(counts, self.asked.tree, self.families[pk], themes, states, is_adverse)
        return counts

    def _tags(self) -> Iterable[tuple[int, str, str, bool]]:
        """With each source the tags of its excerpts; of those only that fit, where excerpts are asked for."""
        conditions, known = self.asked.conditions, set(self._newest)
        fields = ("source_id", "themes", "states", "is_adverse")
        if not conditions.of_excerpts:
            return [row for row in self._entries.values_list(*fields) if row[0] in known]
        held: dict[int, set[tuple[str, str, bool]]] = defaultdict(set)
        rows = SearchEntry.objects.filter(conditions.excerpts, kind=EntryKind.EXCERPT).order_by()
        for pk, *tags in rows.values_list(*fields):
            if pk in known:
                held[pk].add(tuple(tags))
        return [
            (
                pk,
                " ".join(themes for themes, _state, _mark in of_source),
                " ".join({state for _themes, state, _mark in of_source}),
                any(is_adverse for _themes, _state, is_adverse in of_source),
            )
            for pk, of_source in held.items()
        ]

    def page(self, start: int, end: int) -> list["FoundSource"]:
        ids = self._ordered[start:end]
        counted = Source.objects.select_related("origin").annotate(excerpt_count=Count("captures__excerpts"))
        sources = counted.only(*_OF_A_ROW).in_bulk(ids)
        passages = self._passages(ids)
        return [FoundSource(sources[pk], passages.get(pk, [])) for pk in ids if pk in sources]

    def _passages(self, ids: list[int]) -> dict[int, list["FoundPassage"]]:
        """The best passages of each: an excerpt before the text around it."""
        question = self.asked.question
        if not question.wanted:
            return {}
        any_word = Q(*(reading([term]) for term in question.wanted), _connector=Q.OR)
        # Found before they are read: most are not shown.
        held = (
            SearchEntry.objects.filter(any_word if self.is_apart else reads_words(question), source__in=ids)
            .exclude(kind=EntryKind.SOURCE)
            .annotate(together=_side_by_side(question))
            .order_by("source_id", "-together", "kind", "start", "pk")
        )
        places: dict[int, list[_Place]] = defaultdict(list)
        for place in (_Place(*row) for row in held.values_list("pk", "source_id", "kind", "start", "end")):
            shown = places[place.source_id]
            if len(shown) < PASSAGES_OF_A_SOURCE and not any(map(place.overlaps, shown)):
                shown.append(place)
        wanted = [place.pk for shown in places.values() for place in shown]
        entries = (
            SearchEntry.objects.select_related("excerpt")
            .only("start", *(f"excerpt__{name}" for name in _WORDS_OF_AN_EXCERPT))
            .annotate(words=_WRITTEN)
            .in_bulk(wanted)
        )
        comments = _comments_of(entry.excerpt_id for entry in entries.values() if entry.excerpt_id)
        found = {pk: FoundPassage(entry, entry.words, comments[entry.excerpt_id or 0]) for pk, entry in entries.items()}
        return {pk: [found[place.pk] for place in shown] for pk, shown in places.items()}


def _comments_of(excerpts: Iterable[int]) -> dict[int, list[str]]:
    """By excerpt, in order."""
    comments: dict[int, list[str]] = defaultdict(list)
    for excerpt, words in Comment.objects.filter(excerpt__in=list(excerpts)).values_list("excerpt_id", "words"):
        comments[excerpt].append(words)
    return comments


# Of a piece of text; only as much of the text is read as the piece is long.
_WRITTEN = Subquery(
    Capture.objects.filter(source=OuterRef("source"))
    .order_by("-number")
    .values(piece=Substr("text", OuterRef("start") + 1, OuterRef("end") - OuterRef("start")))[:1]
)


class _Place(NamedTuple):
    pk: int
    source_id: int
    kind: str
    start: int
    end: int

    def overlaps(self, other: "_Place") -> bool:
        """A piece of text around an excerpt shows the same words."""
        both = {self.kind, other.kind} == {EntryKind.TEXT, EntryKind.EXCERPT}
        return both and self.start < other.end and other.start < self.end


class PassageList(_Told):
    """Excerpts that fit: the words stand in the excerpt itself, in its translation or in its note."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @property
    def _entries(self) -> QuerySet[SearchEntry]:
        asked = self.asked
        holds = holds_words(asked.question, of_excerpts=True, stands_alone=not asked.conditions)
        return SearchEntry.objects.filter(holds, entries_of(asked.conditions), kind=EntryKind.EXCERPT).order_by()

    @property
    def _at_once(self) -> bool:
        return not self.asked.question.terms

    @cached_property
    def _of_sources(self) -> dict[int, int]:
        """Source → how many of its excerpts fit."""
        return sources_of(self._entries, at_once=self._at_once)

    @property
    def source_ids(self) -> Collection[int]:
        return self._of_sources.keys()

    def __len__(self) -> int:
        return sum(self._of_sources.values())

    def counts(self, facets: Collection[str] = FACETS) -> Counts:
        """How many of the excerpts there are."""
        counts = Counts()
        if not _OF_SOURCES.isdisjoint(facets):
            counts = _counted_sources(self.asked, facets, self._of_sources, self.families)
        if not set(facets) <= _OF_SOURCES:
            self._count_tags(counts)
        return counts

    def _count_tags(self, counts: Counts) -> None:
        above = self.asked.tree.slugs_above
        tagged: Counter[str] = Counter()
        of_theme = counts.families["theme"]
        of_sources = tags_of(self._entries, at_once=self._at_once)
        families = families_of([tags.source_id for tags in of_sources])
        for tags in of_sources:
            family = families[tags.source_id]
            tagged.update(tags.themes)
            for slug in set().union(*map(above.__getitem__, " ".join(tags.themes).split())):
                of_theme[slug].add(family)
            for state, times in Counter(tags.states).items():
                counts.add("state", state, times, family)
            if tags.adverse:
                counts.add("adverse", YES, tags.adverse, family)
        for themes, times in tagged.items():
            for slug in set().union(*map(above.__getitem__, themes.split())):
                counts.things["theme"][slug] += times

    def excerpts(self) -> QuerySet[Excerpt]:
        """All that fit, source by source, for whoever goes through them."""
        fitting = Excerpt.objects.filter(pk__in=self._entries.values("excerpt"))
        return fitting.order_by("capture__source__title", "capture__source_id", "capture__number", "start", "end")

    @property
    def ids(self) -> list[int]:
        """The excerpts that fit, in no order."""
        return [pk for pk in self._entries.values_list("excerpt_id", flat=True) if pk is not None]

    def page(self, start: int, end: int) -> list[Excerpt]:
        ids = self._page_ids(start, end)
        shown = Excerpt.objects.select_related("capture__source__origin").only(*_OF_A_PASSAGE)
        shown = shown.prefetch_related(Prefetch("themes", Theme.objects.only(*_OF_A_TAG)))
        if self.asked.question.wanted:
            # They are shown where words were found in them.
            shown = shown.prefetch_related("comments")
        excerpts = shown.in_bulk(ids)
        return [excerpts[pk] for pk in ids if pk in excerpts]

    def _page_ids(self, start: int, end: int) -> list[int]:
        order = _ORDERS.get(self.asked.sort)
        if order is None:
            return self._page_by_source(start, end)
        if not self.asked.question.wanted:
            # The database comes to them in their order, and reads no further than the page.
            return list(self._entries.order_by("-excerpt_id").values_list("excerpt_id", flat=True)[start:end])
        ids, self._of_sources = self._page_and_sources(order, start, end)
        return ids

    def _page_and_sources(self, order: Order, start: int, end: int) -> tuple[list[int], dict[int, int]]:
        """All that fit has to be found for its order, so that it is counted in passing."""
        question = self.asked.question
        is_alone = question.side_by_side is None and not self.asked.conditions
        if is_alone and (found := many_in_order(question, order, start, end)):
            return found
        entries = self._entries.annotate(together=_side_by_side(question))
        together_first = "together DESC, " if order == Order.SHORTEST else ""
        return page_and_sources(entries, f"{together_first}{order}", start, end)

    def _page_by_source(self, start: int, end: int) -> list[int]:
        """In the order of the sources, and of the text in each; only what lies around the page is asked for."""
        first = place = 0
        reached: list[int] = []
        for source in _by_source(self.asked, self._of_sources):
            following = place + self._of_sources[source]
            if following > start and place < end:
                first = place if not reached else first
                reached.append(source)
            place = following
        rank = {pk: number for number, pk in enumerate(reached)}
        rows = list(self._entries.filter(source__in=reached).values_list("source_id", "start", "end", "excerpt_id"))
        rows.sort(key=lambda row: (rank[row[0]], *row[1:]))
        return [row[3] for row in rows[start - first : end - first]]


class FoundPassage(NamedTuple):
    """`words` as they are written in the text, and `comments` of the excerpt."""

    entry: SearchEntry
    words: str
    comments: list[str]


class FoundSource(NamedTuple):
    source: Source
    passages: list["FoundPassage"]


def _by_source(asked: Asked, known: Container[int], also: int | None = None) -> list[int]:
    """Those of the sources that are known, by title, by date or by whose report they tell. What has no date of
    publication comes last. `also` is one of them that does not fit."""
    by: dict[str, tuple[tuple[str, ...], Callable[[tuple[Any, ...]], Any]]] = {
        "title": (("title",), lambda row: (fold(row[1]), row[0])),
        "published": (("published_on",), lambda row: (not row[1], *_backwards(row[1]), -row[0])),
        # What stands for itself stands under its own title among the reports.
        "origin": (
            ("title", "origin_id", "origin__name"),
            lambda row: (fold(row[3] or row[1]), row[2] or 0, fold(row[1]), row[0]),
        ),
    }
    fields, key = by[asked.sort]
    fitting = asked.conditions.sources
    if fitting and also is not None:
        fitting |= Q(pk=also)
    rows = Source.objects.filter(fitting).order_by().values_list("pk", *fields)
    return [row[0] for row in sorted((row for row in rows if row[0] in known), key=key)]


def _counted_sources(
    asked: Asked, facets: Collection[str], times: Mapping[int, int], families: Mapping[int, str]
) -> Counts:
    """By what stands in sources; `times` says of each how often it counts."""
    counts = Counts()
    if names := [name for name in facets if name in _IN_SOURCES]:
        rows = Source.objects.filter(asked.conditions.sources).order_by()
        for pk, *values in rows.values_list("pk", *map(_IN_SOURCES.__getitem__, names)):
            if pk in times:
                for name, value in zip(names, values, strict=True):
                    if value:
                        counts.add(name, value, times[pk], families[pk])
    if "reading" in facets:
        said = Reading.objects.filter(person=asked.reader).values_list("source_id", "standing")
        standings: dict[int, str] = dict(said)
        for pk, count in times.items():
            counts.add("reading", standings.get(pk, UNREAD), count, families[pk])
    return counts


def _backwards(published_on: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, published_on.split("-")), 0, 0)[:3] if published_on else (0, 0, 0)
    return -year, -month, -day


def _count_tags(counts: Counts, tree: ThemeTree, family: str, themes: str, states: str, is_adverse: bool) -> None:
    """A theme counts for those above it too, and each thing once."""
    for slug in set().union(*map(tree.slugs_above.__getitem__, themes.split())):
        counts.add("theme", slug, 1, family)
    for state in states.split():
        counts.add("state", state, 1, family)
    if is_adverse:
        counts.add("adverse", YES, 1, family)
