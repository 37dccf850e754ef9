"""Pages whose pieces change in place."""

from django.http import HttpRequest


def is_in_place(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page it is on."""
    return request.headers.get("HX-Request") == "true"
