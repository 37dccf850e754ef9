"""Who is on the team of a case, and what each may do there."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from caseapp.accounts.recent import sign_in_recent_to_send, typed_before
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, member_of, require_on
from caseapp.cases.forms import MemberForm, PartForm
from caseapp.cases.parts import abilities_of
from caseapp.cases.queries import people_to_add, team_of
from caseapp.cases.services.team import (
    AlreadyOnTeam,
    CannotWorkOnCases,
    LastMember,
    OnlyForLawyers,
    PartBeyondRole,
    add_member,
    change_part,
    remove_member,
)
from caseapp.core.differences import ChangedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent_to_send("user", "part")
def case_team(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The team; POST adds a colleague."""
    case = case_of(request.user, pk, Ability.EDIT_CASES if request.method == "POST" else Ability.SEE_CASES)
    form = MemberForm(request.POST if request.method == "POST" else None, case=case, initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        user, part = form.cleaned_data["user"], form.cleaned_data["part"]
        try:
            add_member(by=request.user, case=case, user=user, part=part)
        except (AlreadyOnTeam, CannotWorkOnCases) as error:
            form.add_error("user", str(error))
        except PartBeyondRole as error:
            form.add_error("part", str(error))
        else:
            messages.success(request, _("%(name)s is on the team now.") % {"name": user.name})
            return redirect("case_team", pk=case.pk)
    team = list(team_of(case))
    context = {
        "case": case,
        "team": team,
        "has_lawyer": any(Ability.BUILD_PACKETS in abilities_of(one.user.role, one.part) for one in team),
        "form": form,
        "can_grow": people_to_add(case).exists(),
    }
    return render(request, "cases/case/team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent_to_send("part")
def member_part(request: PersonRequest, pk: uuid.UUID, member_pk: int) -> HttpResponse:
    case = case_of(request.user, pk)
    member = member_of(case, member_pk)
    form = PartForm(request.POST if request.method == "POST" else None, initial={"part": member.part})
    # Beside what stands, which the form has seen.
    form.initial = {"part": member.part, **typed_before(request)}
    cancel_url = reverse("case_team", args=[case.pk])
    context: dict[str, Any] = {"case": case, "member": member, "form": form, "cancel_url": cancel_url}
    if request.method == "POST" and form.is_valid():
        was = form.cleaned_data["seen"] or None
        try:
            change_part(by=request.user, member=member, part=form.cleaned_data["part"], was=was)
        except ChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/member/part.html", context, status=409)
        except (CannotWorkOnCases, PartBeyondRole, LastMember, OnlyForLawyers) as error:
            form.add_error("part", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("case_team", pk=case.pk)
    return render(request, "cases/member/part.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent_to_send()
def member_remove(request: PersonRequest, pk: uuid.UUID, member_pk: int) -> HttpResponse:
    """Whoever is on the team can leave it; taking somebody else off is for those who work on the case."""
    case = case_of(request.user, pk, Ability.SEE_CASES)
    member = member_of(case, member_pk)
    is_self = member.user == request.user
    if not is_self:
        require_on(case, request.user, Ability.EDIT_CASES)
    error = ""
    if request.method == "POST":
        try:
            handed_back = remove_member(by=request.user, member=member)
        except (LastMember, OnlyForLawyers) as refused:
            error = str(refused)
        else:
            messages.success(request, _("%(name)s is no longer on the team.") % {"name": member.user.name})
            if handed_back:
                messages.warning(request, _tasks_handed_back(handed_back))
            return redirect("case_list") if is_self else redirect("case_team", pk=case.pk)
    context = {"case": case, "member": member, "is_self": is_self, "error": error}
    return render(request, "cases/member/remove.html", context, status=409 if error else 200)


def _tasks_handed_back(count: int) -> str:
    words = ngettext("%(count)s task is nobody’s now.", "%(count)s tasks are nobody’s now.", count)
    return words % {"count": count}
