"""What people type about themselves and, if they manage people, about others."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm, UserTokenForm
from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role


def _one_button(*fields: str, label: Any) -> FormHelper:
    helper = FormHelper()
    button = StrictButton(label, type="submit", css_class="btn-primary")
    helper.layout = Layout(*fields, Div(button, css_class="form-buttons"))
    return helper


def _without_placeholders(form: forms.Form) -> None:
    """A placeholder repeats the label, fades where it is needed and is read twice."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _ask_for_new_password(form: forms.Form) -> None:
    _without_placeholders(form)
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = " ".join(password_validators_help_texts())
    form.fields["password2"].label = _("New password again")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].help_text = _(
            "Forgotten? Ask an administrator of your office for a link to set a new one."
        )
        self.helper = _one_button("login", "password", label=_("Sign in"))


class OwnPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_new_password(self)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["oldpassword"].help_text = ""
        self.helper = _one_button("oldpassword", "password1", "password2", label=_("Change password"))


class FirstPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_new_password(self)
        self.helper = _one_button("password1", "password2", label=_("Set password"))


class SetPasswordLinkForm(UserTokenForm):
    """Checks a set-password link; one of a closed account does not open it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.reset_user.is_active:
            raise get_adapter().validation_error("invalid_password_reset")
        return cleaned


class PersonForm(forms.Form):
    """Name and role of a person who is already here. The e-mail is how they are known, and stays."""

    name = forms.CharField(label=_("Name"), max_length=User._meta.get_field("name").max_length)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Caseworkers add sources, excerpts and evidence. Lawyers also approve excerpts and build and download "
            "packets. Administrators manage people, and see no case they are not on."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _one_button(*self.fields, label=_("Save"))

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewPersonForm(PersonForm):
    email = forms.EmailField(label=_("E-mail"), max_length=User._meta.get_field("email").max_length)

    field_order = ("email", "name", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _one_button(*self.fields, label=_("Add this person"))
