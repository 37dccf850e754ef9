"""A field for one file or several, and what the script that sends files must know of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from caseapp.intake.kinds import OFFERED


def sent_by_script() -> dict[str, Any]:
    """Attributes of the one field of its page to which files are dropped, for js/chosen-files.js."""
    return {"accept": OFFERED, "data-chosen-files": True, "data-most-bytes": settings.MAX_UPLOAD_BYTES}


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.Field):
    """One file or several, as they were sent. What none of them can be is for the form to say, file by file."""

    widget = SeveralFiles

    def to_python(self, value: Any) -> list[UploadedFile]:
        return list(value or [])
