"""What people type about a client's paper, the files they choose, and what they decide."""

import uuid
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.cases.forms.cases import form_buttons
from caseapp.cases.models import Document
from caseapp.cases.ordering import wanted_order
from caseapp.core.differences import Difference, differences
from caseapp.core.uploads import NotKept
from caseapp.intake.report import ALTERNATIVES, questions_from, still_open
from caseapp.library.forms.files import FilesField, SeveralFiles, sent_by_script
from caseapp.library.forms.sources import PartialDateField
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.published import InFuture, PartialDate, UnusableDate


class DocumentForm(forms.ModelForm):
    """The details of a document. `version` is the one that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language"), initial="en")

    class Meta:
        model = Document
        fields: ClassVar[tuple[str, ...]] = (
            "title", "kind", "author", "dated_on", "language", "is_never_electronic", "is_confidential",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "dated_on": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"dated_on": PartialDateField}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "author": _("Who wrote, signed or issued it."),
            "dated_on": _("2019, March 2019 or 4 March 2019"),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "title": {"required": _("Say what the paper is, such as “Declaration” or “Birth certificate”.")},
            "kind": {"required": _("Choose what kind of paper it is.")},
        }

    def __init__(self, data: Any = None, files: Any = None, *, document: Document | None = None) -> None:
        super().__init__(
            data, files, initial=model_to_dict(document) | {"version": document.version} if document else None
        )
        code = document.language if document else "en"
        offered = list(LANGUAGES)
        self.fields["language"].choices = offered if code in dict(LANGUAGES) else [*offered, (code, code)]
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        self.fields["author"].widget.attrs["autocomplete"] = "off"
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(Field("version"), "title", *self.about(), form_buttons(_("Save")))

    def about(self) -> tuple[Any, ...]:
        return (
            Row(Column("kind", css_class="col-sm-6"), Column("language", css_class="col-sm-6")),
            Row(Column("author", css_class="col-sm-6"), Column("dated_on", css_class="col-sm-6")),
            "is_never_electronic",
            "is_confidential",
        )

    def clean_dated_on(self) -> str:
        written = self.cleaned_data["dated_on"]
        try:
            return str(PartialDate.parse(written, today=timezone.localdate())) if written else ""
        except InFuture as error:
            raise ValidationError(_("This date lies in the future. Give the date on the paper.")) from error
        except UnusableDate:
            return str(written)  # the model's own validator says what is wrong

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences_from(self, standing: Document) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.details)


class AddDocumentsForm(DocumentForm):
    """New documents: their files, and what is true of all of them. `refused` says of which file what is wrong."""

    files_chosen = FilesField(
        label=_("Files"),
        required=True,
        widget=SeveralFiles(attrs=sent_by_script()),
        help_text=_(
            "PDF, Word (.docx), pictures (PNG, JPEG, TIFF, HEIC) or plain text (.txt); each at most 50 MB. They are "
            "kept unchanged."
        ),
        error_messages={"required": _("Choose at least one file.")},
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=300,
        help_text=_("Say what the paper is. Left empty, and for several files, it is taken from the file’s name."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        del self.fields["version"]
        self.fields["files_chosen"].widget.attrs["data-title-from"] = "#id_title"
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        self.refused: list[str] = []

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("The files"), Div("files_chosen", css_class="drop-zone"), "title"),
            Fieldset(_("About them"), *self.about()),
            form_buttons(_("Add to the case")),
        )

    def clean_files_chosen(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files_chosen"]
        self.refused = [sentence for file in files if (sentence := _wrong_with(file))]
        kept = [file for file in files if not _wrong_with(file)]
        if not kept:
            raise ValidationError(self.refused)
        return kept


def _wrong_with(file: UploadedFile) -> str:
    if isinstance(file, NotKept):
        is_long = (file.size or 0) > settings.MAX_UPLOAD_BYTES
        sentence = (
            _("“%(name)s” has %(size)s, more than is taken in of one file. Divide it into parts and add each part.")
            if is_long
            else _("“%(name)s” (%(size)s) did not fit into one sending with the others. Add it by itself.")
        )
        return str(sentence) % {"name": file.name, "size": filesizeformat(file.size or 0)}
    if not file.size:
        return str(_("“%(name)s” is empty. Copy it again from where it came from, and add that.")) % {"name": file.name}
    return ""


class NewerFileForm(forms.Form):
    """A newer file for a document. What is said about the document is said of it too."""

    file = forms.FileField(
        label=_("Newer file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs=sent_by_script()),
        help_text=_(
            "PDF, Word (.docx), a picture (PNG, JPEG, TIFF, HEIC) or plain text (.txt); at most 50 MB. It is kept "
            "unchanged."
        ),
        error_messages={"required": _("Choose the newer file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(Div("file", css_class="drop-zone"), form_buttons(_("Bring it")))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if sentence := _wrong_with(file):
            raise ValidationError(sentence)
        return file


class AnswerForm(forms.Form):
    """A yes to each open question, by its code, or to one of two; and the password where the file is locked."""

    def __init__(self, data: QueryDict | None = None, *, document: Document) -> None:
        super().__init__(data)
        questions = questions_from(document.report.get("questions", ()))
        self.open = [question for question in still_open(questions, document.answers) if question.code != "password"]
        is_asked = any(question.code == "password" for question in questions)
        self.is_locked = is_asked or bool(document.report.get("locked"))

    def clean(self) -> dict[str, Any]:
        data = cast(QueryDict, self.data)
        said = {*data.getlist("yes"), *(data.get(group, "") for group in set(ALTERNATIVES.values()))}
        self.codes = [question.code for question in self.open if question.code in said]
        self.password = data.get("password", "") if self.is_locked else ""
        if still_open(self.open, self.codes):
            self.add_error(None, _("Say yes to each point, or remove the document and add a better file."))
        elif self.is_locked and not self.password:
            self.add_error(None, _("Type the password that opens the file."))
        return self.cleaned_data


class UuidList(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID]:
        try:
            return [uuid.UUID(item) for item in value or ()]
        except (ValueError, AttributeError, TypeError) as error:
            raise ValidationError(_("This is not a list that can be sorted.")) from error


class SeenDocumentsForm(forms.Form):
    """The documents that stood on the page as such that cannot be used."""

    seen = UuidList()


class DocumentOrderForm(forms.Form):
    """As OrderForm, for rows whose ids are random."""

    seen = UuidList()
    order = UuidList(required=False)
    up = forms.UUIDField(required=False)
    down = forms.UUIDField(required=False)

    def wanted(self) -> list[uuid.UUID]:
        sent = self.cleaned_data
        return wanted_order(sent["seen"], sent["order"], up=sent["up"], down=sent["down"])
