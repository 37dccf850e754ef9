"""What people give when they capture a source again."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseapp.library.fetching import MOST_LETTERS, Address, FetchRefused
from caseapp.library.forms.sources import AddSourceForm
from caseapp.library.models import Source

_CANCEL = HTML("<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>")


def _buttons(words: Any) -> Div:
    button = StrictButton(words, type="submit", css_class="btn-primary")
    return Div(button, _CANCEL, css_class="form-buttons")


class VersionForm(AddSourceForm):
    """A newer version is given as a new source is: pasted or as a file. What is said about the source stays."""

    GIVEN = ("text", "file", "keep", "keep_of")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields = {name: field for name, field in self.fields.items() if name in self.GIVEN}
        self.fields["text"].widget.attrs.pop("data-title-from", None)

    def layout(self) -> Layout:
        return Layout("text", "file", *self.asking(), _buttons(_("Keep as a new version")))


class FetchForm(forms.Form):
    """The address of the page, and the person's word that its owner may learn of it."""

    address = forms.CharField(
        label=_("Address"),
        max_length=MOST_LETTERS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the address of the page.")},
    )
    may_learn = forms.BooleanField(
        label=_("This page may learn our server’s address"),
        help_text=_("Its owner may see that somebody here reads it, and when."),
        error_messages={"required": _("Tick this, or save the page in your browser and upload the file.")},
    )

    def __init__(self, data: Any = None, *, source: Source) -> None:
        super().__init__(data, initial={"address": source.url})
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("address"), Field("may_learn"), _buttons(_("Fetch the page")))

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        try:
            Address.parse(address)
        except FetchRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return address


class KeepForm(forms.Form):
    """Why a passage stays on the older version."""

    note = forms.CharField(
        label=_("Why it stays there"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example that the newer version no longer says it."),
        error_messages={"required": _("Say in a line why the passage stays on the older version.")},
    )


class PlaceForm(forms.Form):
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
