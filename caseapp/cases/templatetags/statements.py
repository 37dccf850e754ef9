"""What pages say of the client's statements: {% load statements %}"""

from dataclasses import dataclass

from django import template

from caseapp.cases import support
from caseapp.cases.elements import element_named
from caseapp.cases.models import Bearing, Case, Relation, Statement
from caseapp.cases.queries import official_contradictions

register = template.Library()

# What cuts against a statement comes first, where nobody can overlook it.
_ORDER = (Relation.CONTRADICTS, Relation.SUPPORTS, Relation.CONTEXT)


@dataclass(frozen=True)
class Group:
    label: str
    is_against: bool
    rows: tuple[Bearing, ...]


@register.filter
def bearings_in_groups(statement: Statement) -> list[Group]:
    """{% for group in statement|bearings_in_groups %}: by what they do, without the groups that are empty."""
    rows = list(statement.bearings.all())
    groups = [
        Group(str(kind.label), kind == Relation.CONTRADICTS, tuple(row for row in rows if row.relation == kind))
        for kind in _ORDER
    ]
    return [group for group in groups if group.rows]


@register.filter
def speaks_officially(bearing: Bearing) -> bool:
    return support.speaks_officially(bearing)


@register.filter
def is_supported(statement: Statement) -> bool:
    return any(row.relation == Relation.SUPPORTS for row in statement.bearings.all())


@register.simple_tag
def contradicted(case: Case) -> int:
    """{% contradicted case as n %}: how many passages of official reports cut against the client's statements."""
    return official_contradictions(case)


@register.filter
def element_name(key: str) -> str:
    """{{ statement.element|element_name }} → State unable or unwilling to protect"""
    element = element_named(key)
    return str(element.name) if element else key
