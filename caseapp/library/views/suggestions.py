"""Suggestions: beside a selected passage, in a source, across the library; what was answered, and how good they are."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.library.access import capture_of, require_library
from caseapp.library.excerpts.anchors import Place
from caseapp.library.forms.suggestions import AnswerForm, PlaceForm, ProposedForm, QueueForm
from caseapp.library.models import Answer, Suggestion
from caseapp.library.queries import last_deed_of, suggestions_answered
from caseapp.library.services.excerpts import ExcerptRefused
from caseapp.library.services.suggestions import (
    accept_exact,
    accept_suggestion,
    refuse_suggestion,
    reopen_suggestion,
)
from caseapp.library.themes.proposals import (
    Proposer,
    beside_selection,
    look_through_capture,
    look_through_excerpts,
    look_through_paragraphs,
)
from caseapp.library.themes.quality import quality_of_suggestions
from caseapp.library.views.in_place import changed_parts, is_in_place, is_read
from caseapp.library.views.undoing import say_done

ANSWERS_ON_A_PAGE = 50


@require_safe
def excerpt_suggest(request: PersonRequest, pk: int) -> HttpResponse:
    """The nearest themes for words that are selected in the reader."""
    capture = capture_of(request.user, pk)
    form = PlaceForm(request.GET)
    near = beside_selection(capture, **form.cleaned_data) if form.is_valid() else []
    return render(request, "library/excerpt/suggest.html", {"near": near})


@require_safe
def source_suggestions(request: PersonRequest, pk: int) -> HttpResponse:
    """What is suggested for the excerpts and paragraphs of one source, a stretch at a time."""
    capture = capture_of(request.user, pk)
    look = look_through_capture(capture, Proposer(), number_in(request.GET.get("after")) or 0)
    template = "library/suggestion/_stretch.html" if is_in_place(request) else "library/source/suggestions.html"
    return render(request, template, {"source": capture.source, "look": look})


@require_safe
def suggestion_queue(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = QueueForm(request.GET)
    wanted, after = form.wanted, request.GET.get("after", "")
    context: dict[str, Any] = {"form": form, "wanted": wanted}
    if wanted["status"] != QueueForm.OPEN:
        answered = suggestions_answered(wanted["status"], wanted["theme"])
        context["page"] = Paginator(answered, ANSWERS_ON_A_PAGE).get_page(request.GET.get("page"))
    elif wanted["among"] == QueueForm.PARAGRAPHS:
        context["look"] = look_through_paragraphs(wanted["theme"], after)
    else:
        context["look"] = look_through_excerpts(wanted["theme"], after)
    return render(request, "library/suggestion/queue.html", context)


@require_POST
def suggestion_answer(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _answered(request, form, error=_("This suggestion no longer stands. Load the page again."))
    is_accepted = form.cleaned_data["answer"] == Answer.ACCEPTED
    try:
        if is_accepted:
            accept_suggestion(by=request.user, now=timezone.now(), **form.proposed)
        else:
            refuse_suggestion(by=request.user, now=timezone.now(), **form.proposed)
    except ExcerptRefused as refusal:
        return _answered(request, form, error=str(refusal))
    said = _("Accepted: tagged “%(theme)s”.") if is_accepted else _("Refused: “%(theme)s” is not suggested here again.")
    return _answered(request, form, said=said % {"theme": form.cleaned_data["theme"]})


@require_POST
def suggestion_accept(request: PersonRequest) -> HttpResponse:
    """Those that were ticked, all at once; only exact ones can be."""
    require_library(request.user)
    forms = [ProposedForm.of_key(key) for key in request.POST.getlist("chosen")]
    chosen = [tuple(form.proposed.values()) for form in forms if form.is_valid()]
    try:
        n, deed = accept_exact(by=request.user, chosen=chosen, now=timezone.now())
    except ExcerptRefused as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    say_done(request, ngettext("%(n)d was accepted.", "%(n)d were accepted.", n) % {"n": n}, deed)
    return _back(request)


@require_POST
def suggestion_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    require_library(request.user)
    suggestion = get_object_or_404(Suggestion.objects.select_related("capture__source", "theme"), pk=pk)
    reopen_suggestion(by=request.user, suggestion=suggestion)
    messages.success(request, _("The answer was taken back. A tag that was set stays."))
    return _back(request)


@require_safe
def suggestion_quality(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    return render(request, "library/suggestion/quality.html", {"quality": quality_of_suggestions()})


def _answered(request: PersonRequest, form: AnswerForm, *, said: str = "", error: str = "") -> HttpResponse:
    """The row says what became of it; without a script, a message does."""
    deed = None if error else last_deed_of(request.user, "suggestion.answered")
    if is_in_place(request):
        capture, start = form.cleaned_data.get("capture"), form.cleaned_data.get("start", 0)
        context: dict[str, Any] = {"said": said, "error": error, "start": start, "undo": deed}
        if capture:
            context["source"] = capture.source
            if is_read(request, capture) and not error:
                context |= changed_parts(request.user, capture, [Place(start, form.cleaned_data["end"])])
        verb = "refuse" if request.POST.get("answer") == Answer.REFUSED else "accept"
        focused = f"{verb}-{request.POST.get('key', '')}"
        context |= {"is_row": request.POST.get("shape") == "row", "focused": focused}
        return render(request, "library/suggestion/_answered.html", context, status=422 if error else 200)
    if error:
        messages.error(request, error)
    else:
        say_done(request, said, deed)
    return _back(request)


def _back(request: PersonRequest) -> HttpResponse:
    wished = request.POST.get("next", "")
    is_ours = wished.startswith("/") and url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return HttpResponseRedirect(iri_to_uri(wished) if is_ours else reverse("suggestion_queue"))
