"""Pages about people. Signing in and passwords are allauth's views, named in urls.py."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from caseapp.accounts import services
from caseapp.accounts.access import person_for, require
from caseapp.accounts.forms import NewPersonForm, PersonForm
from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability


@require_safe
def person_list(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    return render(request, "accounts/person/list.html", {"people": User.objects.order_by("-is_active", "name")})


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            person = services.add_person(by=request.user, **form.cleaned_data)
        except services.EmailTaken as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s was added.") % {"name": person.name})
            return redirect("person_edit", pk=person.pk)
    return render(request, "accounts/person/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    form = PersonForm(request.POST or None, initial={"name": person.name, "role": person.role})
    if form.is_valid():
        try:
            services.change_person(by=request.user, person=person, **form.cleaned_data)
        except services.LastAdministrator as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("person_list")
    page = {"form": form, "person": person}
    return render(request, "accounts/person/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person_deactivate(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    if request.method != "POST":
        page = {"person": person, "cancel_url": reverse("person_edit", args=[person.pk])}
        return render(request, "accounts/person/deactivate.html", page)
    try:
        services.deactivate_person(by=request.user, person=person)
    except services.LastAdministrator as refusal:
        messages.error(request, str(refusal))
        return redirect("person_edit", pk=person.pk)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": person.name})
    return redirect("person_list")


@require_POST
def person_reactivate(request: PersonRequest, pk: int) -> HttpResponse:
    person = person_for(request.user, pk)
    services.reactivate_person(by=request.user, person=person)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person.name})
    return redirect("person_edit", pk=person.pk)


@require_POST
@sensitive_variables("link")
def person_link(request: PersonRequest, pk: int) -> HttpResponse:
    """Shown in answer to the POST and kept nowhere: the link cannot be found again, only replaced."""
    person = person_for(request.user, pk)
    try:
        link = services.make_set_password_link(by=request.user, person=person)
    except services.AccountClosed as refusal:
        messages.error(request, str(refusal))
        return redirect("person_edit", pk=person.pk)
    page = {"person": person, "link": request.build_absolute_uri(link)}
    return render(request, "accounts/person/link.html", page)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-out, after which the Back button of a shared computer shows nothing."""
    response: HttpResponseBase = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """For this browser, and for the person if one is signed in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.choose_language(by=request.user, language=language)
    return set_language(request)
