"""What needs a person today: one list, the most urgent first, in a fixed number of queries.

To add to it: a function that takes the person and the moment, and its name in SOURCES. It reads only what the person
may see at that moment, and its lines may name a client's papers only where they lead to a case of the person's.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.accounts.queries import office
from caseapp.accounts.roles import Ability
from caseapp.cases.dates import dates_of_case, today_of
from caseapp.cases.deadlines import Dates
from caseapp.cases.hearing import is_near
from caseapp.cases.models import Case, CaseEvidence, Document, DocumentStatus
from caseapp.cases.queries import due_for_erasure_by, mentions_waiting, tasks_waiting
from caseapp.library.excerpts.vetting_queues import waiting_for
from caseapp.library.models import Recheck
from caseapp.library.origins.families import links_to_decide, not_compared
from caseapp.packets.models import Build, BuildStatus, Packet

# What was filed so long before a date or later was filed for that date.
_FILED_FOR = dt.timedelta(days=90)
# So long after its day a filing that no hearing follows is still asked for.
_LATE_FOR = dt.timedelta(days=30)
_TASK_AHEAD = dt.timedelta(days=7)


class Urgency(IntEnum):
    LATE = 0
    TODAY = 1
    SOON = 2
    WAITING = 3


@dataclass(frozen=True)
class Line:
    """`case` is the reference of the case that it is about, if it is about one."""

    words: str
    href: str
    urgency: Urgency
    case: str = ""
    day: dt.date | None = None


def lines_for(user: User, now: dt.datetime) -> list[Line]:
    found = [line for source in SOURCES for line in source(user, now)]
    return sorted(found, key=lambda line: (line.urgency, line.day or dt.date.max, line.case, line.words))


def dates(user: User, now: dt.datetime) -> Iterator[Line]:
    """Filing dates that passed or come near, and the order that nobody asked for. Hearings that come near, too."""
    if not user.can(Ability.SEE_CASES):
        return
    for case in Case.objects.visible_to(user).filter(closed_on=None).annotate(last_filed=_last_filed()):
        today, hearing = today_of(case, now=now), case.hearing_on
        if hearing is not None and is_near(hearing, today=today):
            words = _("The hearing is on %(day)s.") % {"day": date_format(hearing)}
            yield _dated(case, words, hearing, today, Urgency.SOON)
        if hearing is None or hearing >= today:
            yield from _filing(case, dates_of_case(case, now=now), today)


def _last_filed() -> Subquery:
    filed = Build.objects.filter(packet__case=OuterRef("pk"), filed_at__isnull=False).order_by()
    return Subquery(filed.values("packet__case").annotate(last=Max("filed_at")).values("last"))


def _is_filed(case: Case, due: dt.date) -> bool:
    last: dt.datetime | None = getattr(case, "last_filed", None)
    return last is not None and timezone.localdate(last) >= due - _FILED_FOR


def _filing(case: Case, dates: Dates, today: dt.date) -> Iterator[Line]:
    stands = dates.stands
    if stands is None:
        if "the court's order" in dates.asks:
            words = _("The filing date is not known: ask the court for its order.")
            yield _dated(case, words, case.hearing_on, today, Urgency.TODAY)
    elif not _is_filed(case, stands.due) and _matters(stands.due, today, case.hearing_on):
        doubt = " " + _("Confirm the law.") if dates.is_disputed and dates.ordered is None else ""
        yield _due(case, stands.due, stands.safe, today, doubt)


def _matters(due: dt.date, today: dt.date, hearing: dt.date | None) -> bool:
    """It comes near; or it has passed, and the hearing is still to come or it was not long ago."""
    if due >= today:
        return is_near(due, today=today)
    return hearing is not None or today - due <= _LATE_FOR


def _due(case: Case, due: dt.date, safe: dt.date, today: dt.date, doubt: str) -> Line:
    names = {"due": date_format(due), "safe": date_format(safe)}
    if due < today:
        return _dated(case, _("The filing date has passed: %(due)s.") % names + doubt, due, today, Urgency.LATE)
    if safe < today:
        words = _("File by %(due)s: the safe date has passed.") % names
        return _dated(case, words + doubt, due, today, Urgency.TODAY)
    urgency = Urgency.TODAY if safe == today else Urgency.SOON
    return _dated(case, _("File by %(due)s, safely by %(safe)s.") % names + doubt, safe, today, urgency)


def _dated(case: Case, words: str, day: dt.date | None, today: dt.date, urgency: Urgency) -> Line:
    href = reverse("case_dates", args=[case.pk])
    return Line(words, href, Urgency.TODAY if day == today else urgency, case.reference, day)


def tasks(user: User, now: dt.datetime) -> Iterator[Line]:
    for task in tasks_waiting(user):
        today, href = today_of(task.case, now=now), f"{reverse('case_tasks', args=[task.case_id])}#task-{task.pk}"
        urgency = _urgency(task.due_on, today)
        words = task.words
        if task.due_on:
            words = _("%(task)s (by %(day)s)") % {"task": task.words, "day": date_format(task.due_on)}
        yield Line(words, href, urgency, task.case.reference, task.due_on)


def _urgency(day: dt.date | None, today: dt.date) -> Urgency:
    if day is None or day > today + _TASK_AHEAD:
        return Urgency.WAITING
    return Urgency.LATE if day < today else Urgency.TODAY if day == today else Urgency.SOON


def mentions(user: User, now: dt.datetime) -> Iterator[Line]:
    for mention in mentions_waiting(user):
        comment = mention.comment
        href = f"{reverse('case_tasks', args=[comment.case_id])}#comment-{comment.pk}"
        words = _("%(name)s names you in a comment.") % {"name": comment.written_by.name}
        yield Line(words, href, Urgency.TODAY, comment.case.reference)


def documents(user: User, now: dt.datetime) -> Iterator[Line]:
    """Papers that wait for a decision, by case."""
    asking = Document.objects.visible_to(user).filter(status=DocumentStatus.ASKING)
    for (case_id, reference), count in Counter(asking.values_list("case_id", "case__reference")).items():
        words = ngettext("%(count)s document needs a decision.", "%(count)s documents need a decision.", count)
        yield Line(words % {"count": count}, reverse("case_documents", args=[case_id]), Urgency.TODAY, reference)


def builds(user: User, now: dt.datetime) -> Iterator[Line]:
    """Packets whose last build came to nothing."""
    latest = Build.objects.filter(packet=OuterRef("pk")).order_by("-number")
    packets = Packet.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case")
    failed = packets.annotate(last=Subquery(latest.values("status")[:1])).filter(last=BuildStatus.FAILED)
    for packet in failed:
        words = _("The build of “%(title)s” failed.") % {"title": packet.title}
        yield Line(words, packet.get_absolute_url(), Urgency.TODAY, packet.case.reference)


def rechecks(user: User, now: dt.datetime) -> Iterator[Line]:
    """Passages of this person's own cases that a newer version may not say any more."""
    used = CaseEvidence.objects.filter(case__in=Case.objects.visible_to(user)).values("excerpt")
    count = Recheck.objects.filter(Recheck.waiting(), excerpt__in=used).values("excerpt").distinct().count()
    if count:
        words = ngettext(
            "%(count)s passage in your cases waits for a re-check.",
            "%(count)s passages in your cases wait for a re-check.",
            count,
        )
        yield Line(words % {"count": count}, reverse("recheck_list"), Urgency.TODAY)


def vetting(user: User, now: dt.datetime) -> Iterator[Line]:
    if not user.can(Ability.EDIT_LIBRARY):
        return
    waiting = waiting_for(user)
    came_back = ngettext("%(n)s passage came back to you", "%(n)s passages came back to you", waiting.came_back)
    to_check = ngettext("%(n)s passage to check", "%(n)s passages to check", waiting.to_check)
    to_approve = ngettext("%(n)s passage to approve", "%(n)s passages to approve", waiting.to_approve)
    for queue, count, words, urgency in (
        ("came-back", waiting.came_back, came_back, Urgency.TODAY),
        ("to-check", waiting.to_check, to_check, Urgency.WAITING),
        ("to-approve", waiting.to_approve, to_approve, Urgency.WAITING),
    ):
        if count:
            yield Line(words % {"n": count}, reverse("vetting_queue", args=[queue]), urgency)


def origins(user: User, now: dt.datetime) -> Iterator[Line]:
    """Sources that count as independent until somebody says that they are one report."""
    if not user.can(Ability.EDIT_LIBRARY):
        return
    count = links_to_decide()
    if count:
        words = ngettext(
            "%(count)s pair of sources may be one report.", "%(count)s pairs of sources may be one report.", count
        )
        yield Line(words % {"count": count}, reverse("origin_list"), Urgency.WAITING)


def uncompared(user: User, now: dt.datetime) -> Iterator[Line]:
    """Texts of which nobody knows whether they repeat another's report."""
    if not user.can(Ability.EDIT_LIBRARY):
        return
    failed = list(not_compared())
    if failed:
        words = ngettext(
            "%(count)s source could not be compared with the others: it may repeat a report that counts already.",
            "%(count)s sources could not be compared with the others: they may repeat reports that count already.",
            len(failed),
        )
        href = f"{reverse('source_details', args=[failed[0].capture.source_id])}#origin"
        yield Line(words % {"count": len(failed)}, href, Urgency.WAITING)


def ended(user: User, now: dt.datetime) -> Iterator[Line]:
    """Closed cases that need not be kept any longer. Those on hold wait for something else."""
    if not user.can(Ability.KEEP_CASES):
        return
    due = due_for_erasure_by(user, today=timezone.localdate(now), years=office().keep_years)
    count = due.filter(held_at=None).count()
    if count:
        words = ngettext(
            "%(count)s closed case need not be kept any longer.",
            "%(count)s closed cases need not be kept any longer.",
            count,
        )
        yield Line(words % {"count": count}, reverse("cases_due"), Urgency.WAITING)


SOURCES: tuple[Callable[[User, dt.datetime], Iterator[Line]], ...] = (
    dates,
    tasks,
    mentions,
    documents,
    builds,
    rechecks,
    vetting,
    origins,
    uncompared,
    ended,
)
