"""Searches that a person keeps: saving the one that is shown, bringing one up to date, removing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import require_library, saved_search_of
from caseapp.library.forms.lists import SaveSearchForm
from caseapp.library.models import SavedSearch
from caseapp.library.services.saved_searches import SearchNameTaken, remove_search, renew_search, save_search
from caseapp.library.views.found import choices_in, url_of_search


@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_add(request: PersonRequest) -> HttpResponse:
    """The address of this page is that of the list, with of=passages for the list of passages."""
    require_library(request.user)
    form = SaveSearchForm(request.POST or None)
    choices, of_passages = choices_in(request.GET), request.GET.get("of") == "passages"
    if request.method == "POST" and form.is_valid():
        try:
            search = save_search(
                by=request.user, address=choices.address, is_of_passages=of_passages, **form.cleaned_data
            )
        except SearchNameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("“%(search)s” is saved.") % {"search": search})
            return redirect(url_of_search(search))
    base = reverse("excerpt_list" if of_passages else "source_list")
    context = {"form": form, "cancel_url": f"{base}?{choices.address}", "cancel_words": _("Back to the list")}
    return render(request, "library/saved_search/add.html", context, status=422 if form.errors else 200)


@require_POST
def saved_search_renew(request: PersonRequest, pk: int) -> HttpResponse:
    search = saved_search_of(request.user, pk)
    choices, of_passages = choices_in(request.GET), request.GET.get("of") == "passages"
    renew_search(by=request.user, search=search, address=choices.address, is_of_passages=of_passages)
    messages.success(request, _("“%(search)s” is saved.") % {"search": search})
    return redirect(url_of_search(search))


@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_remove(request: PersonRequest, pk: int) -> HttpResponse:
    search: SavedSearch = saved_search_of(request.user, pk)
    if request.method == "POST":
        remove_search(by=request.user, search=search)
        messages.success(request, _("“%(search)s” is removed.") % {"search": search})
        return redirect("source_list")
    context = {"search": search, "cancel_url": url_of_search(search)}
    return render(request, "library/saved_search/remove.html", context)
