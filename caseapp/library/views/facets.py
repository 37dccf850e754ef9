"""The values of one facet of a list: sent when its menu is opened; a page of its own where there is no script."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import require_library
from caseapp.library.searching.choices import FACETS
from caseapp.library.views.found import narrowed
from caseapp.library.views.in_place import is_in_place


@require_safe
def facet_show(request: PersonRequest, name: str) -> HttpResponse:
    """The address of this page is that of the list, with of=passages for the list of passages."""
    require_library(request.user)
    if name not in FACETS:
        raise Http404
    asked = narrowed(request, of_passages=request.GET.get("of") == "passages")
    (facet,) = (facet for facet in asked.facets([name]) if facet.name == name)
    template = "library/facet/_options.html" if is_in_place(request) else "library/facet/show.html"
    return render(request, template, {"facet": facet, "back": asked.at(asked.choices)})
