"""Which tables of the library are in an archive, and how a row of one becomes plain values and a row again."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from caseapp.core.jobs import Job

# Worked out again from the rest, or of no use in another installation.
DERIVED = frozenset({"attribution", "fingerprint", "import", "searchentry", "themelearning", "undo"})

# Names of fields that hold the hash of a stored file; other hashes are of texts.
STORED_FILES = frozenset({"original_sha256", "clean_sha256"})
Row = dict[str, Any]


def tables() -> list[type[models.Model]]:
    """The models of an archive, each after those that it points at."""
    ahead = {model._meta.model_name or "": model for model in _kept()}
    ordered: list[type[models.Model]] = []
    while ahead:
        free = sorted(name for name, model in ahead.items() if not _points_at(model) & ahead.keys() - {name})
        ordered.extend(ahead.pop(name) for name in free)
    return ordered


def _kept() -> Iterator[type[models.Model]]:
    for model in apps.get_app_config("library").get_models(include_auto_created=True):
        if model._meta.managed and not issubclass(model, Job) and model._meta.model_name not in DERIVED:
            yield model


def _points_at(model: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.model_name or ""
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label == "library"
    }


def files_of(row: Row) -> Iterator[str]:
    """The hashes of the stored files that a row needs."""
    return (row[name] for name in STORED_FILES & row.keys() if row[name])


def as_row(instance: models.Model) -> Row:
    """Field → plain value. A person is named by e-mail, another row by its id in this archive."""
    return {field.attname: _plain(field, instance) for field in stored_fields(type(instance))}


def stored_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _plain(field: models.Field, instance: models.Model) -> Any:
    if is_person(field):
        person = getattr(instance, field.name)
        return person.email if person else None
    value = field.value_from_object(instance)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    # A country, an id or a number of a class of its own has a plain form that its field takes back.
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def is_person(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model._meta.label == settings.AUTH_USER_MODEL
