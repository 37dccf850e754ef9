"""Looking at what the checks find, and changing one thing of a packet."""

import datetime as dt

from caseapp.cases.files import files_of
from caseapp.cases.models import Case, Document
from caseapp.cases.words import Words, keep_words
from caseapp.packets import readiness
from caseapp.packets.models import Exhibit, FilingDetails, Packet
from caseapp.packets.readiness import Finding, Severity

TODAY = dt.date(2026, 11, 25)
REMINDERS = {"packet.service-electronic", "packet.other-party", "packet.national-package", "packet.file-names"}
"""What some forums say of every packet; good to know, and in the way of most tests."""


def findings(packet: Packet) -> tuple[Finding, ...]:
    return readiness.findings(packet, today=TODAY)


def notable(packet: Packet) -> list[Finding]:
    return [finding for finding in findings(packet) if finding.rule not in REMINDERS]


def only(packet: Packet) -> Finding:
    (finding,) = notable(packet)
    return finding


def found(packet: Packet, rule: str) -> list[tuple[Severity, str]]:
    """How grave and on what rule, of the findings of one check."""
    return [
        (finding.severity, finding.basis.id if finding.basis else "")
        for finding in findings(packet)
        if finding.rule == f"packet.{rule}"
    ]


def before(forum_key: str, packet: Packet, **case) -> Packet:
    """The same packet for this forum, its case and its filing details filled in."""
    details = {"filer": "L. Lawyer", "file_number": "1", "court": "Somewhere", "hearing_on": dt.date(2027, 3, 15)}
    details |= dict.fromkeys(("decision_on", "lodged_on", "other_bundle_on"), dt.date(2027, 3, 10))
    Case.objects.update(forum=forum_key, **(details | case))
    Packet.objects.update(forum=forum_key)
    file(packet, remand_reason="It was published after the hearing.")
    return Packet.objects.select_related("case").get(pk=packet.pk)


def file(packet: Packet, **details) -> Packet:
    FilingDetails.objects.update_or_create(packet=packet, defaults=details)
    return packet


def exhibit_titled(packet: Packet, words: str) -> Exhibit:
    return packet.exhibits.get(capture__source__title__contains=words)


def add_document(packet: Packet, title: str, **changes) -> Document:
    """A paper of the client's that was read, as the last exhibit."""
    files = files_of(packet.case_id)
    stored = files.put_bytes(title.encode()).sha256
    words = keep_words(files, Words(changes.pop("text", f"{title}."), [[0, 1, ""], [1, 2, ""]]))
    values = {
        "kind": "official", "original_sha256": stored, "original_size": 1, "status": "ready", "clean_sha256": stored,
        "pages": 2, "words_sha256": words,
    }  # fmt: skip
    document = Document.objects.create(case=packet.case, title=title, **(values | changes))
    Exhibit.objects.create(packet=packet, document=document, position=packet.exhibits.count() + 1)
    return document
