"""Looking into a case whose team one is not on, and the notice that its lawyers get."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.access import require
from caseapp.accounts.recent import sign_in_recent_to_send, typed_before
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import glass_of, own_glass
from caseapp.cases.forms.closing import GlassForm
from caseapp.cases.services.glass import NoSuchReference, TooManyTries, acknowledge_glass, break_glass, shut_glass


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent_to_send("reference", "reason", "member_email")
def glass_break(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.BREAK_GLASS)
    form = GlassForm(request.POST if request.method == "POST" else None, initial=typed_before(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            glass = break_glass(by=request.user, now=timezone.now(), **form.cleaned_data)
        except NoSuchReference as error:
            form.add_error("reference", str(error))
        except TooManyTries as error:
            form.add_error(None, str(error))
            status = 429
        else:
            return redirect(glass.case)
    context = {"form": form, "cancel_url": reverse("case_list")}
    return render(request, "cases/glass/break.html", context, status=422 if form.errors and status == 200 else status)


@require_POST
def glass_shut(request: PersonRequest, pk: int) -> HttpResponse:
    shut_glass(by=request.user, glass=own_glass(request.user, pk), now=timezone.now())
    messages.success(request, _("You no longer see the case."))
    return redirect("case_list")


@require_POST
def glass_see(request: PersonRequest, pk: int) -> HttpResponse:
    acknowledge_glass(by=request.user, glass=glass_of(request.user, pk))
    return redirect("home")
