"""What a task of a case can be about: its documents, statements, passages and packets."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from caseapp.cases.models import Case
from caseapp.cases.queries import evidence_in_order
from caseapp.packets.models import Packet

_SHORT = 70


@dataclass(frozen=True)
class Thing:
    """`key` is what a task keeps, and `words` what a person reads."""

    key: str
    words: str
    href: str


def things_of(case: Case) -> dict[str, Thing]:
    """By key, in a fixed number of queries."""
    return {thing.key: thing for thing in _things(case)}


def _things(case: Case) -> Iterator[Thing]:
    for packet in Packet.objects.filter(case=case):
        yield Thing(f"packet:{packet.pk}", _("Packet: %(title)s") % {"title": packet.title}, packet.get_absolute_url())
    for document in case.documents.select_related("newer").order_by("position", "added_at", "pk"):
        is_older = document.is_replaced
        words = _("Document, older version: %(title)s") if is_older else _("Document: %(title)s")
        words %= {"title": document.title}
        yield Thing(f"document:{document.pk}", words, document.get_absolute_url())
    statements = reverse("case_statements", args=[case.pk])
    for statement in case.statements.order_by("position", "pk"):
        words = _("Statement: %(words)s") % {"words": Truncator(statement.text).chars(_SHORT)}
        yield Thing(f"statement:{statement.pk}", words, f"{statements}#statement-{statement.pk}")
    evidence = reverse("case_evidence", args=[case.pk])
    for item in evidence_in_order(case):
        words = _("Passage: %(words)s") % {"words": Truncator(item.excerpt.quote).chars(_SHORT)}
        yield Thing(f"evidence:{item.pk}", words, f"{evidence}#evidence-{item.pk}")
