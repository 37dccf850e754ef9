"""Who is on the team of a case."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import case_of, member_of
from caseapp.cases.forms import MemberForm
from caseapp.cases.queries import people_to_add, team_of
from caseapp.cases.services.team import AlreadyOnTeam, CannotWorkOnCases, LastMember, add_member, remove_member


@require_http_methods(["GET", "HEAD", "POST"])
def case_team(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The team; POST adds a colleague."""
    case = case_of(request.user, pk)
    form = MemberForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        try:
            add_member(by=request.user, case=case, user=user)
        except (AlreadyOnTeam, CannotWorkOnCases) as error:
            form.add_error("user", str(error))
        else:
            messages.success(request, _("%(name)s can now see and work on this case.") % {"name": user.name})
            return redirect("case_team", pk=case.pk)
    context = {"case": case, "team": team_of(case), "form": form, "can_grow": people_to_add(case).exists()}
    return render(request, "cases/case/team.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: PersonRequest, pk: uuid.UUID, member_pk: int) -> HttpResponse:
    case = case_of(request.user, pk)
    member = member_of(case, member_pk)
    is_self = member.user == request.user
    error = ""
    if request.method == "POST":
        try:
            remove_member(by=request.user, member=member)
        except LastMember as refused:
            error = str(refused)
        else:
            messages.success(request, _("%(name)s is no longer on the team.") % {"name": member.user.name})
            return redirect("case_list") if is_self else redirect("case_team", pk=case.pk)
    context = {"case": case, "member": member, "is_self": is_self, "error": error}
    return render(request, "cases/member/remove.html", context, status=409 if error else 200)
