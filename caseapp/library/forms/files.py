"""A field for one file or several, what the script that sends files must know of it, and a yes to what is wrong."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

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


class KeptAsRead(forms.Form):
    """A form with a `file`. Where something is wrong with that, `keep_of` has its hash and the codes of what is wrong,
    and `keep` is offered: it says yes to just that."""

    keep = forms.BooleanField(
        label=_("Keep it as it was read"),
        required=False,
        help_text=_("Choose the same file again above. The original is kept as it is."),
    )
    keep_of = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    helper: Any
    layout: Callable[[], Layout]

    def asking(self) -> tuple[Any, ...]:
        return (Field("keep_of"), Field("keep")) if self.data.get("keep_of") else ()

    def ask(self, sentence: str, codes: Iterable[str]) -> None:
        """Say what is wrong with the file, and offer to keep it all the same."""
        self.data = self.data.copy()
        self.data["keep_of"] = f"{self._hash()} {' '.join(sorted(self.accepted.union(codes)))}"
        self.data.pop("keep", None)
        self.helper.layout = self.layout()
        self.add_error("file", sentence)
        self.add_error("file", _("To keep it as it was read, choose it again and tick below."))

    @property
    def accepted(self) -> frozenset[str]:
        """The codes of what is wrong with this very file and was accepted."""
        of, *codes = self.cleaned_data["keep_of"].split() or [""]
        is_meant = self.cleaned_data["keep"] and self.cleaned_data.get("file") and of == self._hash()
        return frozenset(codes) if is_meant else frozenset()

    def _hash(self) -> str:
        file = self.cleaned_data["file"]
        file.seek(0)
        digest = sha256(file.read()).hexdigest()
        file.seek(0)
        return digest
