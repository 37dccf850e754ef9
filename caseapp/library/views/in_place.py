"""What an open reader is sent after a change, so that nobody who reads is sent elsewhere."""

import json
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.core.addresses import parts_of
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.passages import places_of_excerpts
from caseapp.library.forms.excerpts import PassageForm
from caseapp.library.models import Capture, Undo
from caseapp.library.views.pieces import Pieces


def is_in_place(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def is_read(request: HttpRequest, capture: Capture) -> bool:
    """Whether the page that asks is the reader of this capture."""
    page = parts_of(request.headers.get("HX-Current-URL", ""))
    version = version_in(page.query)
    is_meant = capture.is_newest if version is None else version == str(capture.number)
    return is_in_place(request) and page.path == capture.source.get_absolute_url() and is_meant


def version_in(query: str) -> str | None:
    """Which version of a source the query of an address asks for."""
    return parse_qs(query).get("version", [None])[0]


def changed_parts(person: User, capture: Capture, changed: list[Place]) -> dict[str, Any]:
    """For `library/reader/_changed_parts.html`: the paragraphs and the lists of cards that overlap the places."""
    lists, paragraphs = Pieces(capture, person).touched(changed)
    return {
        "source": capture.source,
        "lists": lists,
        "paragraphs": paragraphs,
        "places": places_of_excerpts(capture),
    }


def answer_in_place(
    request: PersonRequest,
    capture: Capture,
    changed: list[Place],
    *,
    says: str = "",
    key: int | None = None,
    undo: Undo | None = None,
) -> HttpResponse:
    """The paragraphs that overlap the places, the cards beside them, an empty panel, and what was done.

    Done is said at the foot of the screen, with a button that undoes it: a notice would push the text down. `key` is
    the excerpt that the reader then settles on.
    """
    context = changed_parts(request.user, capture, changed) | {
        "form": PassageForm(person=request.user, language=capture.source.language, capture=capture),
        "says": says,
        "undo": undo,
    }
    response = render(request, "library/reader/_changed.html", context)
    response["HX-Trigger-After-Settle"] = json.dumps({"excerpt-changed": {"key": key}})
    return response
