"""How the work is planned back from a filing date, and the calendar file that takes the dates along."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.calendars import Entry, calendar_file, entries_of
from caseapp.cases.dates import dates_of_case, office_steps, steps_of
from caseapp.cases.deadlines import Steps, steps_before
from caseapp.cases.models import Case, Planning
from caseapp.cases.services.cases import CaseChangedMeanwhile

STEP_FIELDS = ("translations_days", "vetting_days", "frozen_days")


@transaction.atomic
def change_steps(*, by: User | None, case: Case, steps: dict[str, int | None], version: int) -> Case:
    """The days of this case, over `version` of it. None: as the office does it."""
    standing = Case.objects.select_for_update().get(pk=case.pk)
    if standing.version != version:
        raise CaseChangedMeanwhile(standing)
    changed = [name for name in STEP_FIELDS if getattr(standing, name) != steps[name]]
    if changed:
        for name in changed:
            setattr(standing, name, steps[name])
        standing.version += 1
        standing.save(update_fields=[*changed, "version"])
        record(by=by, action=Action.CASE_CHANGED, subject=case, label=case.reference, case_id=case.pk, fields=changed)
    return standing


@transaction.atomic
def change_office_steps(*, by: User, steps: Steps) -> None:
    days: dict[str, Any] = {
        "translations_days": steps.translations,
        "vetting_days": steps.vetting,
        "frozen_days": steps.frozen,
    }
    planning, _is_new = Planning.objects.update_or_create(pk=Planning.ONLY, defaults=days)
    record(by=by, action=Action.PLANNING_CHANGED, subject=planning, **days)


@transaction.atomic
def take_calendar(*, by: User, cases: Sequence[Case], now: dt.datetime) -> bytes:
    """The dates of these cases as a file. It leaves the office, so it is on record in each of them."""
    office = office_steps()
    entries = []
    for case in cases:
        entries += _entries(case, office, now)
        record(by=by, action=Action.CALENDAR_DOWNLOADED, subject=case, label=case.reference, case_id=case.pk)
    return calendar_file(entries, now=now)


def _entries(case: Case, office: Steps, now: dt.datetime) -> list[Entry]:
    dates = dates_of_case(case, now=now)
    registry = dates.facts.registry
    steps = steps_before(dates.stands.safe, steps_of(case, office=office), registry) if dates.stands else ()
    return entries_of(
        dates,
        steps,
        case=case.calendar_uid,
        reference=case.reference,
        version=case.version,
        zone=registry.zone or settings.TIME_ZONE,
    )
