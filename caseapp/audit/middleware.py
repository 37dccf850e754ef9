"""What the record needs to know of a request."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from caseapp.audit.origin import Page, coming_from, on_page

# Set by elements of a page that ask again and again by themselves (hx-headers beside hx-trigger="every …").
UNATTENDED = "X-Unattended"


class OriginOnRecord:
    """Whatever is put on record while a request is answered says from where it came, and may say through which page.

    The address is the one by which sign-in is throttled: behind as many proxies as the office says it has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with coming_from(client_address(request)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Ids alone: what was typed into an address, such as a search, is not among them."""
        match = request.resolver_match
        if match:
            ids = tuple((name, str(value)) for name, value in match.kwargs.items())
            on_page(Page(match.url_name or "", ids, UNATTENDED in request.headers))
        return None


def client_address(request: HttpRequest) -> str:
    """Nothing where it cannot be known, as on a socket of the file system: that alone refuses nobody."""
    try:
        address: str = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return ""
    return address
