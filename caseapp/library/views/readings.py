"""How far one is with a source, and the way on to the next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import source_of
from caseapp.library.found.readings import Neighbours, neighbours_of, reading_of
from caseapp.library.models import Source, Standing
from caseapp.library.services.reading import mark_reading
from caseapp.library.views.found import with_list
from caseapp.library.views.in_place import is_in_place

LONGEST_ADDRESS = 2000


def reading_bar(request: PersonRequest, source: Source, address: str) -> dict[str, Any]:
    """For templates/library/reader/_bar.html. `address` is that of the list from which the person came."""
    neighbours = neighbours_of(source, address[:LONGEST_ADDRESS], request.user)
    return {
        "source": source,
        "reading": reading_of(request.user, source),
        "standings": Standing,
        "neighbours": neighbours,
        "before_url": _url(neighbours.before, neighbours),
        "after_url": _url(neighbours.after, neighbours),
    }


def _url(source: int | None, neighbours: Neighbours) -> str:
    return with_list(reverse("source_read", args=[source]), neighbours.address) if source else ""


@require_POST
def source_reading(request: PersonRequest, pk: int) -> HttpResponse:
    """The button that is pressed already takes its mark away."""
    source = source_of(request.user, pk)
    wished, address = request.POST.get("standing"), request.POST.get("list", "")
    standing = Standing(wished) if wished in Standing.values else None
    mark_reading(by=request.user, source=source, standing=standing, now=timezone.now())
    if is_in_place(request):
        return render(request, "library/reader/_bar.html", reading_bar(request, source, address))
    return redirect(with_list(source.get_absolute_url(), address))
