"""Publishers: the list, the card of one, writing and merging cards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import publisher_of, require_library
from caseapp.library.forms.publishers import ASSESSED, PublisherForm, PublisherMergeForm
from caseapp.library.models import Publisher
from caseapp.library.publishers.cards import card_of, other_spellings, publishers_listed, sources_of
from caseapp.library.services.publishers import (
    Assessment,
    PublisherChangedMeanwhile,
    PublisherGone,
    PublisherRefused,
    add_publisher,
    change_publisher,
    merge_publishers,
)

form_page = require_http_methods(["GET", "HEAD", "POST"])
PUBLISHERS_ON_A_PAGE, SOURCES_SHOWN = 50, 50
UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def publisher_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    page = Paginator(publishers_listed(), PUBLISHERS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/publisher/list.html", {"page": page})


@form_page
def publisher_add(request: PersonRequest) -> HttpResponse:
    """`name` in the address is the publisher of a source, as it stands there."""
    require_library(request.user)
    name = request.GET.get("name", "")[:200]
    standing = card_of(name) if name and request.method != "POST" else None
    if standing:
        return redirect(standing)
    form = PublisherForm(request.POST if request.method == "POST" else None, name=name)
    if form.is_valid():
        try:
            publisher = add_publisher(
                by=request.user,
                assessment=Assessment(**form.assessment),
                spellings=form.cleaned_data["spellings"],
                now=timezone.now(),
            )
        except PublisherRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The card is saved."))
            return redirect(publisher)
    context = {"form": form, "cancel_url": reverse("publisher_list"), "cancel_words": _("Back to the publishers")}
    return render(request, "library/publisher/add.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_safe
def publisher_show(request: PersonRequest, pk: int) -> HttpResponse:
    publisher = publisher_of(request.user, pk)
    form = PublisherForm(publisher=publisher)
    context = {
        "publisher": publisher,
        "fields": [(form[name].label, getattr(publisher, name)) for name in ASSESSED],
        "spellings": other_spellings(publisher),
        "page": Paginator(sources_of(publisher), SOURCES_SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "library/publisher/show.html", context)


@form_page
def publisher_edit(request: PersonRequest, pk: int) -> HttpResponse:
    publisher = publisher_of(request.user, pk)
    form = PublisherForm(request.POST if request.method == "POST" else None, publisher=publisher)
    context = {"publisher": publisher, "form": form, **_back_to(publisher)}
    if form.is_valid():
        try:
            change_publisher(
                by=request.user,
                publisher=publisher,
                assessment=Assessment(**form.assessment),
                spellings=form.cleaned_data["spellings"],
                version=form.cleaned_data["version"] or 0,
                now=timezone.now(),
            )
        except PublisherChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.current)}
            return render(request, "library/publisher/edit.html", context, status=CONFLICT)
        except PublisherRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The card is saved."))
            return redirect(publisher)
    return render(request, "library/publisher/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@form_page
def publisher_merge(request: PersonRequest, pk: int) -> HttpResponse:
    publisher = publisher_of(request.user, pk)
    form = PublisherMergeForm(request.POST if request.method == "POST" else None, publisher=publisher)
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            stays = merge_publishers(by=request.user, publisher=publisher, into=into)
        except PublisherGone as refusal:
            messages.error(request, str(refusal))
            return redirect("publisher_list")
        except PublisherRefused as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(request, _("Merged. All its names lead here now."))
            return redirect(stays)
    context = {"publisher": publisher, "form": form, **_back_to(publisher)}
    return render(request, "library/publisher/merge.html", context, status=UNPROCESSABLE if form.errors else 200)


def _back_to(publisher: Publisher) -> dict[str, str]:
    return {"cancel_url": publisher.get_absolute_url(), "cancel_words": _("Leave it as it is")}
