"""All that the program holds about one client, row by row, in words that need no program to be read."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils.text import capfirst

from caseapp.accounts.models import User
from caseapp.audit.queries import events_of_case
from caseapp.cases.models import Case
from caseapp.core.jobs import Job
from caseapp.library.models import Capture, Excerpt, Theme
from caseapp.packets.belonging import models_of_a_case, rows_of

# How workers share out their work says nothing of anybody.
OF_WORKERS = {field.name for field in Job._meta.get_fields()}
BY_NAME = (User, Theme)
# Where the captured text stands from each of these: megabytes of it, which nobody asked for here.
TO_SOURCE = {Capture: "", Excerpt: "__capture"}


@dataclass(frozen=True)
class Section:
    """The rows of one kind. `name` is the model's; each row is (name of the field, its label, value)."""

    name: str
    title: str
    rows: list[list[tuple[str, str, Any]]]


def sections_of(case: Case) -> list[Section]:
    """The case first, then everything that hangs on it."""
    return [
        Section(model._meta.label, str(capfirst(model._meta.verbose_name_plural)), rows)
        for model, ways in models_of_a_case().items()
        if not model._meta.auto_created and not _is_a_key(model)
        if (rows := [_row(row) for row in _read(model, ways, case.pk)])
    ]


def history_of(case: Case) -> list[dict[str, str]]:
    """Who did what and when, oldest first: colleagues by their names, and nothing more of them."""
    return [
        {
            "at": event.at.isoformat(),
            "by": event.actor_name,
            "did": event.get_action_display(),
            "to": event.subject_label,
        }
        for event in reversed(events_of_case(case.pk))
    ]


def _is_a_key(model: type[Model]) -> bool:
    """What opens the files of the case is never handed out."""
    return any(field.get_internal_type() == "BinaryField" for field in model._meta.concrete_fields)


def _read(model: type[Model], ways: frozenset[str], case_id: uuid.UUID) -> Iterator[Model]:
    rows = rows_of(model, ways, case_id)
    for field in _told(model):
        if field.related_model in BY_NAME:
            rows = rows.select_related(field.name)
        if field.related_model in TO_SOURCE:
            way = f"{field.name}{TO_SOURCE[field.related_model]}"
            rows = rows.select_related(f"{way}__source").defer(f"{way}__text")
    yield from rows.order_by("pk")


def _told(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in OF_WORKERS and not (field.is_relation and field.related_model is Case)
    ]


def _row(row: Model) -> list[tuple[str, str, Any]]:
    told = [(field.name, str(capfirst(field.verbose_name)), _value(row, field)) for field in _told(type(row))]
    several = [
        (field.name, str(capfirst(field.verbose_name)), ", ".join(map(str, getattr(row, field.name).all())))
        for field in row._meta.many_to_many
    ]
    return told + several


def _value(row: Model, field: Field) -> Any:
    is_named = field.related_model in BY_NAME or field.related_model in TO_SOURCE
    value = getattr(row, field.name if is_named else field.attname)
    if field.is_relation:
        return _named(value)
    if field.choices and value:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def _named(value: Any) -> str | None:
    """Colleagues and themes by their names, sources as they are cited, and the rest of the archive by number."""
    match value:
        case None:
            return None
        case User() | Theme():
            return value.name
        case Excerpt():
            return f"“{value.quote}” ({_source(value.capture)})"
        case Capture():
            return _source(value)
    return str(value)


def _source(capture: Capture) -> str:
    source = capture.source
    told = (source.title, source.publisher, source.published_on, source.url)
    return ", ".join(str(one) for one in told if one)


def as_plain(sections: list[Section]) -> dict[str, list[dict[str, Any]]]:
    return {
        section.name: [{name: value for name, _label, value in row} for row in section.rows] for section in sections
    }
