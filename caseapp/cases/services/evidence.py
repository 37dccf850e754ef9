"""The excerpts in use in a case: which, why, and in what order."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, CaseEvidence
from caseapp.cases.ordering import renumber
from caseapp.cases.renewing import newer_edition_of
from caseapp.library.models import Excerpt


class WhyChangedMeanwhile(Exception):
    """Somebody else changed the reason after this person saw it. `standing` is the evidence as it is now."""

    def __init__(self, standing: CaseEvidence) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this reason in the meantime, so yours was not saved. "
                "Saving again replaces theirs."
            )
        )


class CannotRenew(Exception):
    """The passage stays as it is."""


class RenewedMeanwhile(CannotRenew):
    def __init__(self) -> None:
        super().__init__(_("Somebody else put another passage in its place meanwhile. This is how it stands now."))


class NotOfTheNewerEdition(CannotRenew):
    def __init__(self) -> None:
        super().__init__(_("Choose a passage of the newer edition."))


class InTheCaseAlready(CannotRenew):
    def __init__(self) -> None:
        super().__init__(_("That passage is in the case already. Take the older one out instead."))


@transaction.atomic
def add_evidence(
    *, by: User | None, case: Case, excerpts: Iterable[Excerpt], why: str = "", relevance: str = "", answer: str = ""
) -> list[CaseEvidence]:
    """Put the excerpts at the end, in the order given. Those that are in the case already stay as they are."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    already = set(case.evidence.values_list("excerpt_id", flat=True))
    new = {excerpt.pk: excerpt for excerpt in excerpts if excerpt.pk not in already}
    last = case.evidence.aggregate(last=Max("position"))["last"] or 0
    added = CaseEvidence.objects.bulk_create(
        CaseEvidence(
            case=case,
            excerpt=excerpt,
            position=position,
            why=why,
            relevance=relevance,
            answer=answer,
            added_by=by,
        )
        for position, excerpt in enumerate(new.values(), start=last + 1)
    )
    for source, count in Counter(excerpt.capture.source for excerpt in new.values()).items():
        record(by=by, action=Action.EVIDENCE_ADDED, subject=source, label=source.title, case_id=case.pk, passages=count)
    return added


@transaction.atomic
def change_why(
    *,
    by: User | None,
    evidence: CaseEvidence,
    why: str,
    was: str,
    relevance: str = "",
    relevance_was: str = "",
    answer: str = "",
    answer_was: str = "",
) -> CaseEvidence:
    """Replace the reason `was`, the line for the index `relevance_was` and what the case says to it, `answer_was`: each
    is what the person saw."""
    standing = CaseEvidence.objects.select_for_update().get(pk=evidence.pk)
    before, wanted = (standing.why, standing.relevance, standing.answer), (why, relevance, answer)
    if before == wanted:
        return standing
    if before != (was, relevance_was, answer_was):
        raise WhyChangedMeanwhile(standing)
    standing.why, standing.relevance, standing.answer = wanted
    standing.save(update_fields=["why", "relevance", "answer"])
    if before[0] != why:
        _record(Action.EVIDENCE_CHANGED, standing, by=by)
    if before[1] != relevance:
        _record(Action.RELEVANCE_CHANGED, standing, by=by)
    if before[2] != answer:
        _record(Action.EVIDENCE_ANSWERED, standing, by=by)
    return standing


@transaction.atomic
def renew_evidence(*, by: User | None, evidence: CaseEvidence, excerpt: int, was: int) -> CaseEvidence:
    """Put the passage of a newer edition in place of the excerpt `was`, which the person saw. Why it is there, what it
    shows and what it bears on stay. Raises a class of CannotRenew."""
    case = Case.objects.select_for_update().get(pk=evidence.case_id)
    standing = CaseEvidence.objects.select_related("excerpt__capture__source").get(pk=evidence.pk)
    if standing.excerpt_id != was:
        raise RenewedMeanwhile
    edition = newer_edition_of(standing)
    newer = Excerpt.objects.filter(pk=excerpt, capture__source=edition).first() if edition else None
    if newer is None:
        raise NotOfTheNewerEdition
    if case.evidence.filter(excerpt=newer).exists():
        raise InTheCaseAlready
    _record(Action.EVIDENCE_RENEWED, standing, by=by)
    standing.excerpt = newer
    standing.save(update_fields=["excerpt"])
    return standing


@transaction.atomic
def move_evidence(*, by: User | None, case: Case, seen: Sequence[int], order: Sequence[int]) -> None:
    """Put the evidence into `order`. `seen` is the order the person saw; both hold CaseEvidence ids.

    Raises OrderOutOfDate, and moves nothing, where the list is no longer as it was seen.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    rows = list(case.evidence.order_by("position", "pk"))
    if renumber(rows, seen=seen, wanted=order):
        CaseEvidence.objects.bulk_update(rows, ["position"])
        record(by=by, action=Action.EVIDENCE_MOVED, subject=case, label=case.reference, case_id=case.pk)


@transaction.atomic
def remove_evidence(*, by: User | None, evidence: CaseEvidence) -> None:
    """Take it out of the case. The excerpt stays in the library."""
    Case.objects.select_for_update().get(pk=evidence.case_id)
    removed, _rows = CaseEvidence.objects.filter(pk=evidence.pk).delete()
    if removed:
        _record(Action.EVIDENCE_REMOVED, evidence, by=by)


def _record(action: Action, evidence: CaseEvidence, *, by: User | None) -> None:
    source = evidence.excerpt.capture.source
    record(by=by, action=action, subject=source, label=source.title, case_id=evidence.case_id)
