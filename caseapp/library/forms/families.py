"""What people say of two sources that probably tell one report, and how the list of them is narrowed."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.library.models import LinkKind, Verdict
from caseapp.library.origins.families import LinkFilter


class ConfirmForm(forms.Form):
    """`version` is the one that the person saw. `offers` are names on offer while one is typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    origin_name = forms.CharField(
        label=_("Who first made the report"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "origin-offers", "autocomplete": "off"}),
        error_messages={"required": _("Say who first made the report.")},
    )

    def __init__(self, data: Any = None, *, version: int, offers: list[str]) -> None:
        super().__init__(data, initial={"version": version, "origin_name": offers[0] if offers else ""})
        self.offers = offers
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Field("version", id="confirm-version"), "origin_name")


class LinkFilterForm(forms.Form):
    words = forms.CharField(label=_("Title or publisher"), required=False, max_length=200)
    verdict = forms.ChoiceField(label=_("State"), choices=Verdict.choices, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *LinkKind.choices], required=False)

    def __init__(self, data: Any) -> None:
        super().__init__({"verdict": Verdict.SUGGESTED.value} | data.dict())
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(
                Column("words", css_class="col-sm-5"),
                Column("verdict", css_class="col-sm-3"),
                Column("kind", css_class="col-sm-2"),
                Column(Submit("", _("Show"), css_class="btn-outline-secondary"), css_class="col-sm-2 mb-3"),
                css_class="filter-row align-items-end",
            )
        )

    @property
    def wanted(self) -> LinkFilter:
        """Whatever is not to be understood narrows nothing."""
        self.is_valid()
        known = self.cleaned_data
        return LinkFilter(known.get("verdict") or Verdict.SUGGESTED, known.get("kind", ""), known.get("words", ""))

    @property
    def is_narrowed(self) -> bool:
        return self.wanted != LinkFilter()
