"""Sources: the list, adding one, its details, its original, and where its article starts and ends."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.storage import FileAltered
from caseapp.forums.profile import CitationStyle
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of, require_library, source_of
from caseapp.library.citing import Citation, Facts, citation
from caseapp.library.forms.sources import AddSourceForm, SourceFilterForm, SourceForm
from caseapp.library.forms.trimming import TrimForm
from caseapp.library.models import Capture, Source
from caseapp.library.noticed import sentence_of
from caseapp.library.queries import captures_of, sources_listed, sources_of_origin
from caseapp.library.services.captures import MustBeDecided
from caseapp.library.services.sources import (
    AlreadyAdded,
    ArticleRefused,
    SourceChangedMeanwhile,
    SourceDetails,
    SubmissionUsed,
    add_source,
    change_source,
    download_name,
    release_original,
    trim_article,
)
from caseapp.library.trimming import laid_out, leftovers

SOURCES_ON_A_PAGE = 50
CITATION_STYLES: tuple[tuple[CitationStyle, Promise], ...] = (
    ("bluebook", _lazy("United States, Bluebook")),
    ("oscola", _lazy("United Kingdom, OSCOLA")),
    ("mcgill", _lazy("Canada, McGill")),
)


@require_safe
def source_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = SourceFilterForm(request.GET)
    page = Paginator(sources_listed(form.wanted), SOURCES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/source/list.html", {"form": form, "page": page, "is_narrowed": form.is_narrowed})


@require_http_methods(["GET", "HEAD", "POST"])
def source_add(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = AddSourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = _add(request, form)
        except AlreadyAdded as error:
            return _after_adding(request, error.source)
        except SubmissionUsed as error:
            form.begin_anew(str(error))
        except MustBeDecided as undecided:
            form.ask(str(undecided), undecided.codes)
        except (Unreadable, Unusable) as error:
            form.refuse(error)
        else:
            _say_what_to_know(request, source)
            return _after_adding(request, source)
    context = {"form": form, "cancel_url": reverse("source_list"), "cancel_words": _("Back to the sources")}
    return render(request, "library/source/add.html", context, status=_status(form))


def _add(request: PersonRequest, form: AddSourceForm) -> Source:
    return add_source(
        by=request.user,
        details=SourceDetails(**form.details),
        submission=form.cleaned_data["submission"],
        accepted=form.accepted,
        now=timezone.now(),
        **form.original,
    )


def _after_adding(request: PersonRequest, source: Source) -> HttpResponse:
    match request.POST.get("then"):
        case "read":
            return redirect("source_read", source.pk)
        case "add":
            return redirect("source_add")
    return redirect("source_details", source.pk)


def _say_what_to_know(request: PersonRequest, source: Source) -> None:
    """That it is saved, what the reader noticed, and where the same bytes stand already."""
    saved = _("“%(source)s” is saved.") % {"source": source}
    messages.success(request, format_html('{} <a href="{}">{}</a>', saved, source.get_absolute_url(), _("Read it")))
    capture = source.capture
    for notice in capture.notices:
        messages.warning(request, sentence_of(notice))
    for twin in captures_of(capture.original_sha256).exclude(source=source)[:3]:
        messages.info(request, _already_have(twin))


def _already_have(twin: Capture) -> str:
    added = _("added by %(who)s on %(when)s") if twin.captured_by else _("added on %(when)s")
    when = date_format(timezone.localdate(twin.captured_at), "DATE_FORMAT")
    return format_html(
        '{} <a href="{}">{}</a>, {}.',
        _("You already have this:"),
        twin.source.get_absolute_url(),
        twin.source,
        added % {"who": twin.captured_by, "when": when},
    )


@require_safe
def source_details(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    twins = captures_of(capture.original_sha256).exclude(pk=capture.pk)
    context = {
        "source": capture.source,
        "capture": capture,
        "twins": twins,
        "file_name": download_name(capture),
        "citations": _citations(capture.source),
        "same_origin": sources_of_origin(capture.source),
    }
    return render(request, "library/source/details.html", context)


def _citations(source: Source) -> list[tuple[str, Citation]]:
    """As the forums’ styles have it; or as a person typed it, the same for all of them."""
    facts = Facts(
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published_on=source.published_on,
        url=source.url,
        archive_url=source.archive_url,
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        kind=source.kind,
        language=source.language,
        typed=source.citation,
    )
    if source.citation:
        return [(_("As typed, for every forum"), citation(facts, "bluebook"))]
    return [(str(words), citation(facts, style)) for style, words in CITATION_STYLES]


@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: PersonRequest, pk: int) -> HttpResponse:
    source = source_of(request.user, pk)
    form = SourceForm(request.POST or None, source=source)
    context: dict[str, Any] = {"source": source, "form": form, **_back_to(source)}
    if request.method == "POST" and form.is_valid():
        details, version = SourceDetails(**form.details), form.cleaned_data["version"] or 0
        try:
            change_source(by=request.user, source=source, details=details, version=version)
        except SourceChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.current)}
            return render(request, "library/source/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect("source_details", pk)
    return render(request, "library/source/edit.html", context, status=_status(form))


@require_safe
def source_original(request: PersonRequest, pk: int) -> HttpResponse:
    """The very bytes that were given, as a file to keep: never shown by the browser, whatever is in them."""
    capture = capture_of(request.user, pk)
    try:
        data = release_original(by=request.user, capture=capture)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect("source_details", pk)
    headers = {
        "Content-Disposition": content_disposition_header(True, download_name(capture)) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def source_trim(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    whole = (0, len(capture.text))
    form = TrimForm(request.POST or None, text=capture.text, article=(capture.article_start, capture.article_end))
    wish = request.POST.get("do")
    if wish in ("save", "whole") and form.is_valid():
        start, end = whole if wish == "whole" else form.bounds
        try:
            trim_article(by=request.user, capture=capture, start=start, end=end)
        except ArticleRefused as refusal:
            return _trim_page(request, capture, form, refusal=refusal)
        messages.success(request, _("The article is marked. The original stays whole."))
        return redirect("source_trim", pk)
    return _trim_page(request, capture, form)


def _trim_page(
    request: PersonRequest, capture: Capture, form: TrimForm, refusal: ArticleRefused | None = None
) -> HttpResponse:
    form.is_valid()
    start, end = form.bounds
    around = request.POST.get("around") or request.GET.get("around") or ""
    before, after = leftovers(capture.text, start, end)
    context = {
        "source": capture.source,
        "capture": capture,
        "form": form,
        "refusal": refusal,
        "pieces": laid_out(capture.text, start, end, int(around) if around.isdecimal() else None),
        "before": before,
        "after": after,
        "start": start,
        "end": end,
        "is_unsaved": (start, end) != (capture.article_start, capture.article_end),
    }
    return render(request, "library/source/trim.html", context, status=422 if refusal or form.errors else 200)


def _back_to(source: Source) -> dict[str, str]:
    return {"cancel_url": reverse("source_details", args=[source.pk]), "cancel_words": _("Leave it as it is")}


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
