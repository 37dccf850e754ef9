"""Vetting: the queues, a passage in its context with what is decided about it, its page, and comments."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.library.access import comment_of, excerpt_of, require_library
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.context_shown import proof_of
from caseapp.library.excerpts.history import history_of
from caseapp.library.excerpts.passages import mark_of
from caseapp.library.excerpts.surroundings import surroundings
from caseapp.library.excerpts.vetting_queues import (
    Queue,
    Wanted,
    checkable_by,
    following,
    in_order,
    passages_waiting,
    preceding,
    waiting_for,
)
from caseapp.library.forms.vetting import CommentForm, DecisionForm, QueueForm
from caseapp.library.models import Excerpt, Source
from caseapp.library.queries import last_deed
from caseapp.library.services import vetting as services
from caseapp.library.services.excerpts import ExcerptGone, ExcerptRefused
from caseapp.library.texts.page_text import article_html
from caseapp.library.texts.paging import page_at
from caseapp.library.views.undoing import say_done

PASSAGES_ON_A_PAGE = 50
UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def vetting_queue(request: PersonRequest, queue: str) -> HttpResponse:
    require_library(request.user)
    if queue not in Queue:
        raise Http404
    form = QueueForm(request.GET)
    wanted = form.narrowed(Queue(queue))
    passages = in_order(passages_waiting(request.user, wanted)).prefetch_related("themes")
    context = {
        "wanted": wanted,
        "form": form,
        "queues": _queues(request, wanted.queue),
        "asked": _asked(wanted),
        "source": Source.objects.filter(pk=wanted.source).first() if wanted.source else None,
        "page": Paginator(passages, PASSAGES_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "library/vetting/queue.html", context)


def _queues(request: PersonRequest, current: Queue) -> list[dict[str, Any]]:
    """The queues of this person, each with how many wait in it."""
    waiting = waiting_for(request.user)
    counts = {Queue.TO_CHECK: waiting.to_check, Queue.CAME_BACK: waiting.came_back}
    if request.user.can(Ability.APPROVE_EXCERPTS):
        counts[Queue.TO_APPROVE] = waiting.to_approve
    return [
        {"label": queue.label, "count": counts[queue], "address": _queue_address(queue)}
        for queue in Queue
        if queue in counts
    ]


def _queue_address(queue: Queue) -> str:
    return reverse("vetting_queue", args=[queue.value])


def _asked(wanted: Wanted) -> str:
    """The queue for the address of a passage's page."""
    asked: dict[str, Any] = {"queue": wanted.queue.value}
    if wanted.source:
        asked["source"] = wanted.source
    if wanted.theme:
        asked["theme"] = wanted.theme.pk
    return urlencode(asked)


@require_http_methods(["GET", "HEAD", "POST"])
def excerpt_check(request: PersonRequest, pk: int) -> HttpResponse:
    """The passage with the paragraphs around it; whoever sends it saw them."""
    excerpt = excerpt_of(request.user, pk)
    wanted = QueueForm(request.GET).wanted
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            sentence = _decide(request, excerpt, form.cleaned_data)
        except ExcerptGone as refusal:
            messages.error(request, str(refusal))
            return redirect(_queue_address(wanted.queue if wanted else Queue.TO_CHECK))
        except ExcerptRefused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT if isinstance(refusal, services.ContextNotShown) else UNPROCESSABLE
            excerpt = excerpt_of(request.user, pk)
        else:
            say_done(request, sentence, last_deed(request.user, pk))
            return _to_the_next(request, excerpt, wanted)
    context = _in_context(request, excerpt) | _in_queue(request, excerpt, wanted) | {"form": form}
    return render(request, "library/excerpt/check.html", context, status=status)


def _decide(request: PersonRequest, excerpt: Excerpt, decision: dict[str, Any]) -> str:
    told: dict[str, Any] = {
        "by": request.user, "excerpt": excerpt, "shown": decision["shown"], "now": timezone.now()
    }  # fmt: skip
    match decision["do"]:
        case "check":
            services.check_excerpt(**told)
            return _("Checked.")
        case "approve":
            require(request.user, Ability.APPROVE_EXCERPTS)
            services.approve_excerpt(**told)
            return _("Approved.")
    services.send_back_excerpt(**told, words=decision["words"])
    return _("Sent back, with what you wrote.")


def _to_the_next(request: PersonRequest, excerpt: Excerpt, wanted: Wanted | None) -> HttpResponse:
    """Through the queue; out of none, back to the text."""
    if wanted is None:
        return redirect(excerpt)
    after = following(passages_waiting(request.user, wanted), excerpt)
    if after is None:
        return redirect(_queue_address(wanted.queue))
    return redirect(f"{reverse('excerpt_check', args=[after.pk])}?{_asked(wanted)}")


def _in_queue(request: PersonRequest, excerpt: Excerpt, wanted: Wanted | None) -> dict[str, Any]:
    if wanted is None:
        return {"wanted": None}
    passages = passages_waiting(request.user, wanted)
    return {
        "wanted": wanted,
        "queue_address": _queue_address(wanted.queue),
        "asked": _asked(wanted),
        "before": preceding(passages, excerpt),
        "after": following(passages, excerpt),
        "count": passages.count(),
    }


def _in_context(request: PersonRequest, excerpt: Excerpt) -> dict[str, Any]:
    """The passage where it stands, and what is known of it."""
    capture = excerpt.capture
    article = Place(capture.article_start, capture.article_end)
    around = surroundings(capture.text, article, Place(excerpt.start, excerpt.end))
    return {
        "excerpt": excerpt,
        "source": capture.source,
        "capture": capture,
        "around": around,
        "text": article_html(capture.text, around.start, around.end, [mark_of(excerpt)], headings=capture.headings),
        "cut": excerpt.cut,
        "page": page_at(capture.pages, excerpt.start),
        "comments": excerpt.comments.select_related("written_by"),
        "shown": proof_of(excerpt, request.user),
        "may_check": Excerpt.objects.filter(checkable_by(request.user), pk=excerpt.pk).exists(),
    }


@require_safe
def excerpt_show(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    context = _in_context(request, excerpt) | {"history": history_of(excerpt)}
    return render(request, "library/excerpt/show.html", context)


@require_POST
def comment_add(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This comment is too long, so it was not saved. Divide it."))
        return redirect("excerpt_show", pk)
    try:
        services.comment_on(
            by=request.user,
            excerpt=excerpt,
            words=form.cleaned_data["words"],
            asks_again="again" in request.POST,
            now=timezone.now(),
        )
    except ExcerptRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('excerpt_show', args=[pk])}#comments")


@require_POST
def comment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    comment = comment_of(request.user, pk)
    try:
        services.remove_comment(by=request.user, comment=comment)
    except ExcerptRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('excerpt_show', args=[comment.excerpt_id])}#comments")
