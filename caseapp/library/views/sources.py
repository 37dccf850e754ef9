"""Sources: the list, adding one, its details, its original, and where its article starts and ends."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.differences import ChangedMeanwhile
from caseapp.core.fields import number_in
from caseapp.core.originals import as_given
from caseapp.core.storage import FileAltered
from caseapp.forums.profile import CitationStyle
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of, require_library, source_of
from caseapp.library.citing import Citation, citation
from caseapp.library.forms.imports import ImportForm
from caseapp.library.forms.sources import AddSourceForm, SourceForm
from caseapp.library.forms.trimming import TrimForm
from caseapp.library.found.readings import standings_of, through
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.keeping.sources import AlreadyAdded, SourceDetails, SubmissionUsed, add_source
from caseapp.library.models import Capture, Source
from caseapp.library.origins.families import origin_context
from caseapp.library.publishers.editions import editions_of, newer_editions
from caseapp.library.queries import captures_of, captures_without_text, row_of_source, sources_of_origin
from caseapp.library.services.sources import (
    ArticleRefused,
    SourceChangedMeanwhile,
    change_source,
    confirm_guesses,
    download_name,
    release_original,
    trim_article,
)
from caseapp.library.texts.noticed import sentence_of
from caseapp.library.texts.trimming import laid_out, leftovers
from caseapp.library.views.found import SOURCE_ACTS, found_in_list, saved_searches, with_list

CITATION_STYLES: tuple[tuple[CitationStyle, Promise], ...] = (
    ("bluebook", gettext_lazy("United States, Bluebook")),
    ("oscola", gettext_lazy("United Kingdom, OSCOLA")),
    ("mcgill", gettext_lazy("Canada, McGill")),
)


@require_safe
def source_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    found = found_in_list(request, of_passages=False)
    standings = standings_of(request.user)
    context = {
        "found": found,
        "saved_searches": saved_searches(request, found),
        "acts": SOURCE_ACTS,
        "standings": standings,
        "through": through(standings, found.listed.source_ids),
    }
    return render(request, "library/source/list.html", context)


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
    return add_page(request, form, ImportForm(), status=_status(form))


def add_page(request: PersonRequest, form: AddSourceForm, import_form: ImportForm, *, status: int) -> HttpResponse:
    """The one page on which sources are added: many at once, or one by pasting."""
    context = {
        "form": form,
        "import_form": import_form,
        "cancel_url": reverse("source_list"),
        "cancel_words": _("Back to the sources"),
    }
    return render(request, "library/source/add.html", context, status=status)


def _add(request: PersonRequest, form: AddSourceForm) -> Source:
    return add_source(
        by=request.user,
        details=SourceDetails(**form.details),
        submission=form.cleaned_data["submission"],
        accepted=form.accepted,
        fills_in=True,
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
    """That it is saved, what the reader noticed and found, and where the same bytes stand already."""
    saved = _("“%(source)s” is saved.") % {"source": source}
    address, words = source.get_absolute_url(), _("Read it")
    if request.POST.get("then") == "read":
        address = reverse("source_trim", args=[source.pk])
        words = _("Trim what does not belong to the article")
    messages.success(request, format_html('{} <a href="{}">{}</a>', saved, address, words))
    capture = source.capture
    for notice in capture.notices:
        messages.warning(request, sentence_of(notice))
    if source.guessed:
        messages.info(request, _("Some details were found in the file. Look at them, and confirm them here."))
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
    capture = capture_of(request.user, pk, request.GET.get("version"))
    twins = captures_of(capture.original_sha256).exclude(pk=capture.pk)
    context = {
        "source": capture.source,
        "capture": capture,
        "twins": twins,
        "versions": captures_without_text().filter(source=pk).order_by("-number"),
        "file_name": download_name(capture),
        "citations": _citations(capture.source),
        "same_origin": sources_of_origin(capture.source),
        "editions": editions_of(capture.source),
        "newer_edition": newer_editions([capture.source]).get(capture.source.pk),
        "import_row": row_of_source(capture.source),
        **origin_context(capture),
    }
    return render(request, "library/source/details.html", context)


def _citations(source: Source) -> list[tuple[str, Citation]]:
    """As the forums’ styles have it; or as a person typed it, the same for all of them."""
    if source.citation:
        return [(_("As typed, for every forum"), citation(source.facts, "bluebook"))]
    return [(str(words), citation(source.facts, style)) for style, words in CITATION_STYLES]


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
        return redirect(with_list(reverse("source_details", args=[pk]), request.GET.get("list", "")))
    return render(request, "library/source/edit.html", context, status=_status(form))


@require_POST
def source_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    source = source_of(request.user, pk)
    try:
        confirm_guesses(by=request.user, source=source, version=int(request.POST["version"]))
    except SourceChangedMeanwhile:
        messages.error(request, _("Somebody changed these details since you opened the page. Look at them once more."))
    except (KeyError, ValueError):
        messages.error(request, _("Nothing was confirmed. Look at the details once more."))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("source_details", pk)


@require_safe
def source_original(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The very bytes that were given, as a file to keep: never shown by the browser, whatever is in them."""
    capture = capture_of(request.user, pk, request.GET.get("version"))
    try:
        data = release_original(by=request.user, capture=capture)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect(capture.address("source_details"))
    return as_given(data, download_name(capture))


@require_http_methods(["GET", "HEAD", "POST"])
def source_trim(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    whole = (0, len(capture.text))
    form = TrimForm(request.POST or None, text=capture.text, article=(capture.article_start, capture.article_end))
    wish = request.POST.get("do")
    if wish in ("save", "whole") and form.is_valid():
        start, end = whole if wish == "whole" else form.bounds
        try:
            was = form.cleaned_data["seen"] or None
            trim_article(by=request.user, capture=capture, start=start, end=end, was=was)
        except ChangedMeanwhile as error:
            form.show_conflict(error.standing.article_start, error.standing.article_end)
            return _trim_page(request, capture, form, conflict=str(error))
        except ArticleRefused as refusal:
            return _trim_page(request, capture, form, refusal=refusal)
        said, read = _("The article is marked. The original stays whole."), _("Read it")
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, capture.address("source_read"), read))
        return redirect(capture.address("source_trim"))
    return _trim_page(request, capture, form)


def _trim_page(
    request: PersonRequest,
    capture: Capture,
    form: TrimForm,
    refusal: ArticleRefused | None = None,
    conflict: str = "",
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
        "conflict": conflict,
        "differences": form.differences if conflict else (),
        "pieces": laid_out(capture.text, start, end, number_in(around)),
        "before": before,
        "after": after,
        "start": start,
        "end": end,
        "is_unsaved": (start, end) != (capture.article_start, capture.article_end),
    }
    status = 409 if conflict else 422 if refusal or form.errors else 200
    return render(request, "library/source/trim.html", context, status=status)


def _back_to(source: Source) -> dict[str, str]:
    return {"cancel_url": reverse("source_details", args=[source.pk]), "cancel_words": _("Leave it as it is")}


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
