"""Codes and passkeys: setting them up, and proving by them who one is."""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter as door
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caseapp.accounts import proving, throttle
from caseapp.accounts.forms.shape import one_button, without_placeholders
from caseapp.accounts.models import User

LONGEST_CODE = 40
LONGEST_NAME = 60
# What the libraries raise over an answer that no browser gives.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, struct.error)
Proof = TypeVar("Proof")


def _tried(email: str, prove: Callable[[], Proof | None]) -> Proof:
    """What was proved; a try that proves nothing is counted, and too many are turned away unseen."""
    throttle.refuse_if_shut(context.request, email)
    try:
        proof = prove()
    except (ValidationError, *MALFORMED):
        proof = None
    if proof is None:
        door().authentication_failed(context.request, email=email)
        raise get_adapter().validation_error("incorrect_code")
    return proof


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_CODE, **kwargs)
        self.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class SecondStepForm(AuthenticateForm):
    code = CodeField(
        label=_("Code"),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True
        self.helper = one_button("code", label=_("Sign in"))

    def clean_code(self) -> str:
        self.authenticator = _code_proof(self.user, self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class StillYouByCodeForm(ReauthenticateForm):
    code = CodeField(
        label=_("Code"), help_text=_("The six digits that your app shows now, or one of your recovery codes.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True
        self.helper = one_button("code", label=_("Go on"))

    def clean_code(self) -> str:
        self.authenticator = _code_proof(self.user, self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


def _code_proof(person: User, code: str) -> Authenticator:
    return _tried(person.email, lambda: proving.proof(person, code))


class CodeAppForm(ActivateTOTPForm):
    code = CodeField(label=_("Code"), help_text=_("The six digits that the app shows now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button("code", label=_("Set up the app"))

    def clean_code(self) -> str:
        """The code that sets the app up is spent with that: nobody signs in by it who saw it typed."""
        code = str(super().clean_code())
        if not proving.mark_app_code_used(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CredentialField(forms.JSONField):
    """What the browser's passkey answered, put in by js/passkeys.js."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            credential = super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential


class PasskeyNameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Name"),
            max_length=LONGEST_NAME,
            help_text=_("So that you know it again in the list: the laptop, the phone, the key on the ring."),
            **kwargs,
        )


class NewPasskeyForm(AddWebAuthnForm):
    """Every passkey can sign in by itself: it asks for finger, face or PIN, so it is two factors in one."""

    name = PasskeyNameField(required=False)
    credential = CredentialField()
    passwordless = None  # no longer a choice

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)
        self.helper = one_button("name", "credential", label=_("Add the passkey"))
        self.helper.attrs = {"data-passkey": "create"}

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class PasskeyNameForm(EditWebAuthnForm):
    name = PasskeyNameField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button("name", label=_("Save"))


class SecondStepByPasskeyForm(AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        return _tried(self.user.email, super().clean_credential)


class StillYouByPasskeyForm(ReauthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        return _tried(self.user.email, super().clean_credential)


class PasskeySignInForm(LoginWebAuthnForm):
    """One answer for a passkey that nobody has here, one that was removed, and one of a closed account."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        try:
            return _tried("", self._of_open_account)
        except ValidationError as error:
            raise ValidationError(_("This passkey opens no account here. Sign in with your password.")) from error

    def _of_open_account(self) -> Authenticator | None:
        authenticator: Authenticator = super().clean_credential()
        return authenticator if authenticator.user.is_active else None
