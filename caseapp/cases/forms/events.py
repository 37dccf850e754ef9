"""What people type about events since."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from caseapp.cases.elements import elements_of
from caseapp.cases.forms.cases import form_buttons
from caseapp.cases.models import EventSince
from caseapp.core.differences import Difference, carry_version
from caseapp.core.fields import ChosenRowsField
from caseapp.library.models import Theme
from caseapp.library.queries import theme_tree
from caseapp.library.sources.published import PartialDate, UnusableDate


class EventForm(forms.ModelForm):
    """`version` is the one of the event that the person saw; a new one has none."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    themes = ChosenRowsField(
        Theme.objects.all(),
        label=_("On these themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With those beneath them. With nothing ticked here or below, it touches all evidence of the case."),
    )
    elements = forms.MultipleChoiceField(
        label=_("Or on what goes to show"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EventSince
        fields: ClassVar[tuple[str, ...]] = ("happened_on", "words")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "happened_on": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            "words": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, data: QueryDict | None, *, event: EventSince) -> None:
        super().__init__(data, initial=_initial(event))
        self.fields["themes"].choices = [(row.theme.pk, f"{'– ' * row.depth}{row.theme.name}") for row in theme_tree()]
        known = [(element.key, element.name) for element in elements_of(event.case.forum)]
        kept = [(key, key) for key in event.elements if key not in dict(known)]
        self.fields["elements"].choices = [*known, *kept]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            Row(Column("happened_on", css_class="col-sm-4"), Column("words", css_class="col-sm-8")),
            "themes",
            "elements",
            form_buttons(_("Save")),
        )

    def clean_happened_on(self) -> str:
        try:
            return str(PartialDate.parse(self.cleaned_data["happened_on"]))
        except UnusableDate:
            return str(self.cleaned_data["happened_on"])  # the model's own validator says what is wrong

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("happened_on", "words", "themes", "elements")}

    def differences_from(self, standing: EventSince) -> list[Difference]:
        """What stands against what was typed. The form then carries the standing version, so that saving again wins."""
        carry_version(self, standing.version)
        typed, stood = self._in_words(self.details), self._in_words(_initial(standing))
        return [
            Difference(str(self.fields[name].label), stood[name], typed[name])
            for name in typed
            if typed[name] != stood[name]
        ]

    def _in_words(self, values: dict[str, Any]) -> dict[str, str]:
        names = dict(self.fields["elements"].choices)
        return {
            "happened_on": values["happened_on"],
            "words": values["words"],
            "themes": ", ".join(sorted(str(theme) for theme in values["themes"])),
            "elements": ", ".join(sorted(str(names.get(key, key)) for key in values["elements"])),
        }


def _initial(event: EventSince) -> dict[str, Any]:
    return {
        "happened_on": event.happened_on,
        "words": event.words,
        "themes": list(event.themes.all()) if event.pk else [],
        "elements": event.elements,
        "version": event.version,
    }
