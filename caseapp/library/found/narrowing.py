"""From what was asked and chosen to conditions on sources and on excerpts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Q
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_countries import countries

from caseapp.library.models import Kind, Origin, Reading, SearchEntry, Source, Theme
from caseapp.library.models.excerpt import State
from caseapp.library.models.reading import READ_OR_NOT, UNREAD
from caseapp.library.queries import Tagging
from caseapp.library.searching.asking import Narrowing, Question
from caseapp.library.searching.choices import Choice, Choices
from caseapp.library.searching.words import fold
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.published import PartialDate, UnusableDate

TYPED_IN = ("en", "es")
YES, NO = "yes", "no"
MOST_NAMES = 8  # that are offered for what somebody began to type
_ANSWERS = {"": YES, "yes": YES, "si": YES, "true": YES, "1": YES, "no": NO, "false": NO, "0": NO}


class ThemeTree:
    """All themes, read once, when one of them is asked about."""

    @cached_property
    def themes(self) -> list[Theme]:
        return list(Theme.objects.only("name", "slug", "colour", "parent_id", "position"))

    @cached_property
    def by_id(self) -> dict[int, Theme]:
        return {theme.pk: theme for theme in self.themes}

    @cached_property
    def by_slug(self) -> dict[str, Theme]:
        return {theme.slug: theme for theme in self.themes}

    @cached_property
    def slugs_above(self) -> dict[str, set[str]]:
        """The id as an entry holds it → the short names of the theme and of all above it."""
        return {str(theme.pk): {self.by_id[pk].slug for pk in self.with_those_above(theme.pk)} for theme in self.themes}

    def with_those_above(self, theme_id: int) -> set[int]:
        line: set[int] = set()
        theme = self.by_id.get(theme_id)
        while theme and theme.pk not in line:
            line.add(theme.pk)
            theme = self.by_id.get(theme.parent_id or 0)
        return line

    def with_those_below(self, theme: Theme) -> set[int]:
        return {other.pk for other in self.themes if theme.pk in self.with_those_above(other.pk)}

    def called(self, name: str) -> list[Theme]:
        """Those of this name; where there is none, those whose name begins so."""
        sought = fold(name)
        named = [theme for theme in self.themes if sought in (fold(theme.name), theme.slug)]
        return named or [theme for theme in self.themes if sought and fold(theme.name).startswith(sought)]

    def depth(self, theme: Theme) -> int:
        return len(self.with_those_above(theme.pk)) - 1

    def in_order(self) -> list[Theme]:
        """Each before those below it."""
        return sorted(self.themes, key=self._line)

    def _line(self, theme: Theme) -> list[tuple[int, int]]:
        line = [(theme.position, theme.pk)]
        while theme.parent_id in self.by_id:
            theme = self.by_id[theme.parent_id]
            line.insert(0, (theme.position, theme.pk))
        return line


@dataclass
class Conditions:
    """`of_sources` speak of fields of a source. `of_excerpts` all have to hold for one excerpt; of those in
    `left_out` none may."""

    of_sources: list[Q] = field(default_factory=list)
    of_excerpts: list[Q] = field(default_factory=list)
    left_out: list[Q] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.of_sources or self.of_excerpts or self.left_out)

    @property
    def sources(self) -> Q:
        return Q(*self.of_sources)

    @property
    def excerpts(self) -> Q:
        return Q(*self.of_excerpts, *(~left_out for left_out in self.left_out))


def conditions_of(question: Question, choices: Choices, tree: ThemeTree, reader: int | None = None) -> Conditions:
    """`reader` is the person who asks, for what everybody says for themselves."""
    conditions = Conditions()
    for choice in choices.chosen:
        _add(conditions, choice.facet, _of_choice(choice, choices, tree, reader), is_out=choice.is_out)
    for narrowing in question.narrowings:
        condition = _of_narrowing(narrowing, tree, reader)
        if condition is None:
            conditions.notices.append(_not_understood(narrowing))
            # What nobody understood must not come out as everything: not in a list, an export or a bulk change.
            conditions.of_sources.append(Q(pk__in=()))
        else:
            _add(conditions, narrowing.field, condition, is_out=narrowing.is_excluded)
    return conditions


def _add(conditions: Conditions, facet: str, condition: Q, *, is_out: bool) -> None:
    if facet in ("theme", "state", "adverse"):
        (conditions.left_out if is_out else conditions.of_excerpts).append(condition)
    else:
        conditions.of_sources.append(~condition if is_out else condition)


def _of_choice(choice: Choice, choices: Choices, tree: ThemeTree, reader: int | None) -> Q:
    if choice.facet == "theme":
        is_any = choices.any_theme and not choice.is_out
        themes = [tree.by_slug.get(slug) for slug in (choices.themes_wanted if is_any else [choice.value])]
        return _tagged(set().union(*(tree.with_those_below(theme) for theme in themes if theme)))
    if choice.is_out or choice.facet == "adverse":
        return _of_value(choice.facet, [choice.value], reader)
    # One thing has one publisher only: of several that are chosen, any will do.
    return _of_value(choice.facet, [one.value for one in choices.chosen if one[::2] == (choice.facet, False)], reader)


def _of_value(facet: str, values: list[str], reader: int | None = None) -> Q:
    match facet:
        case "reading":
            return _of_reading(values, reader)
        case "state":
            return Q(states__in=values)
        case "adverse":
            return Q(is_adverse=values[0] == YES)
        case "origin":
            return Q(origin__name__in=values)
        case "year":
            return Q(*(Q(published_on__startswith=value) for value in values), _connector=Q.OR)
    return Q(**{f"{facet}__in": values})


def _of_reading(values: list[str], reader: int | None) -> Q:
    readings = Reading.objects.filter(person=reader)
    said = Q(pk__in=readings.filter(standing__in=values).values("source"))
    return said | ~Q(pk__in=readings.values("source")) if UNREAD in values else said


def _tagged(theme_ids: Iterable[int]) -> Q:
    return Q(excerpt__in=Tagging.objects.filter(theme__in=theme_ids).values("excerpt"))


def _of_narrowing(narrowing: Narrowing, tree: ThemeTree, reader: int | None) -> Q | None:
    """None where the value means nothing."""
    value, sought = narrowing.value, fold(narrowing.value)
    match narrowing.field:
        case "theme":
            themes = tree.called(value)
            below = set().union(*(tree.with_those_below(theme) for theme in themes))
            return _tagged(below) if themes else None
        case "adverse":
            return _of_value("adverse", [_ANSWERS[sought]]) if sought in _ANSWERS else None
        case "before" | "after":
            return _of_date(narrowing.field, value)
        case "publisher":
            return _of_known("publisher", _holding(sought, Source.objects.values_list("publisher", flat=True)))
        case "origin":
            return _of_known("origin", _holding(sought, Origin.objects.values_list("name", flat=True)))
    return _of_known(narrowing.field, _codes_called(narrowing.field, sought, get_language() or "en"), reader)


def names_like(narrowing: Narrowing, tree: ThemeTree) -> list[tuple[str, str]]:
    """Themes or publishers that hold what was typed, each with the value of its facet; none where one is called so."""
    sought = fold(narrowing.value)
    if narrowing.field == "theme":
        named = [(theme.name, theme.slug) for theme in tree.in_order()]
    else:
        known = Source.objects.exclude(publisher="").order_by("publisher").values_list("publisher", flat=True)
        named = [(name, name) for name in known.distinct()]
    if any(sought in (fold(name), fold(value)) for name, value in named):
        return []
    return [(name, value) for name, value in named if sought in fold(name)][:MOST_NAMES]


def _of_known(facet: str, values: list[str], reader: int | None = None) -> Q | None:
    return _of_value(facet, values, reader) if values else None


def _holding(sought: str, names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if sought and sought in fold(name)})


def _of_date(side: str, value: str) -> Q | None:
    """A date of which only the year is known counts as the beginning of that year."""
    try:
        date = str(PartialDate.parse(value))
    except UnusableDate:
        return None
    return Q(published_on__gte=date) if side == "after" else Q(published_on__lt=date) & ~Q(published_on="")


def country_names(code: str) -> list[str]:
    """What the country is called in the languages of the office."""
    names = []
    for language in TYPED_IN:
        with override(language):
            names.append(str(countries.name(code)))
    return names


@lru_cache(maxsize=500)
def _codes_called(facet: str, sought: str, _language: str) -> list[str]:
    """The codes that have this code, or this name in one of the languages of the office."""
    named: Callable[[], Iterable[tuple[str, object]]] = {
        "country": lambda: list(countries),
        "kind": lambda: Kind.choices,
        "language": lambda: LANGUAGES,
        "state": lambda: State.choices,
        "reading": lambda: READ_OR_NOT,
    }[facet]
    codes: set[str] = set()
    for language in {*TYPED_IN, _language}:
        with override(language):
            codes.update(code for code, name in named() if sought in (fold(code), fold(str(name))))
    return sorted(codes)


def _not_understood(narrowing: Narrowing) -> str:
    if not narrowing.value:
        return _("Nothing stands behind %(field)s: yet, so nothing was found.") % {"field": narrowing.field}
    words = _("“%(value)s” is nothing that %(field)s: knows, so nothing was found. Change it or take it away.")
    return words % {"value": narrowing.value, "field": narrowing.field}


def entries_of(conditions: Conditions) -> Q:
    """For entries of excerpts: what is asked of the excerpt and of its source."""
    of_source = Q(source__in=Source.objects.filter(conditions.sources).values("pk")) if conditions.of_sources else Q()
    return conditions.excerpts & of_source


def sources_with(condition: Q) -> Q:
    """For entries of sources: those that have an excerpt like this."""
    return Q(source__in=SearchEntry.objects.filter(condition, kind="excerpt").values("source"))
