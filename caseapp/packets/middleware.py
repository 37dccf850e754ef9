"""Who was turned away is on record: most of all at the door of a case."""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.audit.models import record_refusal
from caseapp.cases.models import Case, Document, Statement
from caseapp.packets.models import Build, Exhibit, Packet, Volume, Waiver

# The first word of an address that leads to a case → what its id is of, and the way from there to the case.
DOORS: dict[str, tuple[type[Model], str]] = {
    "cases": (Case, "pk"),
    "documents": (Document, "case_id"),
    "statements": (Statement, "case_id"),
    "packets": (Packet, "case_id"),
    "waivers": (Waiver, "packet__case_id"),
    "exhibits": (Exhibit, "packet__case_id"),
    "builds": (Build, "packet__case_id"),
    "volumes": (Volume, "build__packet__case_id"),
}


class RefusalsOnRecord:
    """Puts on record that a person who is signed in was refused: anywhere (403), or at something of a case (404).

    The same is asked and written whether the case exists or not, so that no stranger can tell it by the time it takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A form that was open too long is refused before anybody asks who may send it.
        was_asked = getattr(request, "csrf_processing_done", False)
        match, person = request.resolver_match, request.user
        if (
            response.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
            and was_asked
            and match
            and isinstance(person, User)
        ):
            _note(person, match, response.status_code)
        return response


def _note(person: User, match: ResolverMatch, status: int) -> None:
    door, pk = match.route.partition("/")[0], match.kwargs.get("pk")
    if door in DOORS or status == HTTPStatus.FORBIDDEN:
        record_refusal(
            by=person,
            subject_type=str(DOORS[door][0]._meta.model_name) if door in DOORS else door,
            subject_id="" if pk is None else str(pk),
            case_id=_case_behind(door, pk),
            now=timezone.now(),
        )


def _case_behind(door: str, pk: object) -> uuid.UUID | None:
    if door not in DOORS or pk is None:
        return None
    model, way = DOORS[door]
    case_id: uuid.UUID | None = model._default_manager.filter(pk=pk).values_list(way, flat=True).first()
    return case_id
