"""What belongs to one case: found by following the models' relations, so that nothing new is forgotten."""

import uuid
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from caseapp.cases.models import Case
from caseapp.packets.models import Build, Packet


def models_of_a_case() -> dict[type[Model], frozenset[str]]:
    """Every model whose rows belong to one case, and the lookups that lead from it to the case."""
    found: dict[type[Model], frozenset[str]] = {Case: frozenset({"pk"})}
    grown = True
    while grown:
        before = found
        found = before | {
            model: before.get(model, frozenset()) | ways
            for model in apps.get_models(include_auto_created=True)
            if (ways := _ways(model, before))
        }
        grown = found != before
    return found


def _ways(model: type[Model], found: dict[type[Model], frozenset[str]]) -> frozenset[str]:
    fields = [field for field in model._meta.get_fields() if isinstance(field, Field) and field.is_relation]
    return frozenset(
        field.name if way == "pk" else f"{field.name}__{way}"
        for field in fields
        if field.related_model in found and not _is_round_about(field)
        for way in found[field.related_model]
    )


def _is_round_about(field: Field) -> bool:
    """From a packet to the build that it goes on from, to the packet of that, and so on without end."""
    return field.related_model is field.model or (field.model is Packet and field.related_model is Build)


def rows_of(model: type[Model], ways: frozenset[str], case_id: uuid.UUID) -> QuerySet[Any]:
    wanted = Q()
    for way in ways:
        wanted |= Q(**{way: case_id})
    rows: QuerySet[Any] = model._default_manager.filter(wanted)
    return rows.distinct() if len(ways) > 1 else rows
