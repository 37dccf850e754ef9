"""What the client says, assertion by assertion, and what of the case's evidence and documents bears on each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Bearing, Case, CaseEvidence, Document, Statement
from caseapp.cases.ordering import renumber


@dataclass(frozen=True)
class StatementDetails:
    """`paragraph` is where it stands in the declaration; `element` is a key of cases.elements."""

    text: str
    paragraph: str = ""
    element: str = ""
    document: Document | None = None

    @property
    def fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("text", "paragraph", "element", "document")}


@dataclass(frozen=True)
class Bears:
    """What one passage or document does to a statement. `pages` goes with a document; `answer` is how the case meets
    what cuts against the statement."""

    target: CaseEvidence | Document
    relation: str
    is_shown: bool
    pages: str = ""
    answer: str = ""


class StatementChangedMeanwhile(Exception):
    """Somebody else changed the statement or what bears on it. `standing` is how it is now."""

    def __init__(self, standing: Statement) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this statement, or what bears on it, in the meantime, so nothing was saved. "
                "Compare; saving again keeps what you chose."
            )
        )


@transaction.atomic
def add_statements(*, by: User | None, case: Case, statements: Iterable[StatementDetails]) -> list[Statement]:
    """Put them at the end, in the order given: all of them or none."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    last = case.statements.aggregate(last=Max("position"))["last"] or 0
    rows = [
        Statement(case=case, position=position, added_by=by, said=details.text, **details.fields)
        for position, details in enumerate(statements, start=last + 1)
    ]
    for row in rows:
        row.full_clean(exclude=["added_by", "case", "document"], validate_constraints=False)
    rows = Statement.objects.bulk_create(rows)
    if rows:
        record(
            by=by,
            action=Action.STATEMENT_ADDED,
            subject=case,
            label=case.reference,
            case_id=case.pk,
            statements=len(rows),
        )
    return rows


@transaction.atomic
def change_statement(*, by: User | None, statement: Statement, details: StatementDetails, version: int) -> Statement:
    """Save the details over `version` of the statement, which is the one the person saw."""
    standing = standing_statement(statement, version)
    wanted = details.fields
    fields = [name for name, value in wanted.items() if getattr(standing, name) != value]
    for name in fields:
        setattr(standing, name, wanted[name])
    standing.full_clean(exclude=["added_by", "case", "document"], validate_constraints=False)
    if fields:
        _save_change(Action.STATEMENT_CHANGED, standing, fields, by=by)
    return standing


@transaction.atomic
def set_bearings(*, by: User | None, statement: Statement, bearings: Sequence[Bears], version: int) -> Statement:
    """What bears on the statement, in place of what was said before."""
    standing = standing_statement(statement, version)
    before = {_key(row): row for row in standing.bearings.all()}
    wanted = {_key(row): row for row in (_row(standing, one) for one in bearings)}
    gone = [row.pk for key, row in before.items() if key not in wanted]
    changed = [row for key, row in wanted.items() if key not in before or not _same(row, before[key])]
    if gone or changed:
        for row in changed:
            row.full_clean(exclude=["statement", "evidence", "document"], validate_constraints=False)
        replaced = [before[_key(row)].pk for row in changed if _key(row) in before]
        standing.bearings.filter(pk__in=[*gone, *replaced]).delete()
        Bearing.objects.bulk_create(changed)
        _save_change(Action.BEARING_CHANGED, standing, [], by=by)
    return standing


@transaction.atomic
def move_statement(*, by: User | None, case: Case, seen: Sequence[int], order: Sequence[int]) -> None:
    """Put the statements into `order`. Raises OrderOutOfDate where the list is no longer as it was seen."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    rows = list(case.statements.order_by("position", "pk"))
    if renumber(rows, seen=seen, wanted=order):
        Statement.objects.bulk_update(rows, ["position"])
        record(by=by, action=Action.STATEMENT_MOVED, subject=case, label=case.reference, case_id=case.pk)


@transaction.atomic
def remove_statement(*, by: User | None, statement: Statement) -> None:
    """Take it out, with what was said to bear on it. The evidence and the documents stay."""
    removed, _rows = Statement.objects.filter(pk=statement.pk).delete()
    if removed:
        _record(Action.STATEMENT_REMOVED, statement, by=by)


def standing_statement(statement: Statement, version: int) -> Statement:
    """The statement, held, as the person saw it. Raises StatementChangedMeanwhile."""
    standing = Statement.objects.select_for_update().select_related("case").get(pk=statement.pk)
    if standing.version != version:
        raise StatementChangedMeanwhile(standing)
    return standing


def _row(statement: Statement, bears: Bears) -> Bearing:
    return Bearing(
        statement=statement,
        evidence=bears.target if isinstance(bears.target, CaseEvidence) else None,
        document=bears.target if isinstance(bears.target, Document) else None,
        relation=bears.relation,
        is_shown=bears.is_shown,
        pages=bears.pages,
        answer=bears.answer,
    )


def _key(row: Bearing) -> tuple[object, object]:
    return row.evidence_id, row.document_id


def _same(one: Bearing, other: Bearing) -> bool:
    fields = ("relation", "is_shown", "pages", "answer")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _save_change(action: Action, statement: Statement, fields: list[str], *, by: User | None) -> None:
    statement.version += 1
    statement.save(update_fields=[*fields, "version"])
    _record(action, statement, by=by)


def _record(action: Action, statement: Statement, *, by: User | None) -> None:
    """The statement is the client's: the record names the case alone."""
    case = statement.case
    record(by=by, action=action, subject=statement, label=case.reference, case_id=case.pk)
