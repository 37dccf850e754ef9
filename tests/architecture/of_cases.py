"""Which rows of the database belong to which case: found by walking the models, so that none can be forgotten."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import F, ForeignKey, Model

from caseapp.audit.models import Event
from caseapp.cases.models import Case


@cache
def paths_to_case() -> dict[type[Model], str]:
    """Every model whose rows belong to one case, with the way from a row to the id of its case."""
    paths: dict[type[Model], str] = {Case: "pk", Event: "case_id"}
    while found := dict(_one_step_further(paths)):
        paths |= found
    return paths


def _one_step_further(paths: dict[type[Model], str]) -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        if model in paths:
            continue
        for field in _ties(model, paths):
            if not field.null:
                yield model, f"{field.name}__{paths[field.related_model]}"
                break


def _ties(model: type[Model], paths: dict[type[Model], str]) -> list[ForeignKey]:
    """The fields that lead from a row to a row of a case."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]
    return [field for field in fields if field.related_model in paths]


def rows_of(case_id: Any) -> list[tuple[str, Any]]:
    """All that the database holds of a case, to see whether anything of it was changed."""
    return [
        (model._meta.label, tuple(row))
        for model, path in paths_to_case().items()
        for row in model._base_manager.filter(**{path: case_id}).order_by("pk").values_list()
    ]


def crossings() -> list[str]:
    """Rows of one case that point at rows of another: there must be none, ever."""
    found = []
    for model, path in paths_to_case().items():
        for field in _ties(model, paths_to_case()):
            other = f"{field.name}__{paths_to_case()[field.related_model]}"
            rows = model._base_manager.filter(**{f"{field.name}__isnull": False}).exclude(**{path: F(other)})
            found += [f"{model._meta.label}.{field.name} of row {row.pk}" for row in rows]
    return found
