"""What people type about a source, how they narrow the list, and how they mark the article."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from caseapp import intake
from caseapp.core.differences import Difference, differences
from caseapp.intake import readers
from caseapp.intake.kinds import HEAD, is_pdf
from caseapp.library.forms.files import KeptAsRead
from caseapp.library.models import Method, Source
from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.publishers.editions import series_names
from caseapp.library.queries import origin_names
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.published import InFuture, PartialDate, UnusableDate

LONGEST_DATE_IN_WORDS = 40
ORIGINS = HTML('{% include "library/source/_origins.html" %}')
SERIES = HTML('{% include "library/source/_series.html" %}')


def _button(words: Promise, *, then: str = "", outline: bool = False) -> StrictButton:
    return StrictButton(
        words,
        type="submit",
        css_class="btn-outline-primary" if outline else "btn-primary",
        **({"name": "then", "value": then} if then else {}),
    )


def _cancel() -> HTML:
    """The way back, which the template is given as cancel_url and cancel_words."""
    return HTML("<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>")


class PartialDateField(forms.CharField):
    """A year, a month or a day, as it is kept or as people write it."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_DATE_IN_WORDS, **kwargs)

    def to_python(self, value: Any) -> str:
        written = super().to_python(value) or ""
        try:
            return str(PartialDate.read(written)) if written else ""
        except UnusableDate:
            return written  # the model's own validator says what is wrong


class SourceForm(forms.ModelForm):
    """The details of a source. `version` is the one that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=2048,
        assume_scheme="https",
        help_text=_("Where it was published, if it was online."),
        error_messages={"invalid": _("This is no web address. Copy it from the browser, with https:// in front.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    archive_url = forms.URLField(
        label=_("Archived copy"),
        required=False,
        max_length=2048,
        assume_scheme="https",
        help_text=_("Where a public archive keeps this page. Citations name it where the forum’s style wants one."),
        error_messages={"invalid": _("This is no web address. Copy it from the browser, with https:// in front.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    origin_name = forms.CharField(
        label=_("Origin"),
        required=False,
        max_length=200,
        validators=[ONE_PLAIN_LINE],
        help_text=_(
            "Who first made the report that this source repeats. Sources with the same origin count as one, and the "
            "index says so. Leave it empty where the report is this source’s own."
        ),
        widget=forms.TextInput(attrs={"list": "origins", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        initial="en",
        error_messages={"required": _("Choose the language in which the source is written.")},
    )

    class Meta:
        model = Source
        fields: ClassVar[tuple[str, ...]] = (
            "title",
            "publisher",
            "author",
            "published_on",
            "url",
            "language",
            "kind",
            "country",
            "accessed_on",
            "archive_url",
            "citation",
            "series",
            "edition",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "accessed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "citation": forms.Textarea(attrs={"rows": 2}),
            "series": forms.TextInput(attrs={"list": "series", "autocomplete": "off"}),
            "edition": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            "published_on": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"published_on": PartialDateField}
        help_texts: ClassVar[dict[str, str | Promise]] = {
            "published_on": _("2019, March 2019 or 4 March 2019"),
            "accessed_on": _("The day on which you opened the address."),
            "citation": _(
                "Printed instead of the citation that the program makes. Words between asterisks, *like these*, are "
                "set in italics."
            ),
        }
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "title": {"required": _("Every source needs a title. Copy its headline.")},
            "kind": {"required": _("Choose what kind of source it is.")},
        }

    def __init__(self, data: Any = None, files: Any = None, *, source: Source | None = None) -> None:
        super().__init__(data, files, initial=_initial(source) if source else None)
        self.fields["language"].choices = _languages_with(source.language if source else "en")
        self.mark_as_guessed(source.guessed if source else ())
        self.helper = FormHelper()
        self.helper.layout = self.layout()

    def mark_as_guessed(self, names: Iterable[str]) -> None:
        """Say beside these fields that nobody has confirmed yet what stands in them."""
        for name in names:
            self.fields[name].help_text = _marked_as_guessed(self.fields[name].help_text)

    def layout(self) -> Layout:
        return Layout(
            Field("version"),
            *self.about(),
            Fieldset(
                _("If it comes out again and again"),
                Row(Column("series", css_class="col-sm-8"), Column("edition", css_class="col-sm-4")),
                SERIES,
            ),
            Fieldset(_("In the index"), "archive_url", "origin_name", ORIGINS, "citation"),
            Div(_button(_("Save")), _cancel(), css_class="form-buttons"),
        )

    def about(self) -> tuple[Any, ...]:
        return (
            "title",
            Row(Column("publisher", css_class="col-sm-6"), Column("author", css_class="col-sm-6")),
            "url",
            Row(Column("published_on", css_class="col-sm-6"), Column("accessed_on", css_class="col-sm-6")),
            Row(
                Column("kind", css_class="col-sm-4"),
                Column("country", css_class="col-sm-4"),
                Column("language", css_class="col-sm-4"),
            ),
        )

    @property
    def origins(self) -> list[str]:
        """The names on offer while one is typed."""
        return origin_names()

    @property
    def series_names(self) -> list[str]:
        return series_names()

    def clean_citation(self) -> str:
        return " ".join(self.cleaned_data["citation"].split())

    def clean_published_on(self) -> str:
        written = self.cleaned_data["published_on"]
        if not written:
            return ""
        try:
            return str(PartialDate.parse(written, today=timezone.localdate()))
        except InFuture as error:
            raise ValidationError(
                _("This date lies in the future. Give the date on which it was published.")
            ) from error
        except UnusableDate:
            return written  # the model's own validator says what is wrong

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "origin_name")}

    def differences_from(self, standing: Source) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.details)


def _marked_as_guessed(help_text: str | Promise) -> str:
    return format_html('<span class="state state-wait">{}</span> {}', _("found in the file, not confirmed"), help_text)


def _initial(source: Source) -> dict[str, Any]:
    return model_to_dict(source) | {"version": source.version, "origin_name": source.origin_name}


def _languages_with(code: str) -> list[tuple[str, str | Promise]]:
    """The languages on offer, and the one of an imported source if it is not among them."""
    offered: list[tuple[str, str | Promise]] = list(LANGUAGES)
    return offered if code in dict(LANGUAGES) else [*offered, (code, code)]


class PastedText(forms.CharField):
    """Kept to the letter; what is no text, the readers say better than this field. Only what is longer than any of them
    takes is refused here, before anything looks at it."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def validate(self, value: str) -> None:
        super().validate(value)
        size = len(value.replace("\r\n", "\n").encode("utf-8", "surrogatepass"))
        if size > readers.MAX_BYTES:
            raise ValidationError(str(readers.FileTooLarge(size)))


class AddSourceForm(KeptAsRead, SourceForm):
    """A new source: pasted text or a file, and what is known about it.

    `submission` names this one filling-in, so that a double click makes one source.
    """

    text = PastedText(
        label=_("Paste the text"),
        required=False,
        help_text=_("All of it, as it was published. What does not belong to the article can be trimmed afterwards."),
    )
    file = forms.FileField(
        label=_("or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Text (.txt), a web page (.html) or a Word document (.docx) of at most 10 MB, or a PDF of at most 50 MB. "
            "It is kept unchanged for ever."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".txt,.text,text/plain,.html,.htm,.xhtml,text/html,.docx,.pdf,application/pdf"}
        ),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.initial["submission"] = uuid.uuid4()
        del self.fields["version"]
        self.fields["text"].widget.attrs |= {"rows": 10, "data-title-from": "#id_title"}

    def layout(self) -> Layout:
        return Layout(
            Field("submission"),
            Fieldset(_("The text"), "text", "file", *self.asking()),
            Fieldset(_("About it"), *self.about()),
            Div(
                _button(_("Save")),
                _button(_("Save and read"), then="read", outline=True),
                _button(_("Save and add another"), then="add", outline=True),
                _cancel(),
                css_class="form-buttons",
            ),
        )

    def clean_text(self) -> str:
        """Browsers send every line end as CR LF, whatever was pasted."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text

    def clean(self) -> dict[str, Any]:
        super().clean()
        text, file = self.cleaned_data.get("text", ""), self.cleaned_data.get("file")
        if text.strip() and file:
            self.add_error("text", _("Paste the text or choose a file, not both: empty one of the two."))
        elif not text.strip() and not file and not {"text", "file"} & self.errors.keys():
            self.add_error("text", _("Paste the text here, or choose a file below."))
        elif file and file.size > _most_bytes(file):
            self.refuse(_too_large(file))
        return self.cleaned_data

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self._errors and self.files.get("file") and "file" not in self._errors:
            self.add_error("file", _("A browser does not keep a chosen file: choose it again."))

    def refuse(self, refusal: Exception) -> None:
        """Say what is wrong with the text where it was given."""
        self.add_error("file" if self.files.get("file") else "text", str(refusal))

    def begin_anew(self, sentence: str) -> None:
        """This filling-in was saved before: the next sending is another one."""
        self.data = self.data.copy()
        self.data["submission"] = str(uuid.uuid4())
        self.add_error(None, sentence)

    @property
    def original(self) -> dict[str, Any]:
        """The bytes, their name and how they came, as `add_source` takes them."""
        file = self.cleaned_data.get("file")
        if file:
            return {"original": file.read(), "name": file.name, "method": Method.UPLOADED}
        text = self.cleaned_data["text"]
        return {"original": text.encode("utf-8", "surrogatepass"), "name": "", "method": Method.PASTED}


def _is_pdf(file: UploadedFile) -> bool:
    head = file.read(HEAD)
    file.seek(0)
    return is_pdf(head, file.name or "")


def _most_bytes(file: UploadedFile) -> int:
    return intake.MOST_BYTES if _is_pdf(file) else readers.MAX_BYTES


def _too_large(file: UploadedFile) -> Exception:
    size = file.size or 0
    return intake.too_large(size) if _is_pdf(file) else readers.FileTooLarge(size)
