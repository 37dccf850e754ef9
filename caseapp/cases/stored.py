"""Which files of their case the rows of cases point at."""

import uuid
from collections.abc import Iterator, Sequence

from django.db import models

from caseapp.cases.models import Document, DocumentCertificate, DocumentPicture, DocumentTranslation

Pointed = tuple[str, object, uuid.UUID, str]
_FIELDS: tuple[tuple[type[models.Model], str, str], ...] = (
    (Document, "original_sha256", "case"),
    (Document, "clean_sha256", "case"),
    (Document, "words_sha256", "case"),
    (DocumentTranslation, "original_sha256", "document__case"),
    (DocumentTranslation, "clean_sha256", "document__case"),
    (DocumentCertificate, "original_sha256", "translation__document__case"),
    (DocumentCertificate, "clean_sha256", "translation__document__case"),
    (DocumentPicture, "sha256", "document__case"),
)


def files_pointed_at() -> Iterator[Pointed]:
    return pointed_at(_FIELDS)


def pointed_at(fields: Sequence[tuple[type[models.Model], str, str]]) -> Iterator[Pointed]:
    """The name of the column, the id of the row, its case, and the SHA-256 that it holds. `fields` say in which
    column of which rows, and the way from there to the case."""
    for model, field, way in fields:
        rows = model._default_manager.exclude(**{field: ""}).order_by(way, "pk")
        for pk, case_id, sha256 in rows.values_list("pk", way, field).iterator():
            yield f"{model._meta.model_name}.{field}", pk, case_id, sha256
