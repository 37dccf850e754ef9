"""Opening a case and changing its details."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.files import CaseFiles
from caseapp.cases.models import Case, CaseMember
from caseapp.cases.parts import fullest_part


@dataclass(frozen=True)
class CaseDetails:
    """All that people type about a case. `client_name` and `file_number` are confidential."""

    reference: str
    client_name: str
    country: str = ""
    forum: str = "generic"
    hearing_on: dt.date | None = None
    hearing_kind: str = ""
    registry: str = ""
    ordered_on: dt.date | None = None
    decision_on: dt.date | None = None
    briefing_on: dt.date | None = None
    lodged_on: dt.date | None = None
    other_bundle_on: dt.date | None = None
    other_filing_on: dt.date | None = None
    file_number: str = ""
    court: str = ""
    judge: str = ""
    is_detained: bool = False
    filer: str = ""


class ReferenceTaken(Exception):
    """One of this person's own cases has the reference already."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            _("You already have a case with the reference %(reference)s. Choose another reference.")
            % {"reference": reference}
        )


class CaseChangedMeanwhile(Exception):
    """Somebody else saved the case after this person opened it. `standing` is the case as it is now."""

    def __init__(self, standing: Case) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this case while you were typing, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
        )


@transaction.atomic
def open_case(
    *, by: User | None, details: CaseDetails, team: Iterable[User] = (), files: CaseFiles | None = None
) -> Case:
    """A new case. Whoever opens it is on its team, and everybody on it has the fullest part their role carries;
    `by` is None for the command line. `files` are those of an import, which came before the case."""
    _refuse_taken(details.reference, by=by)
    files = files or CaseFiles.of_new_case()
    case = Case(pk=files.case_id, **asdict(details), created_by=by)
    case.full_clean(exclude=["created_by"])
    case.save(force_insert=True)
    files.begin()
    people = {user.pk: user for user in [*([by] if by else []), *team]}
    CaseMember.objects.bulk_create(
        CaseMember(case=case, user=user, part=fullest_part(user.role), added_by=by) for user in people.values()
    )
    record(by=by, action=Action.CASE_OPENED, subject=case, label=case.reference, case_id=case.pk)
    return case


@transaction.atomic
def change_case(*, by: User | None, case: Case, details: CaseDetails, version: int) -> Case:
    """Save the details over `version` of the case, which is the one the person saw."""
    standing = Case.objects.select_for_update().get(pk=case.pk)
    if standing.version != version:
        raise CaseChangedMeanwhile(standing)
    fields = [name for name, value in asdict(details).items() if getattr(standing, name) != value]
    if "reference" in fields:
        _refuse_taken(details.reference, by=by, other_than=standing)
    for name in fields:
        setattr(standing, name, getattr(details, name))
    standing.full_clean(exclude=["created_by"])
    if fields:
        _save_change(standing, fields, by=by)
    return standing


def _save_change(case: Case, fields: list[str], *, by: User | None) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])
    # The names of the fields only: what stands in them may be confidential.
    record(by=by, action=Action.CASE_CHANGED, subject=case, label=case.reference, case_id=case.pk, fields=fields)


def _refuse_taken(reference: str, *, by: User | None, other_than: Case | None = None) -> None:
    """Looks among the person's own cases alone: "taken" must not tell them what other teams work on."""
    cases = Case.objects.visible_to(by) if by else Case.objects.all()
    if other_than is not None:
        cases = cases.exclude(pk=other_than.pk)
    if cases.filter(reference__iexact=reference).exists():
        raise ReferenceTaken(reference)
