"""What people type at the door: their e-mail and their password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    UserTokenForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.forms.shape import one_button, without_placeholders


def _ask_for_new_password(form: forms.Form) -> None:
    without_placeholders(form)
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = _(
        "At least 12 characters. Several words that have nothing to do with each other are good; names, years and "
        "well-known passwords are not."
    )
    form.fields["password2"].label = _("New password again")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].help_text = _(
            "Forgotten? Ask an administrator of your office for a link to set a new one."
        )
        self.helper = one_button("login", "password", label=_("Sign in"))


class OwnPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_new_password(self)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["oldpassword"].help_text = ""
        self.helper = one_button("oldpassword", "password1", "password2", label=_("Change password"))


class StillYouForm(ReauthenticateForm):
    """Asks somebody who is signed in for their password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)
        self.fields["password"].label = _("Your password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["autofocus"] = True
        self.helper = one_button("password", label=_("Go on"))


class FirstPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_new_password(self)
        self.helper = one_button("password1", "password2", label=_("Set password"))


class SetPasswordLinkForm(UserTokenForm):
    """Checks a set-password link; one of a closed account does not open it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.reset_user.is_active:
            raise get_adapter().validation_error("invalid_password_reset")
        return cleaned
