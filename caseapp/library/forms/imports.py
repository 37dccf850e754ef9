"""What people bring to be imported, and what they say about a row that asks."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from caseapp.core.uploads import NotKept
from caseapp.intake.report import ALTERNATIVES, questions_from, still_open
from caseapp.intake.sentences import question_sentence
from caseapp.library.fetching import may_fetch
from caseapp.library.forms.files import FilesField, SeveralFiles
from caseapp.library.forms.sources import PastedText, SourceForm
from caseapp.library.models import Choice, ImportRow, Kind, RowKind, RowStatus
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.titles import title_from

MOST_ADDRESSES = 1000


class FilesToImportForm(forms.Form):
    """Files and, where the browser tells them, their paths in the folder they came from.

    `more` says that the browser will send others after these.
    """

    files_chosen = FilesField(
        label=_("Files"),
        required=False,
        widget=SeveralFiles(attrs={"data-upload-files": True}),
    )
    more = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def files_with_names(self) -> list[tuple[str, UploadedFile]]:
        files: list[UploadedFile] = self.cleaned_data["files_chosen"] + self.cleaned_data.get("folder", [])
        paths = cast(QueryDict, self.data).getlist("path")
        names = paths if len(paths) == len(files) else [file.name or "" for file in files]
        return list(zip(names, files, strict=True))


def _what_a_fetch_is() -> str:
    if may_fetch():
        return gettext(
            "One a line. This server fetches each page, so whoever runs the website may see its address, and when "
            "somebody here looked. Where they must not, save the page in your browser and choose the file above."
        )
    return gettext(
        "One a line. Your office does not let this program fetch pages, so nothing is fetched: each address becomes a "
        "row that waits for its text. Save the page in your browser and choose the file above instead; an "
        "administrator can allow fetching for the whole office."
    )


class ImportForm(FilesToImportForm):
    """Files or addresses, and what is true of all of them. `submission` names this one filling-in."""

    folder = FilesField(
        label=_("or a folder"),
        required=False,
        help_text=_("All files in it, also in folders below."),
        widget=SeveralFiles(attrs={"webkitdirectory": True, "data-upload-files": True}),
    )
    addresses = forms.CharField(
        label=_("Web addresses"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("As found, or news")), *Kind.choices])
    country = forms.ChoiceField(label=_("Country they are about"), required=False)
    creates_themes = forms.BooleanField(
        label=_("Add themes that a list names and the library does not have"),
        required=False,
        help_text=_("Otherwise they are named in the result, and not added."),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="import_%s", initial={"submission": uuid.uuid4()})
        self.fields["language"].choices = [("", _("As found, or English")), *LANGUAGES]
        self.fields["country"].choices = [("", _("As the list says")), *countries]
        self.fields["addresses"].help_text = _what_a_fetch_is()
        self.fields["files_chosen"].help_text = _(
            "Text, web page, PDF or Word; a zip of such files; or a list: CSV, RIS, BibTeX or CSL-JSON, as Zotero "
            "exports them. Choose them, or drop them anywhere on this page. Each file at most 50 MB, "
            "and without scripts 200 MB at once."
        )
        self.helper = FormHelper()
        self.helper.form_id = "import-form"
        self.helper.form_action = "import_add"
        self.helper.layout = Layout(
            Field("submission"),
            Div(
                Row(Column("files_chosen", css_class="col-md-7"), Column("folder", css_class="col-md-5")),
                css_class="drop-zone",
            ),
            "addresses",
            Fieldset(
                _("True of all of them"),
                Row(
                    Column("language", css_class="col-sm-4"),
                    Column("kind", css_class="col-sm-4"),
                    Column("country", css_class="col-sm-4"),
                ),
                "creates_themes",
            ),
            Div(StrictButton(_("Add them"), type="submit", css_class="btn-primary"), css_class="form-buttons"),
        )

    def clean_addresses(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines()]
        addresses = [line for line in lines if line]
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(
                _("These are %(count)s addresses; at most %(most)s can be taken in at once."),
                params={"count": f"{len(addresses):,}", "most": f"{MOST_ADDRESSES:,}"},
            )
        return addresses

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if not self.errors and not (given["files_chosen"] or given["folder"] or given["addresses"]):
            self.add_error("files_chosen", _("Choose files, drop them here, or give web addresses below."))
        return self.cleaned_data

    @property
    def details(self) -> dict[str, str]:
        names = ("language", "kind", "country")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class RowForm(SourceForm):
    """What is asked about a row: its details, filled in as far as they are known, and yes or no to what was found."""

    choice = forms.ChoiceField(
        label=_("What shall become of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what shall become of it.")},
    )

    text = PastedText(
        label=_("Paste the text"),
        required=False,
        help_text=_("All of it, as it was published."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(label=_("or choose its file"), required=False, allow_empty_file=True)

    def __init__(self, data: Any = None, files: Any = None, *, row: ImportRow) -> None:
        super().__init__(data, files)
        self.row = row
        self.open = still_open(questions_from(row.questions), row.accepted)
        for name in ("version", "archive_url", "origin_name", "citation", "accessed_on", "series", "edition"):
            del self.fields[name]
        self.fields["choice"].choices = _choices(row)
        for name, is_asked in (("choice", row.same_as_id), ("text", row.needs_its_file), ("file", row.needs_its_file)):
            if not is_asked:
                del self.fields[name]
        language = row.details.get("language", "en")
        if language not in dict(LANGUAGES):
            self.fields["language"].choices = [*LANGUAGES, (language, language)]
        guess = "" if row.kind == RowKind.ADDRESS else title_from(row.name)
        fallback = {"title": guess, "language": "en", "kind": Kind.NEWS, "text": row.given.get("abstract", "")}
        self.initial = fallback | row.details
        self.mark_as_guessed(row.guessed)
        self.helper.form_tag = False
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(
            *(name for name in ("choice", "text", "file") if name in self.fields),
            "title",
            Row(Column("publisher", css_class="col-sm-6"), Column("author", css_class="col-sm-6")),
            "url",
            Row(
                Column("published_on", css_class="col-sm-6"),
                Column("kind", css_class="col-sm-6"),
                Column("country", css_class="col-sm-6"),
                Column("language", css_class="col-sm-6"),
            ),
        )

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [
            {
                "code": question.code,
                "sentence": question_sentence(question),
                "lines": question.detail[:20],
                "more": max(0, len(question.detail) - 20),
                "group": ALTERNATIVES.get(question.code, ""),
            }
            for question in self.open
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = cast(QueryDict, self.data)
        said = {*data.getlist("yes"), *(data.get(group, "") for group in set(ALTERNATIVES.values()))}
        self.codes = [question.code for question in self.open if question.code in said]
        if still_open(self.open, self.codes):
            self.add_error(None, _("Say yes to each point, or leave the file out."))
        text, file = self.cleaned_data.get("text", "").strip(), self.cleaned_data.get("file")
        if text and file:
            self.add_error("text", _("Paste the text or choose a file, not both: empty one of the two."))
        elif isinstance(file, NotKept) or (file and not file.size):
            self.add_error("file", _("This file is empty or too large. Choose another, or paste the text."))
        elif "text" in self.fields and not (text or file or self.cleaned_data.get("choice") or self.will_be_fetched):
            self.add_error("text", _("Paste the text here, or choose a file below."))
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        names = ("title", "publisher", "author", "published_on", "url", "language", "kind", "country")
        return {name: str(self.cleaned_data[name] or "") for name in names}

    @property
    def will_be_fetched(self) -> bool:
        """Whether its address can be asked once the rest is answered."""
        return bool(self.cleaned_data.get("url")) and may_fetch() and self.row.status == RowStatus.ASKING

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("choice", ""))

    @property
    def original(self) -> tuple[str, Iterable[bytes]] | None:
        """The name and the bytes of what was given now; pasted text has no name."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if file:
            return file.name, file.chunks()
        return ("", [text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")]) if text.strip() else None


def _choices(row: ImportRow) -> list[tuple[str, Any]]:
    """A new version has other bytes than the source has."""
    offered = [Choice.ANOTHER, Choice.SKIP] if row.has_same_bytes else [Choice.ANOTHER, Choice.VERSION, Choice.SKIP]
    return [(choice.value, choice.label) for choice in offered]
