"""Looking for passages in the library from within a case. The library is asked and told nothing: what is looked for and
what was ticked stands in the address of a page of the case, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from caseapp.cases.elements import Element, element_named, elements_of
from caseapp.cases.models import Case
from caseapp.cases.offering import passages_on_offer
from caseapp.core.fields import number_in
from caseapp.library.found.listing import Asked
from caseapp.library.models import Excerpt, Source
from caseapp.library.searching.choices import FACETS, Choice, Choices

MOST_PICKED = 300
# Somebody has looked: then nothing is chosen for them any more.
LOOKED = ("on", "1")


@dataclass(frozen=True)
class Looking:
    """What is looked for, the passages ticked so far, in which source alone if in one, and which menu stands open.

    The coverage leads here with one of its `element`s: then only what is `offered` for it.
    """

    choices: Choices
    picked: tuple[int, ...]
    source: Source | None
    opened: str
    element: Element | None = None
    offered: QuerySet[Excerpt] | None = None
    reader: int | None = None

    @classmethod
    def read(cls, sent: QueryDict, case: Case, reader: int | None) -> "Looking":
        choices = Choices.read(dict(sent.lists()))
        source = Source.objects.filter(pk=number_in(sent.get("source")) or 0).first()
        if not sent and Source.objects.exclude(country="").filter(country=case.country).exists():
            choices = Choices(chosen=(Choice("country", str(case.country)),))
        opened, element = sent.get("open", ""), element_named(sent.get("element", ""))
        if element not in elements_of(case.forum):
            element = None
        offered = passages_on_offer(case, element) if element else None
        return cls(choices, picked_in(sent), source, opened if opened in FACETS else "", element, offered, reader)

    @property
    def asked(self) -> Asked:
        asked = Asked.of(self.choices, self.reader)
        if self.source:
            asked.conditions.of_sources.append(Q(pk=self.source.pk))
        if self.offered is not None:
            asked.conditions.of_excerpts.append(Q(excerpt__in=self.offered.values("pk")))
        return asked


def picked_in(sent: QueryDict) -> tuple[int, ...]:
    numbers = (number_in(one) for one in sent.getlist("excerpts"))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def address_of(base: str, parts: Iterable[tuple[str, str]], *, source: str, element: str, picked: Iterable[int]) -> str:
    """Of the page of the case that shows this, with what is ticked on it."""
    kept = [(name, value) for name, value in (("source", source), ("element", element)) if value]
    ticked = [("excerpts", str(pk)) for pk in picked][:MOST_PICKED]
    return f"{base}?{urlencode([*parts, LOOKED, *kept, *ticked])}"
