"""Walks the chain from its beginning and says what is not as it was sealed, in ids alone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Max, TextChoices
from django.utils.translation import gettext_lazy as _

from caseapp.audit import chain
from caseapp.audit.append_only import missing_triggers
from caseapp.audit.models import Event, Inspected, Inspection, Seal
from caseapp.audit.sealing import seal_new, unsealed

# The workers seal every ten seconds.
SEALED_WITHIN = dt.timedelta(minutes=10)
# Long work is put on record when it begins and appears when it ends; nothing takes longer than this.
APPEARS_WITHIN = dt.timedelta(hours=1)
MOST_NAMED = 100
_AT_ONCE = 2_000


class Wrong(TextChoices):
    ALTERED = "altered", _("was changed after it was sealed, or its seal was")
    MISSING = "missing", _("was sealed and is gone")
    SEAL_MISSING = "seal-missing", _("seals are gone before this one")
    FOREIGN = "foreign", _("says it is older than what was sealed before it: somebody wrote it in later")
    UNSEALED = "unsealed", _("was not sealed in time: no worker runs, or somebody wrote it in")
    CUT_OFF = "cut-off", _("was the end of the chain at an earlier look and is not in it now")
    UNGUARDED = "unguarded", _("The database no longer refuses changes. Run: manage.py migrate")


@dataclass(frozen=True)
class Finding:
    """What is wrong, with the place in the chain and the id of the event, where there is one."""

    wrong: Wrong
    position: int | None = None
    event_id: int | None = None

    def as_list(self) -> list[str | int | None]:
        return [self.wrong.value, self.position, self.event_id]

    def __str__(self) -> str:
        if self.wrong == Wrong.UNGUARDED:
            return str(self.wrong.label)
        place = _("Event %(event)s") if self.event_id else _("Place %(position)s of the chain")
        return f"{place % {'event': self.event_id, 'position': self.position}} {self.wrong.label}."


@dataclass
class Verdict:
    """The end of the chain, how many events are in it, and what is wrong: all counted, the first of it named."""

    head: str = chain.BEFORE_THE_FIRST
    position: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)

    def note(self, finding: Finding) -> None:
        self.found += 1
        if len(self.findings) < MOST_NAMED:
            self.findings.append(finding)


def verify(now: dt.datetime) -> Verdict:
    """Look at everything on record; seal what is new, so that the head stands for all of it."""
    verdict = Verdict()
    if missing_triggers():
        verdict.note(Finding(Wrong.UNGUARDED))
    for event_id in unsealed().filter(at__lt=now - SEALED_WITHIN).order_by("pk").values_list("pk", flat=True):
        verdict.note(Finding(Wrong.UNSEALED, event_id=event_id))
    seal_new(everything=True)
    _walk(verdict)
    _compare_with_earlier_looks(verdict)
    return verdict


def _walk(verdict: Verdict) -> None:
    newest: dt.datetime | None = None
    for seal, event in _links():
        if seal.position != verdict.position + 1:
            verdict.note(Finding(Wrong.SEAL_MISSING, seal.position))
        elif event is None:
            verdict.note(Finding(Wrong.MISSING, seal.position, seal.event_id))
        elif chain.seal(verdict.head, seal.position, chain.as_json(event)) != seal.hash:
            verdict.note(Finding(Wrong.ALTERED, seal.position, seal.event_id))
        if event is not None:
            if newest and event.at < newest - APPEARS_WITHIN:
                verdict.note(Finding(Wrong.FOREIGN, seal.position, seal.event_id))
            newest = max(newest or event.at, event.at)
        verdict.head, verdict.position = seal.hash, seal.position


def _links() -> Iterator[tuple[Seal, Event | None]]:
    """The chain in its order, a piece of it in memory at a time."""
    last = 0
    while seals := list(Seal.objects.filter(position__gt=last).order_by("position")[:_AT_ONCE]):
        events = Event.objects.order_by().in_bulk([seal.event_id for seal in seals])
        for seal in seals:
            yield seal, events.get(seal.event_id)
        last = seals[-1].position


def _compare_with_earlier_looks(verdict: Verdict) -> None:
    """A chain that was cut off and written anew from there holds together, but not with what was noted of it."""
    noted = Inspection.objects.filter(what=Inspected.RECORD).exclude(head="")
    furthest = noted.aggregate(furthest=Max("position"))["furthest"]
    for inspection in noted.filter(position=furthest)[:1] if furthest else ():
        if not holds(inspection.head, inspection.position):
            verdict.note(Finding(Wrong.CUT_OFF, inspection.position))


def holds(head: str, position: int | None = None) -> bool:
    """Whether a hash that was written down earlier is in the chain, at its place where that is known."""
    seals = Seal.objects.filter(hash=head)
    return (seals.filter(position=position) if position else seals).exists()
