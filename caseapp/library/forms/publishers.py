"""What people say of a publisher."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseapp.core.differences import Difference, differences
from caseapp.library.models import Publisher
from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.publishers.cards import other_spellings

ASSESSED = ("who", "mandate", "method", "funding", "leaning", "courts")
MOST_SPELLINGS = 40
BUTTONS = "<a class='btn btn-outline-secondary' href='{{ cancel_url }}'>{{ cancel_words }}</a>"


class PublisherForm(forms.ModelForm):
    """The card, and under which other names sources know this publisher. `version` is that of the card shown."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    spellings = forms.CharField(
        label=_("Other names and spellings"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. Accents, capitals and a leading “The” make no difference."),
    )

    class Meta:
        model = Publisher
        fields: ClassVar[tuple[str, ...]] = ("name", *ASSESSED)
        error_messages: ClassVar[dict[str, dict[str, str | Promise]]] = {
            "name": {"required": _("Give the name that sources have for this publisher.")}
        }

    def __init__(self, data: Any = None, *, publisher: Publisher | None = None, name: str = "") -> None:
        super().__init__(data, initial=_initial(publisher) if publisher else {"name": name})
        for field in ASSESSED:
            self.fields[field].widget.attrs["rows"] = 3
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            "name",
            "spellings",
            *ASSESSED,
            Div(Submit("", _("Save")), HTML(BUTTONS), css_class="form-buttons"),
        )

    def clean_spellings(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["spellings"].splitlines() if line.strip()]
        if len(names) > MOST_SPELLINGS or any(len(name) > 200 for name in names):
            raise ValidationError(_("Give at most 40 names, each shorter than 200 characters."))
        for name in names:
            ONE_PLAIN_LINE(name)
        return names

    def clean(self) -> dict[str, Any]:
        for name in ASSESSED:
            if name in self.cleaned_data:
                self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        return self.cleaned_data

    @property
    def assessment(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences_from(self, standing: Publisher) -> list[Difference]:
        """What stands against what was typed. Sending the form again then saves over what stands."""
        return differences(self, standing, self.assessment)


class PublisherMergeForm(forms.Form):
    into: forms.ModelChoiceField = forms.ModelChoiceField(
        Publisher.objects.all(),
        label=_("Into the card of"),
        error_messages={
            "required": _("Choose the card that stays."),
            "invalid_choice": _("That card was merged into another in the meantime. Choose again."),
        },
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, data: Any = None, *, publisher: Publisher) -> None:
        super().__init__(data)
        self.fields["into"].queryset = Publisher.objects.exclude(pk=publisher.pk)
        self.helper = FormHelper()
        self.helper.form_tag = False


def _initial(publisher: Publisher) -> dict[str, Any]:
    return model_to_dict(publisher) | {
        "version": publisher.version,
        "spellings": "\n".join(other_spellings(publisher)),
    }
