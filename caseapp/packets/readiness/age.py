"""Evidence that has grown old: looked at again before every build, and never in its way."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.models import CaseEvidence
from caseapp.cases.staleness import Reason, Why
from caseapp.packets.readiness.finding import Finding, Severity
from caseapp.packets.readiness.state import Filed, State

# What waits for a look, and newer versions of what is filed, are findings of their own (see `versions`).
_TOLD_ELSEWHERE = {Why.RECHECK, Why.CAPTURE}


def grown_old(state: State) -> Iterator[Finding]:
    """For each exhibit and each reason once, however many of its passages it is the reason of."""
    for filed, capture, _source in state.sources:
        found: dict[tuple[Why, str], list[CaseEvidence]] = defaultdict(list)
        for item in state.passages_on(capture):
            for reason in _reasons(state, item):
                found[reason.why, reason.sentence].append(item)
        for (why, sentence), items in found.items():
            yield _finding(state, filed, why, sentence, items)


def _reasons(state: State, item: CaseEvidence) -> Iterator[Reason]:
    old = state.aged.get(item.excerpt_id)
    return (reason for reason in (old.reasons if old else ()) if reason.why not in _TOLD_ELSEWHERE)


def _finding(state: State, filed: Filed, why: Why, sentence: str, items: list[CaseEvidence]) -> Finding:
    first = items[0]
    words = ngettext(
        "%(tab)s, “%(title)s”, %(count)s passage: %(reason)s",
        "%(tab)s, “%(title)s”, %(count)s passages: %(reason)s",
        len(items),
    )
    # What happened is said in the words of the team: a waiver keeps the sentence, so they stand on the list alone.
    reason = _("it was published before something that you noted as having happened since.")
    is_renewed = why is Why.EDITION
    case = state.packet.case_id
    return Finding(
        f"packet.stale-{why.value}",
        Severity.WARN,
        words % (filed.names | {"count": len(items), "reason": reason if why is Why.EVENT else sentence}),
        reverse("evidence_renew", args=[case, first.pk])
        if is_renewed
        else f"{reverse('case_evidence', args=[case])}#evidence-{first.pk}",
        _("Use the newer edition’s passage") if is_renewed else _("See the evidence"),
        subject=f"{filed.subject}-{first.excerpt.start}-{first.excerpt.end}",
    )


CHECKS = (grown_old,)
