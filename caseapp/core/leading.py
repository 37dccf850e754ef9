"""Where a form that was sent leads."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url


def lead_to(request: HttpRequest, to: str, *args: Any) -> HttpResponse:
    """A redirect. The script that sends files is told the address instead: a redirect it would follow by itself, and
    so use up what the page there has to say."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": resolve_url(to, *args)})
    return redirect(to, *args)
