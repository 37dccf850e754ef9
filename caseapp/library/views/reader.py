"""The reader: a source's article, its excerpts marked, and their cards beside it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import capture_of
from caseapp.library.forms.excerpts import PassageForm
from caseapp.library.models import Capture
from caseapp.library.page_text import article_html, plain_html, touched_html
from caseapp.library.passages import excerpts_in, mark_of

LONG = 200_000  # characters from which a browser lays out only what is near the screen


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
        "article": article_html(capture.text, start, end, marks),
        "left_out_before": plain_html(capture.text[:start].strip()),
        "left_out_after": plain_html(capture.text[end:].strip()),
        "is_long": end - start > LONG,
        "form": PassageForm(person=request.user, language=capture.source.language, source_pk=pk),
    }
    return render(request, "library/reader/read.html", context)


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
