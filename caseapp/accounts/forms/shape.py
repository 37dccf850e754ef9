"""How the forms of the door look."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms


def one_button(*fields: str, label: Any) -> FormHelper:
    helper = FormHelper()
    button = StrictButton(label, type="submit", css_class="btn-primary")
    helper.layout = Layout(*fields, Div(button, css_class="form-buttons"))
    return helper


def without_placeholders(form: forms.Form) -> None:
    """A placeholder repeats the label, fades where it is needed and is read twice."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
