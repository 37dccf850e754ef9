"""What people say of a translation: its words or its file, and who vouches for it."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import model_to_dict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.core.differences import Difference, differences
from caseapp.intake import MOST_BYTES
from caseapp.library.forms.files import KeptAsRead, sent_by_script
from caseapp.library.forms.sources import PastedText
from caseapp.library.models.translation import CaptureTranslation, Translation
from caseapp.library.sources.languages import LANGUAGES


class CertificateForm(KeptAsRead):
    """What the translator signed, as a file."""

    file = forms.FileField(
        label=_("Signed certificate"),
        allow_empty_file=True,
        help_text=_("A scan or a picture of the signed paper: PDF, Word, picture or text. It is kept unchanged."),
        widget=forms.FileInput(attrs=sent_by_script()),
        error_messages={"required": _("Choose the file of the signed certificate.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(
            Div("file", css_class="drop-zone"),
            *self.asking(),
            Div(
                Submit("", _("Bring it")),
                HTML("<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"),
                css_class="form-buttons",
            ),
        )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is too large. Scan the paper with fewer dots, or divide it."))
        return file

    @property
    def chosen(self) -> dict[str, Any]:
        """Its name and its bytes."""
        file = self.cleaned_data["file"]
        return {"name": file.name, "data": file.read()}


class TranslationForm(KeptAsRead, forms.ModelForm):
    """`version` is the one that the person saw. A file that was saved stays until another, or words, replace it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Translated into"),
        choices=LANGUAGES,
        initial="en",
        error_messages={"required": _("Choose the language of the translation.")},
    )
    text = PastedText(label=_("Paste the translation"), required=False, widget=forms.Textarea(attrs={"rows": 10}))
    file = forms.FileField(
        label=_("or choose its file"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, Word, picture or text. Its pages follow the original."),
        widget=forms.FileInput(attrs=sent_by_script()),
    )

    class Meta:
        model = CaptureTranslation
        fields: ClassVar[tuple[str, ...]] = (
            "language", "text", "translator", "address", "telephone", "qualification", "is_certified",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "translator": _("Named in the certificate, which is printed for signature."),
        }

    def __init__(self, data: Any = None, files: Any = None, *, standing: Translation) -> None:
        super().__init__(data, files, initial=model_to_dict(standing) | {"version": standing.version})
        self.standing = standing
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(
            Field("version"),
            Fieldset(_("The translation"), "language", "text", Div("file", css_class="drop-zone"), *self.asking()),
            Fieldset(
                _("Who translated it"),
                Row(Column("translator", css_class="col-sm-6"), Column("telephone", css_class="col-sm-6")),
                "address",
                "qualification",
                "is_certified",
            ),
            Div(
                Submit("", _("Save")),
                HTML("<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"),
                css_class="form-buttons",
            ),
        )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].replace("\r\n", "\n")
        return address

    def clean(self) -> dict[str, Any]:
        text, file = self.cleaned_data.get("text", ""), self.cleaned_data.get("file")
        if text.strip() and file:
            self.add_error("text", _("Paste the text or choose a file, not both: empty one of the two."))
        elif not text.strip() and not file and not self.standing.clean_sha256 and "file" not in self.errors:
            self.add_error("text", _("Paste the translation, or choose its file."))
        elif file and file.size > MOST_BYTES:
            self.add_error("file", _("This file is too large. Divide it, or paste the text."))
        return self.cleaned_data

    def _post_clean(self) -> None:
        """What is checked against the whole row is checked by the service, which knows the file."""

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def chosen(self) -> dict[str, Any] | None:
        """The name and the bytes of the file that was chosen, if one was."""
        file = self.cleaned_data.get("file")
        return {"name": file.name, "data": file.read()} if file else None

    def refuse(self, sentence: str) -> None:
        """Say what is wrong where it was given."""
        self.add_error("file" if self.files.get("file") else "text", sentence)

    def differences_from(self, standing: Translation) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.details)
