"""The record as files to keep away from this machine, piece by piece, so that none is too long."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from caseapp.audit import chain
from caseapp.audit.actions import Action
from caseapp.audit.models import Event, EventQuerySet, Seal
from caseapp.audit.readers import IN_WORDS, Reader
from caseapp.core.cells import disarmed

_AT_ONCE = 1_000
_HEAD = ("id", "at (UTC)", "who", "person", "did", "what", "kind", "what id", "case id", "from", "place", "seal")


def as_csv(events: EventQuerySet, reader: Reader) -> Iterator[bytes]:
    """For a spreadsheet, which is kept from running anything."""
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode()  # tells Excel that the file is UTF-8
    yield _line(_HEAD)
    for event, seal in _sealed(events):
        at, place = chain.as_json(event)["at"], (seal.position, seal.hash) if seal else ("", "")
        what = event.subject_label if reader.reads_words_of(event) else ""
        yield _line(
            (
                *(event.pk, at, event.actor_name, event.actor_id, _did(event), what),
                *(event.subject_type, event.subject_id, event.case_id, event.address, *place),
            )
        )


def as_json_lines(events: EventQuerySet, reader: Reader | None = None) -> Iterator[bytes]:
    """With all that a seal covers: whoever has the lines from the first on can compute every hash again. What the
    reader may not read in words is withheld, and named; without a reader nothing is."""
    for event, seal in _sealed(events):
        line: dict[str, Any] = {"event": chain.as_json(event)}
        line |= {"position": seal and seal.position, "seal": seal and seal.hash}
        if reader and not reader.reads_words_of(event):
            line["event"] |= dict.fromkeys(IN_WORDS)
            line["withheld"] = IN_WORDS
        yield json.dumps(line, sort_keys=True).encode() + b"\n"


def _sealed(events: EventQuerySet) -> Iterator[tuple[Event, Seal | None]]:
    last = 0
    while piece := list(events.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        seals = {seal.event_id: seal for seal in Seal.objects.filter(event_id__in=[event.pk for event in piece])}
        for event in piece:
            yield event, seals.get(event.pk)
        last = piece[-1].pk


def _did(event: Event) -> str:
    return str(Action(event.action).label) if event.action in Action.values else event.action


def _line(cells: tuple[object, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(["" if cell is None else disarmed(cell) for cell in cells])
    return line.getvalue().encode()
