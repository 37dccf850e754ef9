"""How the client's statements stand: what official reports say against them, and which have nothing behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseapp.cases.models import Bearing, Relation, Statement
from caseapp.library.models import Source
from caseapp.library.publishers.official import is_official


@dataclass(frozen=True)
class Contradiction:
    """A passage of an official report that cuts against a statement. A judge compares the two."""

    number: int
    statement: Statement
    bearing: Bearing
    source: Source

    @property
    def is_answered(self) -> bool:
        """This case meets it, at the statement or wherever it uses the passage."""
        evidence = self.bearing.evidence
        return bool(self.bearing.answer or (evidence and evidence.answer))


def contradictions(statements: Iterable[Statement]) -> list[Contradiction]:
    """In the order of the statements; those without an answer first. `statements` come with what bears on them."""
    found = [
        Contradiction(number, statement, bearing, bearing.evidence.excerpt.capture.source)
        for number, statement in enumerate(statements, start=1)
        for bearing in statement.bearings.all()
        if bearing.relation == Relation.CONTRADICTS and bearing.evidence and speaks_officially(bearing)
    ]
    return sorted(found, key=lambda one: one.is_answered)


def speaks_officially(bearing: Bearing) -> bool:
    if bearing.evidence is None:
        return False
    source = bearing.evidence.excerpt.capture.source
    return is_official(source.kind, source.url)


def unsupported(statements: Iterable[Statement]) -> list[tuple[int, Statement]]:
    """Those that nothing supports, each with its number."""
    return [
        (number, statement)
        for number, statement in enumerate(statements, start=1)
        if not any(row.relation == Relation.SUPPORTS for row in statement.bearings.all())
    ]
