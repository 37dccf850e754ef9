"""The reader: a source's article, its excerpts marked, and their cards beside it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.core.storage import FileAltered
from caseapp.intake import Unusable
from caseapp.library.access import capture_of
from caseapp.library.excerpts.passages import places_of_excerpts
from caseapp.library.excerpts.recheck_queue import waiting_rechecks
from caseapp.library.forms.excerpts import PassageForm
from caseapp.library.models import Capture
from caseapp.library.services.pictures import picture_of_page
from caseapp.library.texts.page_text import plain_html
from caseapp.library.texts.paging import pages_of
from caseapp.library.views.pieces import Pieces
from caseapp.library.views.readings import reading_bar

LEFT_OUT = 20_000  # characters of what was trimmed away that are shown; the page Trim has all of it
PICTURE_WIDTH = 1200  # pixels


@require_safe
def source_read(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    start, end = capture.article_start, capture.article_end
    pieces = Pieces(capture, request.user)
    context = {
        "source": capture.source,
        "capture": capture,
        "pieces": pieces.around(_place_in(request.GET.get("at"), capture)),
        "is_long": len(pieces.places) > 1,
        "places": places_of_excerpts(capture),
        "shared": pieces.shared,
        "rechecks": waiting_rechecks(capture),
        "left_out_before": plain_html(capture.text[max(start - LEFT_OUT, 0) : start].strip()),
        "left_out_after": plain_html(capture.text[end : end + LEFT_OUT].strip()),
        "form": PassageForm(person=request.user, language=capture.source.language, capture=capture),
    }
    context |= reading_bar(request, capture.source, request.GET.get("list", ""))
    return render(request, "library/reader/read.html", context)


def _place_in(asked: str | None, capture: Capture) -> int:
    """Where in the text to begin; whatever stands in the address that is no place of it is passed over."""
    place = number_in(asked)
    return capture.article_start if place is None else place


@require_safe
def source_page(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """One page of a PDF with its picture, for who wants to see what the text was read from."""
    capture = capture_of(request.user, pk, request.GET.get("version"))
    pages = pages_of(capture.pages)
    if not 1 <= number <= len(pages):
        raise Http404
    context = {
        "source": capture.source,
        "capture": capture,
        "page": pages[number - 1],
        "before": pages[number - 2] if number > 1 else None,
        "after": pages[number] if number < len(pages) else None,
        "count": len(pages),
    }
    return render(request, "library/reader/page.html", context)


@require_safe
def source_page_picture(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    if not 1 <= number <= len(capture.pages):
        raise Http404
    try:
        picture = picture_of_page(capture, number, width=PICTURE_WIDTH)
    except (FileAltered, Unusable) as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse(picture, content_type="image/png")
