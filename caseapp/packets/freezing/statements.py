"""What the client says, and what bears on it, for the index that follows the client's statements."""

import uuid
from collections.abc import Iterable, Mapping

from caseapp.cases.elements import printed
from caseapp.cases.models import Bearing as BearingRow
from caseapp.cases.models import Case
from caseapp.cases.models import Statement as StatementRow
from caseapp.packets.manifest import Bearing, Statement


def frozen_statements(
    case: Case, *, passage_keys: Mapping[int, str], exhibit_keys: Mapping[uuid.UUID, str]
) -> tuple[Statement, ...]:
    """`passage_keys` by CaseEvidence id, `exhibit_keys` by Document id: what is not filed cannot be cited.

    What cuts against a statement is only here where somebody chose to show it.
    """
    rows = StatementRow.objects.filter(case=case).prefetch_related("bearings").order_by("position", "pk")
    return tuple(
        Statement(
            key=f"s{number}",
            text=row.text,
            paragraph=row.paragraph,
            element=printed(row.element),
            bearings=tuple(_bearings(row.bearings.all(), passage_keys, exhibit_keys)),
        )
        for number, row in enumerate(rows, start=1)
    )


def _bearings(
    rows: Iterable[BearingRow], passage_keys: Mapping[int, str], exhibit_keys: Mapping[uuid.UUID, str]
) -> Iterable[Bearing]:
    for row in rows:
        key = passage_keys.get(row.evidence_id or 0) or exhibit_keys.get(row.document_id or uuid.UUID(int=0))
        if row.is_shown and key:
            yield Bearing(key, row.relation, row.pages)  # type: ignore[arg-type]
