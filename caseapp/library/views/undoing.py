"""Undoing: the button in a message after a deed, and a page that asks where there is no script."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.addresses import parts_of
from caseapp.library.access import capture_of, require_library, source_of, undo_of
from caseapp.library.excerpts.anchors import Place
from caseapp.library.models import Capture, Excerpt, Undo
from caseapp.library.queries import built_upon, deeds_of, last_deed_in
from caseapp.library.services import restoring  # noqa: F401 (it registers how excerpts are put back)
from caseapp.library.services import undoing as services
from caseapp.library.views.in_place import answer_in_place, is_in_place, is_read, version_in

DEEDS_ON_A_PAGE = 50
# By the kind of a deed, what the person did to what its label names.
DEEDS: dict[str, str | Promise] = {
    "excerpt.added": gettext_lazy("excerpted"),
    "excerpt.changed": gettext_lazy("changed what is said of"),
    "excerpt.moved": gettext_lazy("moved the bounds of"),
    "excerpt.removed": gettext_lazy("removed the excerpt"),
    "excerpt.vetted": gettext_lazy("decided about"),
    "excerpts.tagged": gettext_lazy("tagged many at once"),
    "sources.changed": gettext_lazy("changed many at once"),
    "origin.chosen": gettext_lazy("said who first made the report in"),
    "origin.decided": gettext_lazy("decided whether they are one report"),
    "recheck.settled": gettext_lazy("settled the re-check"),
    "suggestion.answered": gettext_lazy("answered the suggestion"),
    "suggestions.accepted": gettext_lazy("accepted many at once"),
    "theme.changed": gettext_lazy("changed the theme"),
    "theme.moved": gettext_lazy("moved the theme"),
    "theme.merged": gettext_lazy("merged the theme"),
    "theme.removed": gettext_lazy("removed the theme"),
}


def say_done(request: HttpRequest, sentence: str, undo: Undo | None) -> None:
    """A message with a button that undoes the deed."""
    words = render_to_string("library/undo/_message.html", {"sentence": sentence, "undo": undo})
    messages.success(request, mark_safe(words.strip()))  # noqa: S308 (the template escapes the sentence)


@require_safe
def undo_list(request: PersonRequest) -> HttpResponse:
    """What the person did lately, for as long as it can be undone."""
    require_library(request.user)
    deeds = deeds_of(request.user, timezone.now() - services.KEPT)
    page = Paginator(deeds, DEEDS_ON_A_PAGE).get_page(request.GET.get("page"))
    stale = built_upon(page)
    rows = [(deed, DEEDS.get(deed.kind, deed.kind), deed.pk in stale) for deed in page]
    context = {"page": page, "rows": rows, "days": services.KEPT.days}
    return render(request, "library/undo/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo_apply(request: PersonRequest, pk: int) -> HttpResponse:
    deed = undo_of(request.user, pk)
    if request.method != "POST":
        context = {"undo": deed, "did": DEEDS.get(deed.kind, deed.kind), "cancel_url": reverse("undo_list")}
        return render(request, "library/undo/apply.html", context)
    return _undone(request, deed)


@require_POST
def undo_last(request: PersonRequest, pk: int) -> HttpResponse:
    """What the person did last in this source: the key of the reader, after its message is gone."""
    source = source_of(request.user, pk)
    deed = last_deed_in(request.user, source)
    if deed is not None:
        return _undone(request, deed)
    messages.info(request, _("There is nothing here that you did and could undo."))
    if is_in_place(request):
        return render(request, "components/messages.html", {"in_place": True})
    return redirect(source)


def _undone(request: PersonRequest, deed: Undo) -> HttpResponse:
    before = _places(deed)
    try:
        shown = services.undo(by=request.user, undo_id=deed.pk, now=timezone.now())
    except services.UndoRefused as refusal:
        return _not_undone(request, str(refusal))
    changed = before | _places(deed)
    capture = _read_here(request, changed)
    if capture:
        return answer_in_place(request, capture, [place for _source, place in changed], says=_("Undone."))
    messages.success(request, _("Undone."))
    return _led_to(request, shown.get_absolute_url())


def _places(deed: Undo) -> set[tuple[int, Place]]:
    """Where the excerpt of the deed stands at this moment, with its source; nothing where it was of something else."""
    excerpts = Excerpt.objects.filter(pk=deed.payload.get("excerpt"))
    rows = excerpts.values_list("capture__source", "start", "end")
    return {(source, Place(start, end)) for source, start, end in rows}


def _read_here(request: PersonRequest, changed: set[tuple[int, Place]]) -> Capture | None:
    """The capture whose reader asks, if that is where the change is."""
    for source, _place in changed:
        asked = parts_of(request.headers.get("HX-Current-URL", "")).query
        capture = capture_of(request.user, source, version_in(asked))
        if is_read(request, capture):
            return capture
    return None


def _not_undone(request: PersonRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    if is_in_place(request):
        return render(request, "components/messages.html", {"in_place": True})
    return redirect("undo_list")


def _led_to(request: PersonRequest, address: str) -> HttpResponse:
    """A page that is open already would only jump to its anchor: it is loaded anew."""
    if not is_in_place(request):
        return redirect(address or "undo_list")
    here = parts_of(request.headers.get("HX-Current-URL", "")).path
    response = HttpResponse(status=204)
    if parts_of(address).path in ("", here) or here == reverse("undo_list"):
        response["HX-Refresh"] = "true"
    else:
        response["HX-Redirect"] = address
    return response
