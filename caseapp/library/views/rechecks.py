"""Passages of older versions that wait until somebody has looked whether the newest still says them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.library.access import recheck_of, require_library, source_of
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.recheck_queue import rechecks, settled_lately, sources_to_carry
from caseapp.library.forms.excerpts import LocatingForm, RequoteForm
from caseapp.library.forms.versions import KeepForm, PlaceForm
from caseapp.library.models import Recheck, Source
from caseapp.library.services import versions as services
from caseapp.library.services.excerpts import ExcerptRefused
from caseapp.library.views.undoing import say_done

ON_A_PAGE = 20
SETTLED_SHOWN = 10
UNPROCESSABLE = 422


@require_safe
def recheck_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    wanted = number_in(request.GET.get("source"))
    source = None if wanted is None else source_of(request.user, wanted)
    waiting = rechecks().filter(Recheck.waiting())
    context = {
        "source": source,
        "page": Paginator(waiting.filter(capture__source=source) if source else waiting, ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "to_carry": sources_to_carry(source),
        "settled": settled_lately(source)[:SETTLED_SHOWN],
    }
    return render(request, "library/recheck/list.html", context)


@require_POST
def recheck_carry(request: PersonRequest, pk: int) -> HttpResponse:
    recheck = recheck_of(request.user, pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("No place arrived, so nothing was changed. Choose one again."))
        return _back(recheck)
    return _carried(request, recheck, Place(form.cleaned_data["start"], form.cleaned_data["end"]))


def _carried(request: PersonRequest, recheck: Recheck, place: Place) -> HttpResponse:
    before = recheck.excerpt
    try:
        undo = services.carry_over(by=request.user, recheck=recheck, place=place, now=timezone.now())
    except ExcerptRefused as refusal:
        messages.error(request, str(refusal))
        return _back(recheck)
    recheck = recheck_of(request.user, recheck.pk)
    if before.is_checked and not recheck.excerpt.is_checked:
        said = (
            _("Carried over. What stands around it is other than it was, so the passage has to be checked anew.")
            if recheck.excerpt.quote == before.quote
            else _("Carried over. The words are others, so the passage has to be checked and approved anew.")
        )
    else:
        said = _("Carried over to version %(number)d.") % {"number": recheck.capture.number}
    say_done(request, said, undo)
    if recheck.excerpt.translation and recheck.excerpt.quote != before.quote:
        messages.warning(request, _("The translation is of the words as they were. Look at it again."))
        return redirect("excerpt_edit", recheck.excerpt_id)
    return _back(recheck)


@require_http_methods(["GET", "HEAD", "POST"])
def recheck_words(request: PersonRequest, pk: int) -> HttpResponse:
    """Other words of the newer version, pasted."""
    recheck = recheck_of(request.user, pk)
    first = recheck.places[0]["words"] if recheck.places else recheck.excerpt.quote
    initial = {"quote": first, "version": recheck.excerpt.version}
    form = RequoteForm(request.POST or None, capture=recheck.capture, initial=initial)
    if form.is_valid() and isinstance(form, LocatingForm) and form.located:
        return _carried(request, recheck, form.located)
    context = {"recheck": recheck, "source": recheck.capture.source, "form": form}
    return render(request, "library/recheck/words.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def recheck_keep(request: PersonRequest, pk: int) -> HttpResponse:
    recheck = recheck_of(request.user, pk)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        try:
            note = form.cleaned_data["note"]
            undo = services.keep_on_older(by=request.user, recheck=recheck, note=note, now=timezone.now())
        except ExcerptRefused as refusal:
            messages.error(request, str(refusal))
        else:
            number = recheck.excerpt.capture.number
            say_done(request, _("The passage stays on version %(number)d.") % {"number": number}, undo)
        return _back(recheck)
    context = {"recheck": recheck, "source": recheck.capture.source, "form": form, "cancel_url": _queue(recheck)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "library/recheck/keep.html", context, status=status)


@require_POST
def recheck_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    recheck = recheck_of(request.user, pk)
    try:
        services.reopen(by=request.user, recheck=recheck)
    except ExcerptRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The passage waits again."))
    return _back(recheck)


@require_POST
def recheck_exact(request: PersonRequest, pk: int) -> HttpResponse:
    source: Source = source_of(request.user, pk)
    carried, refused = services.carry_over_exact(by=request.user, source=source, now=timezone.now())
    said = ngettext("%(count)d passage was carried over.", "%(count)d passages were carried over.", carried)
    messages.success(request, said % {"count": carried})
    if refused:
        left = ngettext(
            "%(count)d was left: its place was trimmed away or is an excerpt already.",
            "%(count)d were left: their places were trimmed away or are excerpts already.",
            refused,
        )
        messages.warning(request, left % {"count": refused})
    return redirect(f"{reverse('recheck_list')}?source={source.pk}")


def _queue(recheck: Recheck) -> str:
    return f"{reverse('recheck_list')}?source={recheck.capture.source_id}"


def _back(recheck: Recheck) -> HttpResponse:
    return redirect(_queue(recheck))
