"""Sources that tell one report: what is to be decided, what two of them share, and whose report it is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.library.access import capture_of, link_of, require_library, shared_passage_of, source_of
from caseapp.library.forms.families import ConfirmForm, LinkFilterForm
from caseapp.library.models import Link
from caseapp.library.origins.families import (
    earlier_of,
    history_of,
    links_listed,
    origin_context,
    origin_offers,
    origins_named,
    passage_pairs,
)
from caseapp.library.queries import last_deed_of, last_deed_to_link
from caseapp.library.services.families import (
    LinkChangedMeanwhile,
    NotInAFamily,
    choose_origin,
    confirm_link,
    dismiss_link,
    leave_family,
    reopen_link,
)
from caseapp.library.texts.page_text import paragraphs_of
from caseapp.library.views.undoing import say_done

LINKS_ON_A_PAGE = 50
# htmx stops asking when it is answered with this.
STOP_POLLING = 286


@require_safe
def origin_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = LinkFilterForm(request.GET)
    page = Paginator(links_listed(form.wanted), LINKS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/origin/list.html", {"form": form, "page": page, "is_narrowed": form.is_narrowed})


@require_safe
def origin_pair(request: PersonRequest, pk: int) -> HttpResponse:
    link = link_of(request.user, pk)
    return _pair_page(request, link, ConfirmForm(version=link.version, offers=origin_offers(link)))


def _pair_page(request: PersonRequest, link: Link, form: ConfirmForm, status: int = 200, **more: Any) -> HttpResponse:
    earlier = earlier_of(link)
    sides = [
        (link.one, link.share_one, origins_named(link.one_capture)[:3]),
        (link.other, link.share_other, origins_named(link.other_capture)[:3]),
    ]
    context = {
        "link": link,
        "sides": sides,
        "pairs": passage_pairs(link),
        "earlier": earlier,
        "later": (link.other if earlier == link.one else link.one) if earlier else None,
        "form": form,
        "history": history_of(link.one),
        **more,
    }
    return render(request, "library/origin/pair.html", context, status=status)


@require_POST
def origin_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    link = link_of(request.user, pk)
    form = ConfirmForm(request.POST, version=link.version, offers=origin_offers(link))
    if not form.is_valid():
        return _pair_page(request, link, form, status=422)
    name, version = form.cleaned_data["origin_name"], form.cleaned_data["version"]
    try:
        confirm_link(by=request.user, link=link, origin_name=name, version=version, now=timezone.now())
    except ValidationError as error:
        form.add_error(None if "origin_name" not in error.error_dict else "origin_name", error.messages)
        return _pair_page(request, link, form, status=422)
    except LinkChangedMeanwhile as error:
        return _pair_page(request, error.link, form, status=409, conflict=str(error))
    _say_decided(request, _("Both are one report now: %(origin)s.") % {"origin": name}, link)
    return _next(link)


@require_POST
def origin_dismiss(request: PersonRequest, pk: int) -> HttpResponse:
    def decide(link: Link, version: int) -> str:
        dismiss_link(by=request.user, link=link, version=version, now=timezone.now())
        return _("They are kept apart. Only new shared passages bring them up again.")

    return _decided(request, pk, decide)


@require_POST
def origin_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    def decide(link: Link, version: int) -> str:
        reopen_link(by=request.user, link=link, version=version)
        return _("The decision is taken back.")

    return _decided(request, pk, decide)


def _decided(request: PersonRequest, pk: int, decide: Callable[[Link, int], str]) -> HttpResponse:
    link = link_of(request.user, pk)
    try:
        said = decide(link, number_in(request.POST.get("version")) or 0)
    except LinkChangedMeanwhile as error:
        form = ConfirmForm(version=error.link.version, offers=origin_offers(error.link))
        return _pair_page(request, error.link, form, status=409, conflict=str(error))
    _say_decided(request, said, link)
    return _next(link)


def _say_decided(request: PersonRequest, sentence: str, link: Link) -> None:
    say_done(request, sentence, last_deed_to_link(request.user, link.pk))


def _next(link: Link) -> HttpResponse:
    return redirect("origin_pair", link.pk)


@require_safe
def origin_place(request: PersonRequest, pk: int, source_pk: int) -> HttpResponse:
    """To the paragraph of a source where a shared passage begins, in the reader."""
    passage = shared_passage_of(request.user, pk)
    link = passage.link
    if source_pk not in (link.one_id, link.other_id):
        raise Http404
    is_one = source_pk == link.one_id
    capture = link.one_capture if is_one else link.other_capture
    start, _end = passage.bounds(is_one=is_one)
    paragraphs = paragraphs_of(capture.text, capture.article_start, capture.article_end)
    at = next((one.start for one in reversed(paragraphs) if one.start <= start), capture.article_start)
    return redirect(f"{reverse('source_read', args=[source_pk])}#p{at}")


@require_safe
def origin_state(request: PersonRequest, pk: int) -> HttpResponse:
    """What is known of a source's origin, for a page that waits for the comparison."""
    capture = capture_of(request.user, pk)
    context = origin_context(capture)
    comparison = context["comparison"]
    status = STOP_POLLING if comparison is None or comparison.is_ended else 200
    return render(request, "library/origin/_state.html", {"source": capture.source, **context}, status=status)


@require_POST
def origin_choose(request: PersonRequest, pk: int) -> HttpResponse:
    """One click on an origin that the source names itself."""
    source = source_of(request.user, pk)
    try:
        choose_origin(by=request.user, source=source, origin_name=request.POST.get("name", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sentence = _("Its origin is %(origin)s now.") % {"origin": source.origin_name}
        say_done(request, sentence, last_deed_of(request.user, "origin.chosen"))
    return redirect(f"{reverse('source_details', args=[pk])}#origin")


@require_http_methods(["GET", "HEAD", "POST"])
def origin_leave(request: PersonRequest, pk: int) -> HttpResponse:
    source = source_of(request.user, pk)
    cancel_url = reverse("source_details", args=[pk])
    if request.method == "POST":
        try:
            leave_family(by=request.user, source=source, now=timezone.now())
        except NotInAFamily as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("“%(source)s” stands for itself again.") % {"source": source})
        return redirect(cancel_url)
    return render(request, "library/origin/leave.html", {"source": source, "cancel_url": cancel_url})
