"""What both lists of the library put on the screen beside their rows: facets, chips, order, saved searches, acts."""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from caseapp.accounts.requests import PersonRequest
from caseapp.library.found.listing import (
    ON_A_PAGE,
    Asked,
    Counted,
    FoundPassage,
    FoundSource,
    PassageList,
    SourceList,
)
from caseapp.library.found.narrowing import YES, ThemeTree, names_like
from caseapp.library.keeping.searching import NOTE_LANGUAGES, parts_of_excerpt
from caseapp.library.models import Excerpt, Kind, SavedSearch, Source
from caseapp.library.models.excerpt import State
from caseapp.library.models.reading import READ_OR_NOT
from caseapp.library.queries import saved_searches_of
from caseapp.library.searching.asking import Narrowing
from caseapp.library.searching.choices import FACETS, Choice, Choices, Stand
from caseapp.library.searching.marking import found_in, marked_html
from caseapp.library.searching.words import base_language
from caseapp.library.sources.languages import LANGUAGES

SHOWN_AT_FIRST = 10
MOST_SHOWN, MOST_THEMES_SHOWN = 25, 100
OF_SOURCES, OF_PASSAGES = "sources", "passages"
WHOLE, LONGEST_PASSAGE = 600, 900  # characters

NAMES: dict[str, Promise] = {
    "theme": gettext_lazy("Theme"),
    "country": gettext_lazy("Country"),
    "publisher": gettext_lazy("Publisher"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "year": gettext_lazy("Published"),
    "state": gettext_lazy("State"),
    "origin": gettext_lazy("Origin"),
    "adverse": gettext_lazy("Adverse"),
    "reading": gettext_lazy("Read by you"),
}
SORT_NAMES: dict[str, Promise] = {
    "best": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest first"),
    "published": gettext_lazy("Last published first"),
    "title": gettext_lazy("By title"),
    "origin": gettext_lazy("By origin"),
}

# The facets beside whose values stand origins too: those by which evidence is weighed. A paper or a language is not the
# more independent for telling more reports, and what somebody has read says nothing of the evidence.
WITH_ORIGINS = frozenset({"theme", "country", "kind", "year", "state", "adverse"})


@dataclass(frozen=True)
class BulkAct:
    """What can be done with all ticked rows: the address that asks what exactly, and the words of its button. `of`
    tells it what was ticked, where that may be one or the other."""

    address: str
    words: Promise
    icon: str
    of: str = ""


# Whoever has something to do with many sources or passages adds a line.
SOURCE_ACTS: tuple[BulkAct, ...] = (
    BulkAct("sources_change", gettext_lazy("Country, kind, publisher…"), "pencil"),
    BulkAct("excerpts_tag", gettext_lazy("Themes of their passages…"), "tags", OF_SOURCES),
    BulkAct("library_export", gettext_lazy("Export…"), "download", OF_SOURCES),
)
EXCERPT_ACTS: tuple[BulkAct, ...] = (
    BulkAct("excerpts_tag", gettext_lazy("Themes…"), "tags"),
    BulkAct("library_export", gettext_lazy("Export…"), "download", OF_PASSAGES),
)


@dataclass(frozen=True)
class Option:
    """`origins` is how many origin families those that it counts come from, where that is shown."""

    value: str
    label: str
    count: int
    origins: int | None
    stand: Stand
    address: str
    depth: int = 0
    colour: str = ""

    @property
    def key(self) -> str:
        """The same after the list has changed, so that the focus finds it again."""
        return f"{zlib.crc32(self.value.encode()):x}"


@dataclass(frozen=True)
class Switch:
    """One of several ways to read what is chosen."""

    label: str
    address: str
    is_on: bool


@dataclass(frozen=True)
class Facet:
    """A menu of values; without `options` while it is closed, as counting takes its time. They are at `url`.

    `counted` is what its values count, where beside that stands from how many origins."""

    name: str
    label: Promise
    active: int
    url: str
    counted: Promise | None
    options: list[Option] | None = None
    switches: list[Switch] = field(default_factory=list)

    @property
    def parts(self) -> list[list[Option]]:
        """What is shown at first, and what at a wish."""
        options = self.options or []
        return list(filter(None, (options[:SHOWN_AT_FIRST], options[SHOWN_AT_FIRST:])))


@dataclass(frozen=True)
class Chip:
    """Something that narrows the list, and the address of the list without it."""

    label: str
    is_out: bool
    address: str


@dataclass(frozen=True)
class Completion:
    """A value that begins as what was typed, and the address of the list with it chosen."""

    label: str
    address: str


@dataclass(frozen=True)
class Saved:
    """`is_changed` where the list shows something else by now."""

    search: SavedSearch
    is_here: bool
    is_changed: bool
    is_own: bool
    url: str


@dataclass(frozen=True)
class Hit:
    """A passage with the words marked, and where it can be read."""

    words: SafeString
    url: str
    lang: str
    is_excerpt: bool


@dataclass(frozen=True)
class Report:
    """Whose report a source tells, how many others of the list tell it too, and the address of the list with only what
    tells it."""

    name: str
    others: int
    address: str


@dataclass(frozen=True)
class SourceRow:
    source: Source
    title: SafeString
    choose: str
    kind: str
    url: str
    hits: list[Hit]
    of_publisher: str
    report: Report | None


@dataclass(frozen=True)
class PassageRow:
    """`others` are translation and note, each with its words marked."""

    excerpt: Excerpt
    quote: SafeString
    choose: str
    others: list[tuple[Promise, SafeString]]
    url: str
    of_publisher: str
    report: Report | None


@dataclass(frozen=True)
class Group:
    """Rows that stand together; of one report, where that is what they are put together by."""

    report: Report | None
    rows: list[PassageRow]


@dataclass
class Narrowed:
    """A list as its address narrows it."""

    asked: Asked
    base: str
    listed: SourceList | PassageList
    saved: str

    @property
    def choices(self) -> Choices:
        return self.asked.choices

    @property
    def opened(self) -> str:
        """The number of the saved search that the person opened, as it stands in the address."""
        return self.saved if self.saved.isdecimal() else ""

    @cached_property
    def address(self) -> str:
        return self.choices.address

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What each address of this list says beside what narrows it."""
        return [("saved", self.opened)] if self.opened else []

    def at(self, choices: Choices) -> str:
        parts = [*choices.parts, *self.kept]
        return f"{self.base}?{urlencode(parts)}" if parts else self.base

    def facets(self, opened: Collection[str]) -> list[Facet]:
        """All of them; the values are counted of those whose menu stands open."""
        counted = self.listed.counts(opened) if opened else None
        return [self._facet(name, counted[name] if counted and name in opened else None) for name in FACETS]

    def _facet(self, name: str, counts: dict[str, Counted] | None) -> Facet:
        active = len({choice.value for choice in self.choices.chosen if choice.facet == name})
        of_passages = isinstance(self.listed, PassageList)
        of = [("of", "passages")] if of_passages else []
        url = f"{reverse('facet_show', args=[name])}?{urlencode([*self.choices.parts, *self.kept, *of])}"
        options = None if counts is None else _options(name, counts, self)
        counted = (
            (gettext_lazy("Passages") if of_passages else gettext_lazy("Sources")) if name in WITH_ORIGINS else None
        )
        return Facet(name, NAMES[name], active, url, counted, options, self._switches(name))

    def _switches(self, name: str) -> list[Switch]:
        """Whether a passage must have all of the themes or any, where several are chosen."""
        if name != "theme" or len(self.choices.themes_wanted) < 2:
            return []
        ways = ((_("all of these"), False), (_("any of these"), True))
        return [
            Switch(words, self.at(self.choices.having(any_theme=is_any)), self.choices.any_theme is is_any)
            for words, is_any in ways
        ]


@dataclass
class Found(Narrowed):
    """With a page of its rows."""

    page: Page
    rows: Sequence[Any]
    menus: list[Facet]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def groups(self) -> list[Group]:
        """The passages of this page; in the order by origin, those of one report together."""
        if self.asked.sort != "origin":
            return [Group(None, list(self.rows))]
        by_report = groupby(self.rows, key=lambda row: row.report)
        return [Group(report, list(rows)) for report, rows in by_report]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box keeps when it is sent."""
        kept = [(name, value) for name, value in self.choices.parts if name != "q"]
        return [*kept, *self.kept]

    @property
    def chips(self) -> list[Chip]:
        question = self.asked.question
        chosen = [
            Chip(self._words_of(choice), choice.is_out, self.at(self.choices.without(choice)))
            for choice in self.choices.chosen
        ]
        typed = [
            Chip(
                f"{narrowing.field}: {narrowing.value}",
                narrowing.is_excluded,
                self.at(self.choices.asking(question.without(narrowing))),
            )
            for narrowing in question.narrowings
        ]
        return [*chosen, *typed]

    def _words_of(self, choice: Choice) -> str:
        words = f"{NAMES[choice.facet]}: {_label(choice, self.asked.tree)}"
        is_one_of = self.choices.any_theme and choice.value in self.choices.themes_wanted[1:]
        return _("or %(words)s") % {"words": words} if is_one_of and not choice.is_out else words

    @property
    def completions(self) -> list[Completion]:
        """What somebody may mean who typed the beginning of a theme or a publisher."""
        return [
            Completion(f"{narrowing.field}: {name}", self._completed(narrowing, value))
            for narrowing in self.asked.question.narrowings
            if narrowing.field in ("theme", "publisher")
            for name, value in names_like(narrowing, self.asked.tree)
        ]

    def _completed(self, narrowing: Narrowing, value: str) -> str:
        rest = self.choices.asking(self.asked.question.without(narrowing))
        return self.at(rest.and_also(Choice(narrowing.field, value, narrowing.is_excluded)))

    @property
    def sorts(self) -> list[tuple[str, Promise, bool]]:
        """The orders that make sense here: its name, its words, and whether it is this one."""
        has_words = bool(self.asked.question.wanted)
        names = (name for name in SORT_NAMES if has_words or name != "best")
        return [(name, SORT_NAMES[name], name == self.asked.sort) for name in names]


class _Counted(Paginator):
    """Pages of a list whose length is known."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), ON_A_PAGE)


def choices_in(sent: QueryDict) -> Choices:
    return Choices.read(dict(sent.lists()))


def narrowed(request: PersonRequest, *, of_passages: bool) -> Narrowed:
    base = reverse("excerpt_list" if of_passages else "source_list")
    asked = Asked.of(choices_in(request.GET), request.user.pk)
    return Narrowed(asked, base, (PassageList if of_passages else SourceList)(asked), request.GET.get("saved", ""))


def found_in_list(request: PersonRequest, *, of_passages: bool) -> Found:
    """A page of the list. Its open menus come with it (js/search.js says which those are)."""
    opened = [name for name in request.headers.get("Open-Facets", "").split(",") if name in FACETS]
    return page_of(narrowed(request, of_passages=of_passages), request.GET.get("page", ""), opened)


def page_of(asked: Narrowed, sent: str, opened: Collection[str]) -> Found:
    """The page whose number was sent, or the nearest there is, with the values of the menus that stand open."""
    number = int(sent) if sent.isdecimal() and len(sent) < 9 else 1
    rows = _rows(asked, number)
    page = _Counted(len(asked.listed)).get_page(sent)
    if page.number != number:
        rows = _rows(asked, page.number)
    return Found(asked.asked, asked.base, asked.listed, asked.saved, page, rows, asked.facets(opened))


def _rows(asked: Narrowed, number: int) -> list[SourceRow] | list[PassageRow]:
    end = max(1, number) * ON_A_PAGE
    if isinstance(asked.listed, SourceList):
        return [_source_row(row, asked) for row in asked.listed.page(end - ON_A_PAGE, end)]
    return [_passage_row(excerpt, asked) for excerpt in asked.listed.page(end - ON_A_PAGE, end)]


def _source_row(row: FoundSource, found: Narrowed) -> SourceRow:
    source, terms = row.source, found.asked.question.wanted
    language, path = base_language(source.language), source.get_absolute_url()
    return SourceRow(
        source,
        marked_html(source.title, found_in(source.title, [language], terms), most=WHOLE),
        _("Choose “%(title)s”") % {"title": source.title},
        str(Kind(source.kind).label),
        with_list(path, found.address),
        [_hit(passage, source, path, found) for passage in row.passages],
        _of_publisher(source, found),
        _report(source, found),
    )


def _of_publisher(source: Source, found: Narrowed) -> str:
    """The address of the list with only what this publisher said."""
    return found.at(found.choices.only("publisher", source.publisher)) if source.publisher else ""


def _report(source: Source, found: Narrowed) -> Report | None:
    """None where the source stands for itself."""
    if source.origin is None:
        return None
    # None, should somebody have taken it out of the list just now.
    others = max(0, found.listed.tellings[source.origin.pk] - 1)
    return Report(source.origin_name, others, found.at(found.choices.only("origin", source.origin_name)))


def _hit(passage: FoundPassage, source: Source, path: str, found: Narrowed) -> Hit:
    entry, words, comments = passage
    terms = found.asked.question.wanted
    if entry.excerpt:
        # The first part that holds the words; the quotation where they stand in several.
        for text, language in parts_of_excerpt(entry.excerpt, source.language, comments):
            if spans := found_in(text, [language], terms):
                url = with_list(f"{path}#excerpt-{entry.excerpt.pk}", found.address)
                return Hit(marked_html(text, spans), url, language, True)
    language = base_language(source.language)
    spans = found_in(words, [language], terms)
    line = words.rfind("\n", 0, spans[0].start) + 1 if spans else 0
    url = with_list(f"{path}#p{entry.start + line}", found.address)
    return Hit(marked_html(words, spans), url, source.language, False)


def _passage_row(excerpt: Excerpt, found: Narrowed) -> PassageRow:
    terms, language = found.asked.question.wanted, base_language(excerpt.capture.source.language)

    def marked(text: str, *languages: str) -> SafeString:
        return marked_html(text, found_in(text, languages, terms), most=LONGEST_PASSAGE)

    others = [
        (gettext_lazy("Translation"), excerpt.translation),
        (gettext_lazy("Note"), excerpt.note),
        (gettext_lazy("Answer"), excerpt.answer),
        *(
            (gettext_lazy("Comment"), comment.words)
            for comment in (excerpt.comments.all() if terms else ())
            if found_in(comment.words, NOTE_LANGUAGES, terms)
        ),
    ]
    return PassageRow(
        excerpt,
        marked(excerpt.quote, language),
        _("Choose “%(words)s”") % {"words": Truncator(excerpt.quote).chars(60)},
        [(words, marked(text, *NOTE_LANGUAGES)) for words, text in others if text],
        with_list(excerpt.get_absolute_url(), found.address),
        _of_publisher(excerpt.capture.source, found),
        _report(excerpt.capture.source, found),
    )


def with_list(url: str, address: str) -> str:
    """The address of a thing, which remembers from which list somebody comes to it."""
    if not address:
        return url
    path, mark, fragment = url.partition("#")
    return f"{path}?{_asked_in_list(address)}{mark}{fragment}"


@lru_cache(maxsize=100)
def _asked_in_list(address: str) -> str:
    """The same for each thing of a page."""
    return urlencode({"list": address})


def saved_searches(request: PersonRequest, found: Found) -> list[Saved]:
    return [_saved(search, found, request.user.pk) for search in saved_searches_of(request.user)]


def url_of_search(search: SavedSearch) -> str:
    return f"{_list_of(search)}?{search.address}{'&' if search.address else ''}saved={search.pk}"


def _saved(search: SavedSearch, found: Found, person: int) -> Saved:
    is_changed = (search.address, _list_of(search)) != (found.address, found.base)
    is_here = str(search.pk) == found.opened
    return Saved(search, is_here, is_changed, search.owner_id == person, url_of_search(search))


def _list_of(search: SavedSearch) -> str:
    return reverse("excerpt_list" if search.is_of_passages else "source_list")


def _options(name: str, counts: dict[str, Counted], asked: Narrowed) -> list[Option]:
    choices, tree = asked.choices, asked.asked.tree
    chosen = (choice.value for choice in choices.chosen if choice.facet == name)
    values = {**dict.fromkeys(chosen, Counted(0, 0)), **counts}
    labels = {value: _label(Choice(name, value), tree) for value in values}
    most = MOST_THEMES_SHOWN if name == "theme" else MOST_SHOWN
    return [
        Option(
            value,
            labels[value],
            values[value].things,
            values[value].origins if name in WITH_ORIGINS else None,
            choices.stand(name, value),
            asked.at(choices.turned(name, value)),
            *_look(name, value, tree),
        )
        for value in _in_order(name, values, labels, asked)[:most]
    ]


def _look(name: str, value: str, tree: ThemeTree) -> tuple[int, str]:
    theme = tree.by_slug.get(value) if name == "theme" else None
    return (tree.depth(theme), theme.colour) if theme else (0, "")


def _in_order(name: str, counts: dict[str, Counted], labels: dict[str, str], asked: Narrowed) -> list[str]:
    """Themes as the tree has them, years backwards, all else by how many there are; what is chosen comes first."""
    if name == "theme":
        place = {theme.slug: number for number, theme in enumerate(asked.asked.tree.in_order())}
        return sorted(counts, key=lambda value: place.get(value, len(place)))
    values = sorted(counts, key=lambda value: labels[value].casefold(), reverse=name == "year")
    if name != "year":
        values.sort(key=lambda value: -counts[value].things)
    return sorted(values, key=lambda value: not asked.choices.stand(name, value))


def _label(choice: Choice, tree: ThemeTree) -> str:
    value = choice.value
    match choice.facet:
        case "theme":
            theme = tree.by_slug.get(value)
            return theme.name if theme else value
        case "country":
            return str(countries.name(value)) or value
        case "kind":
            return str(dict(Kind.choices).get(value, value))
        case "language":
            return str(dict(LANGUAGES).get(value, value))
        case "state":
            return str(dict(State.choices).get(value, value))
        case "reading":
            return str(dict(READ_OR_NOT).get(value, value))
        case "adverse":
            return _("cuts against us") if value == YES else value
    return value
