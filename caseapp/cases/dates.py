"""The dates of one case: what people typed about it, as the facts that deadlines are counted from."""

import datetime as dt

from django.utils import timezone

from caseapp.cases.deadlines import Dates, Facts, Steps, dates_of
from caseapp.cases.models import Case, Planning
from caseapp.cases.registries import registry_for
from caseapp.forums import forum
from caseapp.forums.limits import Since


def facts_of(case: Case, *, forum_key: str = "") -> Facts:
    """A packet may go to another forum than its case; `forum_key` says so."""
    events: dict[Since, dt.date | None] = {
        "hearing": case.hearing_on,
        "decision": case.decision_on,
        "briefing schedule": case.briefing_on,
        "lodging": case.lodged_on,
        "other side's bundle": case.other_bundle_on,
        "other side's filing": case.other_filing_on,
    }
    key = forum_key or case.forum
    return Facts(
        forum=forum(key),
        registry=registry_for(case.registry, key),
        events={since: day for since, day in events.items() if day is not None},
        kind=case.hearing_kind,
        is_detained=case.is_detained,
        ordered_on=case.ordered_on,
    )


def today_of(case: Case, *, now: dt.datetime) -> dt.date:
    """The day at the registry of the case."""
    return registry_for(case.registry, case.forum).today(timezone.localtime(now))


def dates_of_case(case: Case, *, now: dt.datetime) -> Dates:
    return dates_of(facts_of(case), today=today_of(case, now=now))


def next_date(case: Case, *, now: dt.datetime) -> dt.date | None:
    """The next of its filing date and its hearing; nothing where both are over, or nobody knows either."""
    stands = dates_of_case(case, now=now).stands
    today = today_of(case, now=now)
    known = (stands.due if stands else None, case.hearing_on)
    return min((day for day in known if day is not None and day >= today), default=None)


def office_steps() -> Steps:
    """How the office works back from a filing date."""
    row = Planning.objects.filter(pk=Planning.ONLY).first() or Planning()
    return Steps(row.translations_days, row.vetting_days, row.frozen_days)


def steps_of(case: Case, *, office: Steps) -> Steps:
    """Where the case says nothing, the office's own."""

    def chosen(own: int | None, usual: int) -> int:
        return usual if own is None else own

    return Steps(
        translations=chosen(case.translations_days, office.translations),
        vetting=chosen(case.vetting_days, office.vetting),
        frozen=chosen(case.frozen_days, office.frozen),
    )
