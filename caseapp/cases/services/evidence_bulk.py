"""What is done to several pieces of evidence at once: to all of them, or to none."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Bearing, Case, CaseEvidence, Statement


class EvidenceGone(Exception):
    """One of the pieces is not in the case, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("One of the ticked passages is not in the case any more. Nothing was changed."))


@transaction.atomic
def bear_on_statement(
    *, by: User | None, case: Case, evidence: Iterable[int], statement: Statement, relation: str, is_shown: bool
) -> int:
    """Say of all of them what they do to the statement. What was said of one before is replaced, but for its answer.

    Raises EvidenceGone. How many were changed.
    """
    items = _held(case, evidence)
    standing = Statement.objects.select_for_update().get(pk=statement.pk, case=case)
    before = {row.evidence_id: row for row in standing.bearings.filter(evidence__in=items)}
    changed = 0
    for item in items:
        row = before.get(item.pk) or Bearing(statement=standing, evidence=item)
        if row.pk and (row.relation, row.is_shown) == (relation, is_shown):
            continue
        row.relation, row.is_shown = relation, is_shown
        row.full_clean(exclude=["statement", "evidence", "document"], validate_constraints=False)
        row.save()
        changed += 1
    if changed:
        standing.version += 1
        standing.save(update_fields=["version"])
        record(by=by, action=Action.BEARING_CHANGED, subject=standing, label=case.reference, case_id=case.pk)
    return changed


@transaction.atomic
def point_all(*, by: User | None, case: Case, evidence: Iterable[int], element: str, is_on: bool) -> int:
    """Have all of them go to the element, or not any more, beside what was chosen for each. Without anything chosen,
    a piece goes where its statements do, or its themes. Raises EvidenceGone. How many were changed."""
    changed = []
    for item in _held(case, evidence):
        wanted = [key for key in item.elements if key != element] + ([element] if is_on else [])
        if set(wanted) != set(item.elements):
            item.elements = wanted
            changed.append(item)
    CaseEvidence.objects.bulk_update(changed, ["elements"])
    for item in changed:
        source = item.excerpt.capture.source
        record(by=by, action=Action.EVIDENCE_POINTED, subject=source, label=source.title, case_id=case.pk)
    return len(changed)


@transaction.atomic
def quote_all(*, by: User | None, case: Case, evidence: Iterable[int], is_quoted: bool) -> int:
    """Have packets quote and highlight all of them, or none of them. Raises EvidenceGone. How many were changed."""
    changed = [item for item in _held(case, evidence) if item.is_quoted != is_quoted]
    CaseEvidence.objects.filter(pk__in=[item.pk for item in changed]).update(is_quoted=is_quoted)
    for source, count in Counter(item.excerpt.capture.source for item in changed).items():
        record(
            by=by, action=Action.RELEVANCE_CHANGED, subject=source, label=source.title, case_id=case.pk, passages=count
        )
    return len(changed)


@transaction.atomic
def remove_all(*, by: User | None, case: Case, evidence: Iterable[int]) -> int:
    """Take all of them out of the case. The excerpts stay in the library. Raises EvidenceGone."""
    items = _held(case, evidence)
    CaseEvidence.objects.filter(pk__in=[item.pk for item in items]).delete()
    for source, count in Counter(item.excerpt.capture.source for item in items).items():
        record(
            by=by, action=Action.EVIDENCE_REMOVED, subject=source, label=source.title, case_id=case.pk, passages=count
        )
    return len(items)


def _held(case: Case, evidence: Iterable[int]) -> Sequence[CaseEvidence]:
    """All of these pieces, and the case held meanwhile."""
    Case.objects.select_for_update().get(pk=case.pk)
    wanted = set(evidence)
    rows = CaseEvidence.objects.filter(case=case, pk__in=wanted).select_related("excerpt__capture__source")
    items = list(rows.defer("excerpt__capture__text").order_by("position", "pk"))
    if not wanted or len(items) < len(wanted):
        raise EvidenceGone
    return items
