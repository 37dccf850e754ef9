"""A word of its own in every text of a case, put there by walking the models, so that no field can be forgotten."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from caseapp.accounts.models import User
from caseapp.audit.models import Event
from caseapp.cases.models import Bearing, Case
from tests.architecture.of_cases import paths_to_case

# What holds no words of anybody: hashes, codes and names that the program gives. A new field is not among them.
OF_THE_PROGRAM = {
    *("wrapped_by", "owner", "media_type", "language", "key", "element", "elements", "gaps", "passages"),
    *("dated_on", "happened_on"),  # dates of which only the year may be known
    "Document.report", "Document.answers", "Document.page_map",  # codes, ids and numbers
    "DocumentTranslation.original_name",  # these translations are typed, and come from no file
    "Exhibit.pages_shown", "Bearing.pages",  # numbers of pages
    "Build.manifest", "BuildPart.layout", "BuildPart.name",  # made from all the rest by a real build
    "Volume.file_name",
    "Waiver.finding",  # the name of a check
}  # fmt: skip


# What a rule of the database wants beside a text.
COMES_WITH = {"Case.hold_reason": ("held_at", "held_by")}


def word_fields(model: type[models.Model]) -> Iterator[models.Field]:
    return filter(is_for_words, model._meta.concrete_fields)


def is_for_words(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    is_hash = field.name.endswith("sha256")
    return is_text and not is_hash and not OF_THE_PROGRAM & {field.name, f"{field.model.__name__}.{field.name}"}


def models_of_cases() -> list[type[models.Model]]:
    return [model for model in paths_to_case() if model is not Event]


def plant(case: Case, word: str, *, by: User) -> None:
    """Make a row of every model that the case has none of yet, and write the word into every text of every row."""
    for model in models_of_cases():
        path = paths_to_case()[model]
        if not model._base_manager.filter(**{path: case.pk}).exists():
            _make(model, case, by)
        for row in model._base_manager.filter(**{path: case.pk}):
            for field in word_fields(model):
                _write(row, field, word, by)


def _write(row: models.Model, field: models.Field, word: str, by: User) -> None:
    old = getattr(row, field.attname)
    new: Any = [*old, word] if isinstance(old, list) else {**old, "words": word} if isinstance(old, dict) else ""
    if new == "":
        new = f"{word} {old}".strip()[: field.max_length or None]
    beside = (row._meta.get_field(name) for name in COMES_WITH.get(f"{type(row).__name__}.{field.name}", ()))
    given = {one.attname: by.pk if one.is_relation else dt.datetime(2026, 1, 1, tzinfo=dt.UTC) for one in beside}
    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: new}, **given)


def _make(model: type[models.Model], case: Case, by: User) -> None:
    given = {
        field.attname: _value(field, case, by)
        for field in model._meta.concrete_fields
        if not field.primary_key and (not field.has_default() or isinstance(field, models.DateTimeField))
    }
    if model is Bearing:
        given["document_id"] = None
    if model._meta.pk.is_relation:
        given[model._meta.pk.attname] = _value(model._meta.pk, case, by)
    model._base_manager.create(**given)


def _value(field: models.Field, case: Case, by: User) -> Any:
    if field.is_relation:
        return _related(field, case, by)
    if field.choices:
        return next(value for value, _label in field.flatchoices if value)
    if isinstance(field, models.CharField | models.TextField):
        given = {"language": "en", "happened_on": "2026"}
        return given.get(field.name, "x" if is_for_words(field) or not field.blank else "")
    made = {
        models.DateTimeField: dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        models.DateField: dt.date(2026, 1, 1),
        models.BooleanField: False,
        models.UUIDField: uuid.uuid4(),
        models.BinaryField: b"x",
    }
    return None if field.null else next((value for kind, value in made.items() if isinstance(field, kind)), 1)


def _related(field: models.Field, case: Case, by: User) -> Any:
    if field.related_model in paths_to_case():
        path = paths_to_case()[field.related_model]
        return field.related_model._base_manager.filter(**{path: case.pk}).values_list("pk", flat=True).first()
    if field.related_model is User:
        return by.pk
    return field.related_model._base_manager.values_list("pk", flat=True).first()


def found_in(text: str | bytes, words: dict[Any, str]) -> set[Any]:
    """Whose words these are."""
    plain = text.decode("latin-1") if isinstance(text, bytes) else text
    lower = plain.lower()
    return {owner for owner, word in words.items() if word.lower() in lower}


def texts_of_the_library() -> Iterator[tuple[str, str]]:
    """Everything that is written down outside of the cases, table by table."""
    for model in apps.get_models():
        if model not in paths_to_case() and model._meta.label != "sessions.Session":
            for row in model._base_manager.values_list():
                yield model._meta.label, repr(row)
