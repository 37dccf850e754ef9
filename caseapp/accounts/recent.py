"""What is done seldom and matters much asks again who sits there.

    @require_POST
    @sign_in_recent
    def person_link(request, pk): ...

A sign-in, or an answer to the question, counts for ACCOUNT_REAUTHENTICATION_TIMEOUT. Whoever is asked comes back to
where they were going. What they sent is not kept in the session, which is no place for the words of a case; a page
that can be read without a proof, and only sends with one, names what it wants carried back to it, sealed:

    @sign_in_recent_to_send("hold_reason")
    def case_hold(request, pk): ...
    def case_closing(request, pk): ... HoldForm(initial=typed_before(request))
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from caseapp.accounts.leading import is_page, send_to_the_door, way_back
from caseapp.accounts.requests import PersonRequest
from caseapp.core.addresses import parts_of
from caseapp.core.carrying import carried, carry

TYPED = "typed"
Rest = ParamSpec("Rest")
View = Callable[Concatenate[PersonRequest, Rest], HttpResponseBase]


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the person of this session proved who they are not long ago."""
    proofs = get_authentication_records(request, request.user if request.user.is_authenticated else None)
    return any(time.time() - proof["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for proof in proofs)


def sign_in_recent(view: View[Rest]) -> View[Rest]:
    """Let nobody through whose proof is older than a quarter of an hour: ask first."""

    @wraps(view)
    def asking_first(request: PersonRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if signed_in_recently(request) else _ask(request)

    return asking_first


def sign_in_recent_to_send(*kept: str) -> Callable[[View[Rest]], View[Rest]]:
    """The same for what is sent alone; the page can be read. The fields `kept` are there again on the way back."""

    def decorated(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def asking_first(request: PersonRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if is_page(request) or signed_in_recently(request):
                return view(request, *args, **kwargs)
            return _ask(request, kept)

        return asking_first

    return decorated


def typed_before(request: PersonRequest) -> dict[str, str]:
    """What this person had typed on this page when they were asked who they are."""
    return carried(request.GET.get(TYPED, ""), bound_to=_bound(request, request.path))


def _ask(request: PersonRequest, kept: tuple[str, ...] = ()) -> HttpResponse:
    if not is_page(request):
        messages.info(request, _("Nothing was changed yet. Once it is clear that it is you, do it again."))
    page = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    typed = {name: request.POST[name] for name in kept if name in request.POST}
    sealed = carry(typed, bound_to=_bound(request, parts_of(way_back(request)).path))
    return send_to_the_door(request, page, **({TYPED: sealed} if sealed else {}))


def _bound(request: PersonRequest, path: str) -> str:
    return f"{request.user.pk} {path}"
