"""What has to be done on a case, and what its team says. It stands here because a task can be about a packet."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, mention_of, own_comment_of, task_of
from caseapp.cases.dates import today_of
from caseapp.cases.forms import CaseCommentForm, TaskForm
from caseapp.cases.models import Case
from caseapp.cases.queries import comments_on, mentions_waiting, tasks_of
from caseapp.cases.services.comments import (
    CommentChangedMeanwhile,
    add_comment,
    change_comment,
    remove_comment,
    see_mention,
)
from caseapp.cases.services.todo import (
    NotOnTeam,
    TaskChangedMeanwhile,
    TaskDetails,
    add_task,
    change_task,
    finish_task,
    remove_task,
    reopen_task,
)
from caseapp.packets.things import Thing, things_of


@require_http_methods(["GET", "HEAD", "POST"])
def case_tasks(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The tasks and what was said; POST adds a task."""
    case = case_of(request.user, pk, Ability.EDIT_CASES if request.method == "POST" else Ability.SEE_CASES)
    things = things_of(case)
    form = TaskForm(request.POST if request.method == "POST" else None, case=case, things=_in_words(things))
    if request.method == "POST" and form.is_valid():
        try:
            add_task(by=request.user, case=case, details=TaskDetails(**form.details), now=timezone.now())
        except NotOnTeam as error:
            form.add_error("assignee", str(error))
        else:
            return redirect("case_tasks", pk=case.pk)
    return _tasks(request, case, things, {"form": form, "comment_form": CaseCommentForm()})


def _tasks(request: PersonRequest, case: Case, things: dict[str, Thing], context: dict[str, Any]) -> HttpResponse:
    tasks = [(task, things.get(task.about)) for task in tasks_of(case)]
    waiting = {mention.comment_id: mention for mention in mentions_waiting(request.user).filter(comment__case=case)}
    context |= {
        "case": case,
        "open_tasks": [(task, thing) for task, thing in tasks if task.done_at is None],
        "done_tasks": [(task, thing) for task, thing in tasks if task.done_at is not None],
        "comments": [(comment, waiting.get(comment.pk)) for comment in comments_on(case)],
        "today": today_of(case, now=timezone.now()),
    }
    has_errors = bool(context["form"].errors or context["comment_form"].errors)
    return render(request, "packets/todo/tasks.html", context, status=422 if has_errors else 200)


def _in_words(things: dict[str, Thing]) -> dict[str, str]:
    return {key: thing.words for key, thing in things.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: PersonRequest, pk: int) -> HttpResponse:
    task = task_of(request.user, pk)
    things = _in_words(things_of(task.case))
    form = TaskForm(request.POST if request.method == "POST" else None, case=task.case, things=things, task=task)
    context: dict[str, Any] = {"case": task.case, "task": task, "form": form}
    context["cancel_url"] = reverse("case_tasks", args=[task.case_id])
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_task(by=request.user, task=task, details=TaskDetails(**form.details), version=version)
        except NotOnTeam as error:
            form.add_error("assignee", str(error))
        except TaskChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "packets/todo/edit.html", context, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect(context["cancel_url"])
    return render(request, "packets/todo/edit.html", context, status=422 if form.errors else 200)


@require_POST
def task_done(request: PersonRequest, pk: int) -> HttpResponse:
    task = task_of(request.user, pk)
    finish_task(by=request.user, task=task, now=timezone.now())
    messages.success(request, _("Done. It stands below the others, where it can be taken back."))
    return redirect("case_tasks", pk=task.case_id)


@require_POST
def task_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    task = task_of(request.user, pk)
    reopen_task(by=request.user, task=task)
    return redirect("case_tasks", pk=task.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
def task_remove(request: PersonRequest, pk: int) -> HttpResponse:
    task = task_of(request.user, pk)
    tasks_url = reverse("case_tasks", args=[task.case_id])
    if request.method == "POST":
        remove_task(by=request.user, task=task)
        messages.success(request, _("The task is removed."))
        return redirect(tasks_url)
    return render(request, "packets/todo/remove.html", {"case": task.case, "task": task, "cancel_url": tasks_url})


@require_POST
def case_comment_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form = CaseCommentForm(request.POST)
    if form.is_valid():
        comment = add_comment(by=request.user, case=case, words=form.cleaned_data["words"], now=timezone.now())
        return redirect(f"{reverse('case_tasks', args=[case.pk])}#comment-{comment.pk}")
    things = things_of(case)
    return _tasks(request, case, things, {"form": TaskForm(case=case, things=_in_words(things)), "comment_form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def case_comment_edit(request: PersonRequest, pk: int) -> HttpResponse:
    comment = own_comment_of(request.user, pk)
    form = CaseCommentForm(request.POST if request.method == "POST" else None, comment=comment)
    cancel_url = f"{reverse('case_tasks', args=[comment.case_id])}#comment-{comment.pk}"
    context: dict[str, Any] = {"case": comment.case, "form": form, "cancel_url": cancel_url}
    if request.method == "POST" and form.is_valid():
        words, version = form.cleaned_data["words"], form.cleaned_data["version"] or 0
        try:
            change_comment(by=request.user, comment=comment, words=words, version=version, now=timezone.now())
        except CommentChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "packets/todo/comment.html", context, status=409)
        return redirect(cancel_url)
    return render(request, "packets/todo/comment.html", context, status=422 if form.errors else 200)


@require_POST
def case_comment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    comment = own_comment_of(request.user, pk)
    remove_comment(by=request.user, comment=comment)
    messages.success(request, _("Your comment is taken away."))
    return redirect("case_tasks", pk=comment.case_id)


@require_POST
def mention_seen(request: PersonRequest, pk: int) -> HttpResponse:
    mention = mention_of(request.user, pk)
    see_mention(mention=mention, now=timezone.now())
    return redirect(f"{reverse('case_tasks', args=[mention.comment.case_id])}#comment-{mention.comment_id}")
