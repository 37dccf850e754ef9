"""Days of business before the safe filing date."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from caseapp.cases.deadlines import MOST_DAYS, Steps
from caseapp.cases.forms.cases import form_buttons
from caseapp.cases.models import Case
from caseapp.core.differences import Difference, differences


def _days(label: Any, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class OfficeStepsForm(forms.Form):
    translations_days = _days(_("Translations ordered"), required=True)
    vetting_days = _days(_("Vetting closes"), required=True)
    frozen_days = _days(_("Packet frozen"), required=True)

    def __init__(self, data: QueryDict | None = None, *, office: Steps) -> None:
        initial = {
            "translations_days": office.translations,
            "vetting_days": office.vetting,
            "frozen_days": office.frozen,
        }
        super().__init__(data, initial=initial)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, form_buttons(_("Save")))

    @property
    def steps(self) -> Steps:
        sent = self.cleaned_data
        return Steps(sent["translations_days"], sent["vetting_days"], sent["frozen_days"])


class StepsForm(forms.Form):
    """For one case; what is left empty goes as the office does it. `version` is that of the case as it was seen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    translations_days = _days(_("Translations ordered"), required=False)
    vetting_days = _days(_("Vetting closes"), required=False)
    frozen_days = _days(_("Packet frozen"), required=False)

    def __init__(self, data: QueryDict | None = None, *, case: Case, office: Steps) -> None:
        names = ("translations_days", "vetting_days", "frozen_days")
        super().__init__(data, initial={name: getattr(case, name) for name in names} | {"version": case.version})
        for name, usual in zip(names, (office.translations, office.vetting, office.frozen), strict=True):
            self.fields[name].widget.attrs["placeholder"] = str(usual)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            Div(*(Div(name, css_class="col-sm-4") for name in names), css_class="row"),
            Div(Submit("", _("Save for this case"), css_class="btn-outline-secondary"), css_class="form-buttons"),
        )

    @property
    def days(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in ("translations_days", "vetting_days", "frozen_days")}

    def differences_from(self, case: Case) -> list[Difference]:
        return differences(self, case, self.days)
