"""What the client says, and what bears on it, for the index that follows the client's statements."""

import uuid
from collections.abc import Iterable, Mapping

from caseapp.cases.elements import printed
from caseapp.cases.models import Bearing as BearingRow
from caseapp.cases.models import Case, Relation
from caseapp.cases.models import Statement as StatementRow
from caseapp.cases.versions import Papers
from caseapp.packets.manifest import Bearing, Statement


def frozen_statements(
    case: Case, *, passage_keys: Mapping[int, str], exhibit_keys: Mapping[uuid.UUID, str], papers: Papers
) -> tuple[Statement, ...]:
    """`passage_keys` by CaseEvidence id, `exhibit_keys` by Document id: what is not filed cannot be cited.

    What was said of a paper holds for whichever version of it is filed; of two, for the one that it was said of.
    What cuts against a statement is only here where somebody chose to show it.
    """
    rows = StatementRow.objects.filter(case=case).prefetch_related("bearings").order_by("position", "pk")
    return tuple(
        Statement(
            key=f"s{number}",
            text=row.text,
            paragraph=row.paragraph,
            element=printed(row.element),
            bearings=tuple(
                _bearings(row.bearings.all(), passage_keys, _keys_of_papers(row.bearings.all(), exhibit_keys, papers))
            ),
        )
        for number, row in enumerate(rows, start=1)
    )


def _keys_of_papers(
    rows: Iterable[BearingRow], exhibit_keys: Mapping[uuid.UUID, str], papers: Papers
) -> dict[uuid.UUID, str]:
    """The exhibit of each document that something was said of, in this version of it or in another."""
    spoken_of = {row.document_id for row in rows if row.document_id}
    exact = {pk: exhibit_keys[pk] for pk in spoken_of if pk in exhibit_keys}
    by_paper = {papers.first(pk): key for pk, key in exhibit_keys.items() if key not in exact.values()}
    others = {pk: by_paper[first] for first, pk in papers.latest(spoken_of).items() if first in by_paper}
    return others | exact


def _bearings(
    rows: Iterable[BearingRow], passage_keys: Mapping[int, str], exhibit_keys: Mapping[uuid.UUID, str]
) -> Iterable[Bearing]:
    for row in rows:
        key = passage_keys.get(row.evidence_id or 0) or exhibit_keys.get(row.document_id or uuid.UUID(int=0))
        if row.is_shown and key:
            answer = row.answer if row.relation == Relation.CONTRADICTS else ""
            yield Bearing(key, row.relation, row.pages, answer)  # type: ignore[arg-type]
