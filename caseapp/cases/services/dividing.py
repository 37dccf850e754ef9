"""One statement made into several, and two made into one. No word of the declaration is lost on the way."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Bearing, Case, Relation, Statement
from caseapp.cases.services.statements import standing_statement
from caseapp.cases.splitting import LONGEST, letters_of

# What outweighs what, where a passage bore on both in different ways.
_WEIGHT = (Relation.CONTEXT, Relation.SUPPORTS, Relation.CONTRADICTS)

_MOST_PARAGRAPHS, _MOST_PAGES = 40, 60  # characters, as the columns hold them


class CannotDivide(Exception):
    """The statement stays as it is."""


class NotDivided(CannotDivide):
    def __init__(self) -> None:
        super().__init__(_("Put an empty line where one statement ends and the next begins."))


class WordsChanged(CannotDivide):
    def __init__(self) -> None:
        super().__init__(_("Only divide it here: every word has to stay. Its words can be changed afterwards."))


class CannotJoin(Exception):
    """Both statements stay as they are."""


class NothingBefore(CannotJoin):
    def __init__(self) -> None:
        super().__init__(_("This is the first statement: there is none before it that it could be joined to."))


class TooLongTogether(CannotJoin):
    def __init__(self) -> None:
        super().__init__(
            _("Together they are longer than the %(n)s characters that one statement can have.") % {"n": f"{LONGEST:,}"}
        )


class BearingsTooLong(CannotJoin):
    def __init__(self) -> None:
        super().__init__(
            _("What was written of one passage for both of them is too long for one. Shorten its answer or its pages.")
        )


def statement_before(statement: Statement) -> Statement | None:
    rows = list(Statement.objects.filter(case=statement.case_id).select_related("document").order_by("position", "pk"))
    place = next((number for number, row in enumerate(rows) if row.pk == statement.pk), 0)
    return rows[place - 1] if place else None


@transaction.atomic
def divide_statement(*, by: User | None, statement: Statement, parts: Sequence[str], version: int) -> list[Statement]:
    """Each part becomes a statement in its place, and what bore on the whole bears on each.

    Raises StatementChangedMeanwhile, or a class of CannotDivide.
    """
    rows = _rows_held(statement)
    standing = standing_statement(statement, version)
    if letters_of("".join(parts)) != letters_of(standing.text):
        raise WordsChanged
    if len(parts) < 2 or not all(map(letters_of, parts)):
        raise NotDivided
    is_as_said = letters_of(standing.text) == letters_of(standing.said)
    further = [
        Statement(
            case=standing.case,
            document=standing.document,
            position=0,
            text=part,
            paragraph=standing.paragraph,
            element=standing.element,
            said=part if is_as_said else standing.said,
            added_by=by,
        )
        for part in parts[1:]
    ]
    Statement.objects.bulk_create(further)
    standing.text = parts[0]
    standing.said = parts[0] if is_as_said else standing.said
    standing.version += 1
    standing.save(update_fields=["text", "said", "version"])
    for row in further:
        Bearing.objects.bulk_create(_copied(bearing, row) for bearing in standing.bearings.all())
    place = [row.pk for row in rows].index(standing.pk)
    _number([*rows[: place + 1], *further, *rows[place + 1 :]])
    _record(Action.STATEMENT_DIVIDED, standing, by=by)
    return [standing, *further]


@transaction.atomic
def join_statements(
    *, by: User | None, statement: Statement, version: int, before: Statement, before_version: int
) -> Statement:
    """Put the statement at the end of the one before it, with all that bears on either.

    Raises StatementChangedMeanwhile, or a class of CannotJoin.
    """
    rows = _rows_held(statement)
    place = [row.pk for row in rows].index(statement.pk)
    if not place or rows[place - 1].pk != before.pk:
        raise NothingBefore
    first, second = standing_statement(before, before_version), standing_statement(statement, version)
    text = f"{first.text} {second.text}"
    if len(text) > LONGEST:
        raise TooLongTogether
    first.text, first.said = text, f"{first.said}\n{second.said}".strip()
    first.paragraph = _paragraphs(first.paragraph, second.paragraph)
    first.element, first.document = first.element or second.element, first.document or second.document
    first.version += 1
    first.save(update_fields=["text", "said", "paragraph", "element", "document", "version"])
    _gather(first, second)
    second.delete()
    _number([row for row in rows if row.pk != second.pk])
    _record(Action.STATEMENT_JOINED, first, by=by)
    return first


def _rows_held(statement: Statement) -> list[Statement]:
    """The case's statements in order; who changes their number holds the case meanwhile."""
    case = Case.objects.select_for_update().get(pk=statement.case_id)
    return list(case.statements.order_by("position", "pk"))


def _number(rows: Sequence[Statement]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    Statement.objects.bulk_update(rows, ["position"])


def _gather(first: Statement, second: Statement) -> None:
    """Of two bearings of one thing the graver stays; what was written in answer is kept of both."""
    kept = {(row.evidence_id, row.document_id): row for row in first.bearings.all()}
    for row in second.bearings.all():
        other = kept.get((row.evidence_id, row.document_id))
        if other is None:
            _copied(row, first).save()
            continue
        graver = max(other, row, key=lambda one: _WEIGHT.index(Relation(one.relation)))
        other.relation, other.is_shown = graver.relation, graver.is_shown
        other.pages = ", ".join(dict.fromkeys(filter(None, (other.pages, row.pages))))
        other.answer = "\n".join(dict.fromkeys(filter(None, (other.answer, row.answer))))
        if len(other.pages) > _MOST_PAGES or len(other.answer) > LONGEST:
            raise BearingsTooLong
        other.save()


def _copied(bearing: Bearing, statement: Statement) -> Bearing:
    return Bearing(
        statement=statement,
        evidence_id=bearing.evidence_id,
        document_id=bearing.document_id,
        pages=bearing.pages,
        relation=bearing.relation,
        is_shown=bearing.is_shown,
        answer=bearing.answer,
    )


def _paragraphs(one: str, other: str) -> str:
    """Where both stand: “¶ 12, ¶ 13”; of many the first and the last."""
    places = list(dict.fromkeys(filter(None, (*one.split(", "), *other.split(", ")))))
    together = ", ".join(places)
    return together if len(together) <= _MOST_PARAGRAPHS else f"{places[0]} – {places[-1]}"[:_MOST_PARAGRAPHS]


def _record(action: Action, statement: Statement, *, by: User | None) -> None:
    case = statement.case
    record(by=by, action=action, subject=statement, label=case.reference, case_id=case.pk)
