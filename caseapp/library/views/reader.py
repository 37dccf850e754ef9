"""The reader: a source's article, its excerpts marked, and their cards beside it."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.core.storage import FileAltered
from caseapp.intake import Unusable
from caseapp.library.access import capture_of
from caseapp.library.forms.excerpts import PassageForm
from caseapp.library.models import Capture
from caseapp.library.page_text import PageBreak, article_html, plain_html, touched_html
from caseapp.library.paging import page_at, pages_of
from caseapp.library.passages import excerpts_in, mark_of
from caseapp.library.services.pictures import picture_of_page

LONG = 200_000  # characters from which a browser lays out only what is near the screen
PICTURE_WIDTH = 1200  # pixels


@require_safe
def source_read(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    excerpts = list(excerpts_in(capture))
    start, end = capture.article_start, capture.article_end
    marks = [mark_of(excerpt) for excerpt in excerpts]
    context = {
        "source": capture.source,
        "capture": capture,
        "excerpts": excerpts,
        "article": article_html(capture.text, start, end, marks, _page_breaks(capture)),
        "left_out_before": plain_html(capture.text[:start].strip()),
        "left_out_after": plain_html(capture.text[end:].strip()),
        "is_long": end - start > LONG,
        "form": PassageForm(person=request.user, language=capture.source.language, source_pk=pk),
    }
    return render(request, "library/reader/read.html", context)


def _page_breaks(capture: Capture) -> list[PageBreak]:
    """Where the pages begin that the article touches."""
    first = page_at(capture.pages, capture.article_start)
    if first is None:
        return []
    pages = [page for page in pages_of(capture.pages)[first.number - 1 :] if page.start < capture.article_end]
    return [
        PageBreak(
            page,
            reverse("source_page", args=[capture.source_id, page.number]),
            _("Page %(page)s: show its picture") % {"page": page.name},
        )
        for page in pages
    ]


@require_safe
def source_page(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """One page of a PDF with its picture, for who wants to see what the text was read from."""
    capture = capture_of(request.user, pk)
    pages = pages_of(capture.pages)
    if not 1 <= number <= len(pages):
        raise Http404
    context = {
        "source": capture.source,
        "page": pages[number - 1],
        "before": pages[number - 2] if number > 1 else None,
        "after": pages[number] if number < len(pages) else None,
        "count": len(pages),
    }
    return render(request, "library/reader/page.html", context)


@require_safe
def source_page_picture(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    if not 1 <= number <= len(capture.pages):
        raise Http404
    try:
        picture = picture_of_page(capture, number, width=PICTURE_WIDTH)
    except (FileAltered, Unusable) as error:
        return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse(picture, content_type="image/png")


def changed_in_place(person: User, capture: Capture, changed: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """What an open reader needs after a change: the paragraphs that overlap the ranges, the cards, an empty panel."""
    excerpts = list(excerpts_in(capture))
    marks = [mark_of(excerpt) for excerpt in excerpts]
    start, end = capture.article_start, capture.article_end
    return {
        "source": capture.source,
        "excerpts": excerpts,
        "paragraphs": touched_html(capture.text, start, end, marks, changed),
        "form": PassageForm(person=person, language=capture.source.language, source_pk=capture.source_id),
    }
