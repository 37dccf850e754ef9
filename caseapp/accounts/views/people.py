"""Pages about the people of the office, for those who manage them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.access import person_for, require
from caseapp.accounts.forms.people import NewPersonForm, OfficeForm, PersonForm
from caseapp.accounts.models import User
from caseapp.accounts.queries import office
from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.accounts.services import factors, people, sessions
from caseapp.core.differences import ChangedMeanwhile


@require_safe
def person_list(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    return render(
        request,
        "accounts/person/list.html",
        {"people": User.objects.with_second_factor().order_by("-is_active", "name")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def person_add(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            person = people.add_person(by=request.user, **form.cleaned_data)
        except people.EmailTaken as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s was added.") % {"name": person.name})
            return redirect("person_edit", pk=person.pk)
    return render(request, "accounts/person/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    form = PersonForm(request.POST or None, initial={"name": person.name, "role": person.role})
    page: dict[str, Any] = {"form": form, "person": person}
    if form.is_valid():
        sent, was = form.cleaned_data, form.cleaned_data["seen"] or None
        try:
            people.change_person(by=request.user, person=person, name=sent["name"], role=sent["role"], was=was)
        except people.LastAdministrator as refusal:
            form.add_error("role", str(refusal))
        except ChangedMeanwhile as error:
            page |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "accounts/person/edit.html", page, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect("person_list")
    return render(request, "accounts/person/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def person_deactivate(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    if request.method != "POST":
        page = {"person": person, "cancel_url": reverse("person_edit", args=[person.pk])}
        return render(request, "accounts/person/deactivate.html", page)
    try:
        people.deactivate_person(by=request.user, person=person)
    except people.LastAdministrator as refusal:
        messages.error(request, str(refusal))
        return redirect("person_edit", pk=person.pk)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
    return redirect("person_list")


@require_POST
@sign_in_recent
def person_reactivate(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    people.reactivate_person(by=request.user, person=person)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person.name})
    return redirect("person_edit", pk=person.pk)


@require_POST
@sign_in_recent
@sensitive_variables("link")
def person_link(request: PersonRequest, pk: int) -> HttpResponse:
    """Shown in answer to the POST and kept nowhere: the link cannot be found again, only replaced."""
    person = person_for(request.user, pk)
    try:
        link = people.make_set_password_link(by=request.user, person=person)
    except people.AccountClosed as refusal:
        messages.error(request, str(refusal))
        return redirect("person_edit", pk=person.pk)
    page = {"person": person, "link": request.build_absolute_uri(link)}
    return render(request, "accounts/person/link.html", page)


@require_POST
@sign_in_recent
def person_sign_out(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    sessions.end_sessions_of(by=request.user, person=person)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person.name})
    return redirect("person_edit", pk=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def person_factors_reset(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    if request.method != "POST":
        page = {"person": person, "cancel_url": reverse("person_edit", args=[person.pk])}
        return render(request, "accounts/person/factors_reset.html", page)
    factors.reset_second_factors(by=request.user, person=person)
    messages.success(request, _("%(name)s sets up a new second factor at the next sign-in.") % {"name": person.name})
    return redirect("person_edit", pk=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def office_edit(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    form = OfficeForm(request.POST if request.method == "POST" else None, instance=office())
    if form.is_valid():
        sent = {**form.cleaned_data, "was": form.cleaned_data["seen"] or None}
        del sent["seen"]
        try:
            people.change_office(by=request.user, **sent)
        except ChangedMeanwhile as error:
            page = {"form": form, "conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "accounts/office/edit.html", page, status=409)
        messages.success(request, _("Saved."))
        return redirect("office_edit")
    return render(request, "accounts/office/edit.html", {"form": form}, status=422 if form.errors else 200)
