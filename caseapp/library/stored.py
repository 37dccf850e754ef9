"""Which files of the store the library's rows point at."""

from collections.abc import Iterator

from django.db import models

from caseapp.library.models import Capture, CaptureCertificate, CaptureTranslation, ImportRow

_FIELDS: tuple[tuple[type[models.Model], str], ...] = (
    (Capture, "original_sha256"),
    (Capture, "clean_sha256"),
    (CaptureTranslation, "original_sha256"),
    (CaptureTranslation, "clean_sha256"),
    (CaptureCertificate, "original_sha256"),
    (CaptureCertificate, "clean_sha256"),
    (ImportRow, "original_sha256"),
)


def files_pointed_at() -> Iterator[tuple[str, int, str]]:
    """The name of the column, the id of the row, and the SHA-256 that it holds."""
    for model, field in _FIELDS:
        rows = model._default_manager.exclude(**{field: ""}).order_by("pk")
        for pk, sha256 in rows.values_list("pk", field).iterator():
            yield f"{model._meta.model_name}.{field}", pk, sha256
