"""Second factors: allauth's views, in the words and the order of this office."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts import proving
from caseapp.accounts.leading import with_way_back
from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.services import factors
from caseapp.audit.actions import Action


@require_safe
def second_factor_needed(request: PersonRequest) -> HttpResponse:
    """Where whoever has no second factor is led from every page about cases and people."""
    then = get_next_redirect_url(request) or reverse("home")
    if request.user.has_second_factor:
        return redirect(then)
    ways = {name: with_way_back(reverse(name), then) for name in ("mfa_add_webauthn", "mfa_activate_totp")}
    return render(request, "accounts/factor/needed.html", {"ways": ways, "then": then})


@sensitive_variables("codes")
@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def recovery_codes(request: PersonRequest) -> HttpResponse:
    """Made and shown in answer to the POST, and never again."""
    then = get_next_redirect_url(request)
    page: dict[str, Any] = {"then": then, "left": proving.recovery_codes_left(request.user)}
    status = 200
    if request.method == "POST":
        try:
            page["codes"] = factors.make_recovery_codes(by=request.user, session=request.session)
        except factors.NothingToRecover as refusal:
            page["refusal"], status = str(refusal), 422
    return render(request, "accounts/factor/recovery_codes.html", page, status=status)


def _then(request: PersonRequest) -> str:
    """After a factor was added: recovery codes if there are none, and on to where the person was going."""
    then = get_next_redirect_url(request)
    if proving.recovery_codes_left(request.user):
        return then or reverse("account_security")
    return with_way_back(reverse("recovery_codes"), then)


class SetUpCodeApp(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factors.note_factor_changed(by=self.request.user, action=Action.CODE_APP_ADDED, session=self.request.session)
        return response

    def get_success_url(self) -> str:
        return _then(self.request)


class RemoveCodeApp(DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factors.note_factor_changed(by=self.request.user, action=Action.CODE_APP_REMOVED, session=self.request.session)
        return response


class AddPasskey(AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        return page | kwargs | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factors.note_factor_changed(by=self.request.user, action=Action.PASSKEY_ADDED, session=self.request.session)
        return response

    def get_success_url(self) -> str:
        return _then(self.request)


class RemovePasskey(RemoveWebAuthnView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        factors.note_factor_changed(by=self.request.user, action=Action.PASSKEY_REMOVED, session=self.request.session)
        return response


class SecondStep(AuthenticateView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "leave" in request.POST:
            left: HttpResponseBase = self.stage.abort()
            return left
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer


class SignInByPasskey(LoginWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


class StillYouByPasskey(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        return page | kwargs

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
