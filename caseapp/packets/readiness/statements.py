"""How the client's own words stand against the reports: what a judge will hold against them, and what is not shown."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.models import Relation
from caseapp.cases.support import Contradiction, contradictions, unsupported
from caseapp.packets.models import IndexStyle
from caseapp.packets.readiness.finding import Finding, Severity
from caseapp.packets.readiness.state import State


def contradicted_officially(state: State) -> Iterator[Finding]:
    """Judges compare a declaration with official reports, filed or not, so it is said of those that are not filed too.

    Of the statement only its place is said: its words are the client's, and a waiver keeps this sentence."""
    for one in contradictions(state.statements):
        yield Finding(
            "packet.contradicted-officially",
            Severity.INFO if one.is_answered else Severity.WARN,
            _("%(statement)s is contradicted by an official report, “%(title)s”, and the case answers it.")
            % _names(one)
            if one.is_answered
            else _(
                "%(statement)s is contradicted by an official report, “%(title)s”, and nobody wrote how the case "
                "meets it. A judge may compare the two."
            )
            % _names(one),
            f"{reverse('statement_bearings', args=[one.statement.pk])}#passage-{one.bearing.evidence_id}",
            _("See the answer") if one.is_answered else _("Write the answer"),
            subject=_subject(one),
        )


def _names(one: Contradiction) -> dict[str, str]:
    number = _("Statement %(number)s") % {"number": one.number}
    where = f"{number} ({one.statement.paragraph})" if one.statement.paragraph else number
    return {"statement": where, "title": one.source.title}


def _subject(one: Contradiction) -> str:
    excerpt = one.bearing.evidence.excerpt  # type: ignore[union-attr]
    return f"{one.number}-{excerpt.capture.original_sha256[:16]}-{excerpt.start}-{excerpt.end}"


def without_support(state: State) -> Iterator[Finding]:
    gaps = len(unsupported(state.statements))
    if gaps:
        yield Finding(
            "packet.statements-unsupported",
            Severity.WARN if state.packet.index_style == IndexStyle.STATEMENT else Severity.INFO,
            ngettext(
                "%(count)s statement of the client has nothing that supports it.",
                "%(count)s statements of the client have nothing that supports them.",
                gaps,
            )
            % {"count": gaps},
            reverse("case_statements", args=[state.packet.case_id]),
            _("See which"),
        )


def hidden_and_quoted(state: State) -> Iterator[Finding]:
    """What cuts against a statement is not printed under it unless a lawyer chose so. In the evidence it is quoted all
    the same, at the end of the index: nobody should learn that from the finished packet."""
    if state.packet.index_style != IndexStyle.STATEMENT:
        return
    rows = [row for said in state.statements for row in said.bearings.all()]
    hidden = {row.evidence_id for row in rows if row.relation == Relation.CONTRADICTS and not row.is_shown}
    shown = {row.evidence_id for row in rows if row.is_shown}
    count = len((hidden - shown) & {item.pk for item in state.quoted})
    if count:
        yield Finding(
            "packet.hidden-and-quoted",
            Severity.WARN,
            ngettext(
                "%(count)s passage that cuts against a statement is not shown there, and will be quoted all the same "
                "under “Further passages” at the end of the index. To keep it out, tick it in the evidence and say "
                "that packets do not quote it.",
                "%(count)s passages that cut against a statement are not shown there, and will be quoted all the same "
                "under “Further passages” at the end of the index. To keep them out, tick them in the evidence and say "
                "that packets do not quote them.",
                count,
            )
            % {"count": count},
            reverse("case_evidence", args=[state.packet.case_id]),
            _("See the evidence"),
        )


CHECKS = (contradicted_officially, without_support, hidden_and_quoted)
