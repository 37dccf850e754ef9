"""Somebody's own account. Signing in and passwords are allauth's views, named in urls.py."""

from allauth.account.views import logout, password_change
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from caseapp.accounts import proving
from caseapp.accounts.access import own_session
from caseapp.accounts.models import User
from caseapp.accounts.queries import open_sessions
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.services import people, sessions


@require_safe
def account_security(request: PersonRequest) -> HttpResponse:
    """What opens the account, and where it is open."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    page = {
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "code_app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "codes_left": proving.recovery_codes_left(request.user),
        "codes_made": proving.HOW_MANY,
        "sessions": open_sessions(request.user, here=request.session.session_key),
    }
    return render(request, "accounts/account/security.html", page)


def change_password(request: PersonRequest) -> HttpResponseBase:
    """allauth's page, for those who have a password; whoever has none gets one by a link."""
    if not request.user.has_usable_password():
        messages.info(request, _("This account has no password yet. Ask an administrator for a link to set one."))
        return redirect("account_security")
    response: HttpResponseBase = password_change(request)
    return response


@require_POST
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    sessions.end_session(by=request.user, session=own_session(request.user, pk))
    messages.success(request, _("That browser is signed out."))
    return redirect("account_security")


@require_POST
def sessions_end_others(request: PersonRequest) -> HttpResponse:
    sessions.end_other_sessions(by=request.user, session=request.session)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account_security")


@require_POST
def still_here(request: PersonRequest) -> HttpResponse:
    """Sent by js/idle.js while somebody types; that it came is all there is to it."""
    return HttpResponse(status=204)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-out, after which the Back button of a shared computer shows nothing."""
    if request.method == "POST" and isinstance(request.user, User):
        sessions.sign_out_everywhere(by=request.user)
    response: HttpResponseBase = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """For this browser, and for the person if one is signed in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        people.choose_language(by=request.user, language=language)
    return set_language(request)
