"""Which evidence of a case has grown old, and why: the number of queries does not grow with the case."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseapp.cases.coverage.pointing import elements_of_passage
from caseapp.cases.covering import pointing_of
from caseapp.cases.models import Bearing, Case, CaseEvidence
from caseapp.cases.since import events_of, themes_above, waiting_for_a_look
from caseapp.cases.staleness import Facts, Reason, ThemeAge, Why, reasons
from caseapp.library.models import Excerpt, Source
from caseapp.library.publishers.editions import is_sure, newer_editions


@dataclass(frozen=True)
class Aged:
    """Why one piece of evidence may not say how things stand, and the newer edition of its report, if any."""

    reasons: tuple[Reason, ...]
    newer_edition: Source | None = None

    @property
    def why(self) -> frozenset[Why]:
        return frozenset(reason.why for reason in self.reasons)


def aged(
    case: Case, excerpts: Iterable[Excerpt], *, today: dt.date, elements: Mapping[int, frozenset[str]] | None = None
) -> dict[int, Aged]:
    """Of each excerpt, by its id, that has grown old on the day of the hearing, or today where that is not known or
    past. They come with their sources and themes; `elements` says of each what it goes to show in this case."""
    passages = list(excerpts)
    at = max(case.hearing_on or today, today)
    sources = {excerpt.capture.source_id: excerpt.capture.source for excerpt in passages}
    waiting = waiting_for_a_look([excerpt.pk for excerpt in passages])
    newer, above = newer_editions(sources.values()), themes_above()
    events, shows = events_of(case), elements or {}
    found = {}
    for excerpt in passages:
        edition = newer.get(excerpt.capture.source_id)
        facts = _facts(excerpt, edition, excerpt.pk in waiting, shows.get(excerpt.pk, frozenset()), above)
        if why := reasons(facts, events, at=at):
            found[excerpt.pk] = Aged(why, edition)
    return found


def aged_evidence(case: Case, items: Iterable[CaseEvidence], *, today: dt.date) -> dict[int, Aged]:
    """The same of evidence that is in use, by the ids of its excerpts."""
    used = list(items)
    elements = elements_of_evidence(case, used)
    shows = {item.excerpt_id: elements[item.pk] for item in used}
    return aged(case, [item.excerpt for item in used], today=today, elements=shows)


def elements_of_evidence(case: Case, items: Iterable[CaseEvidence]) -> Mapping[int, frozenset[str]]:
    """What each piece goes to show."""
    said: dict[int, set[str]] = defaultdict(set)
    rows = Bearing.objects.filter(statement__case=case, evidence__isnull=False).exclude(statement__element="")
    for pk, element in rows.order_by().values_list("evidence_id", "statement__element"):
        said[pk or 0].add(element)
    goes_to = pointing_of(case).goes_to
    return {
        item.pk: elements_of_passage(
            item.elements, said[item.pk], (theme.pk for theme in item.excerpt.themes.all()), goes_to
        )
        for item in items
    }


def _facts(
    excerpt: Excerpt,
    edition: Source | None,
    waits: bool,
    elements: frozenset[str],
    above: Mapping[int, frozenset[int]],
) -> Facts:
    capture, source = excerpt.capture, excerpt.capture.source
    themes = list(excerpt.themes.all())
    return Facts(
        published_on=source.published_on,
        themes=tuple(ThemeAge(theme.pk, theme.name, theme.stale_after_months) for theme in themes),
        themes_and_above=frozenset().union(*(above.get(theme.pk, frozenset()) for theme in themes)),
        elements=elements,
        newer_capture=None if capture.number == source.newest else source.newest,
        waits=waits,
        newer_edition=edition.title if edition else "",
        is_edition_sure=edition is None or is_sure(source, edition),
    )
