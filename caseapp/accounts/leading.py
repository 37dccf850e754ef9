"""Sending somebody to a page of the door, with a way back to where they were going."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlunsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from caseapp.core.addresses import parts_of


def send_to_the_door(request: HttpRequest, page: str, **carried: str) -> HttpResponse:
    """A request in place opens the page whole: htmx would put it into a corner of the old one. What is `carried`
    stands in the address of the way back."""
    address = with_way_back(page, _carrying(way_back(request), carried))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def with_way_back(page: str, then: str) -> str:
    return f"{page}?{urlencode({REDIRECT_FIELD_NAME: then})}" if then else page


def _carrying(address: str, carried: Mapping[str, str]) -> str:
    """In the place of what was carried to that address before."""
    if not carried:
        return address
    page = parts_of(address)
    asked = [(name, value) for name, value in parse_qsl(page.query, keep_blank_values=True) if name not in carried]
    return urlunsplit(("", "", page.path, urlencode([*asked, *carried.items()]), ""))


def is_page(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")


def way_back(request: HttpRequest) -> str:
    """The page that was asked for; for whatever else was sent, the page it was sent from."""
    if is_page(request):
        return request.get_full_path()
    page = parts_of(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return urlunsplit(("", "", page.path or "/", page.query, ""))
