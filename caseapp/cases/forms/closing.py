"""What people type when a case is closed, held, looked into from outside, or erased."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.cases.forms.cases import form_buttons, one_line_ends
from caseapp.cases.models import Case, Glass

SHORTEST_REASON = 20


class CloseForm(forms.Form):
    on = forms.DateField(
        label=_("Closed on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say on which day the case was closed.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("on", Div(Submit("", _("Close the case")), css_class="form-buttons"))


class HoldForm(forms.Form):
    hold_reason = forms.CharField(
        label=_("Why nothing may be erased"),
        max_length=Case._meta.get_field("hold_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A court order, a complaint, an appeal that may come. Only the team of this case sees it."),
        error_messages={"required": _("Give the reason: somebody else may have to decide whether it still holds.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("hold_reason", Div(Submit("", _("Put on hold")), css_class="form-buttons"))

    def clean_hold_reason(self) -> str:
        return one_line_ends(self.cleaned_data["hold_reason"])


class GlassForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference of the case"),
        max_length=Case._meta.get_field("reference").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why you must look into it"),
        min_length=SHORTEST_REASON,
        max_length=Glass._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The lawyers of the case read this, together with your name."),
        error_messages={
            "min_length": _(
                "Say it in a sentence of at least %(limit_value)d characters: the lawyers of the case read it."
            )
        },
    )
    member_email = forms.EmailField(
        label=_("E-mail of somebody on its team"),
        required=False,
        help_text=_("Needed only where two teams use the same reference."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reference", "reason", "member_email", form_buttons(_("Look into it for an hour")))

    def clean_reason(self) -> str:
        return one_line_ends(self.cleaned_data["reason"])


class EraseForm(forms.Form):
    reference = forms.CharField(
        label=_("Type the reference of the case"),
        max_length=Case._meta.get_field("reference").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the reference, so that no other case is erased by mistake.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout("reference")
