"""What holds on every page for whoever is signed in: their language, an end to their session, a second factor."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from caseapp.accounts import session_times
from caseapp.accounts.leading import send_to_the_door
from caseapp.accounts.models import User
from caseapp.accounts.services import sessions
from caseapp.audit.middleware import UNATTENDED

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

# Why somebody finds themselves at the sign-in page; shown there once.
SIGNED_OUT_BECAUSE = "signed_out_because"

# Whose views open without a second factor: the library, which knows of no case, and the person's own account. What is
# not named here stays shut.
OPEN_WITHOUT_SECOND_FACTOR = (
    "allauth.",
    "caseapp.accounts.views.account.",
    "caseapp.accounts.views.factors.",
    "caseapp.core.",
    "caseapp.library.",
)


class SessionsEnd:
    """After half an hour without an act of the person, and after twelve hours whatever they do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            self._end_or_go_on(request, request.user, timezone.now())
        return self.get_response(request)

    def _end_or_go_on(self, request: HttpRequest, person: User, now: dt.datetime) -> None:
        why = session_times.over(request.session, now)
        if why:
            sessions.note_over(person=person, why=why)
            logout(request)
            request.session[SIGNED_OUT_BECAUSE] = why.value
        # A screen that nobody sits at keeps no session open.
        elif UNATTENDED not in request.headers and session_times.note_act(request.session, now):
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


class OwnLanguage:
    """Shows pages in the language the person chose; who is not signed in gets their browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User) and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SecondFactorFirst:
    """Nobody sees anything of a case, of the people or of the office before they have a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not isinstance(request.user, User) or request.user.has_second_factor or opens_without_second_factor(view):
            return None
        return send_to_the_door(request, reverse("second_factor_needed"))


def opens_without_second_factor(view: View) -> bool:
    return f"{view.__module__}.".startswith(OPEN_WITHOUT_SECOND_FACTOR)


class FewUploads:
    """Nobody keeps the readers of files from everybody else: so many requests with files from each person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not isinstance(request.user, User) or not request.FILES:
            return None
        if ratelimit.consume(request, action="uploads", user=request.user):
            return None
        return render(request, "accounts/uploads/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
