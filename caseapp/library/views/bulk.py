"""Many rows of a list at once: the page that asks what exactly, and the deed."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.library.access import require_library, source_of
from caseapp.library.forms.lists import ADD, REMOVE, ChangeSourcesForm, TagForm
from caseapp.library.found.listing import Asked, PassageList, SourceList
from caseapp.library.found.narrowing import ThemeTree
from caseapp.library.models import Excerpt, Source
from caseapp.library.queries import Tagging
from caseapp.library.services.bulk import TooManyAtOnce, change_sources, tag_excerpts
from caseapp.library.views.found import OF_SOURCES, choices_in
from caseapp.library.views.undoing import say_done


@require_http_methods(["GET", "HEAD", "POST"])
def excerpts_tag(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    of_sources = request.GET.get("of") == OF_SOURCES
    back = _back_to(request, "source_list" if of_sources else "excerpt_list")
    ids = _passages_of(request) if of_sources and request.method != "POST" else _chosen(request, PassageList)
    if not ids:
        return _nothing_chosen(request, back, _("Tick at least one passage."))
    form = TagForm(request.POST or None, tree=ThemeTree())
    context: dict[str, Any] = {"form": form, "ids": ids, "cancel_url": back, "of": len(ids)}
    if request.method == "POST" and form.is_valid():
        add, remove = form.chosen(ADD), form.chosen(REMOVE)
        try:
            count, deed = tag_excerpts(by=request.user, excerpts=ids, add=add, remove=remove, now=timezone.now())
        except TooManyAtOnce as refusal:
            return render(request, "library/excerpt/tag.html", context | {"refusal": refusal}, status=422)
        words = ngettext("%(n)d passage was tagged anew.", "%(n)d passages were tagged anew.", count) % {"n": count}
        say_done(request, words, deed)
        return redirect(back)
    held = Counter(Tagging.objects.filter(excerpt__in=ids).values_list("theme_id", flat=True))
    context["rows"] = [(form[name], theme, held[theme.pk]) for name, theme in form.themes.items()]
    return render(request, "library/excerpt/tag.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sources_change(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    ids, back = _chosen(request, SourceList), _back_to(request, "source_list")
    if not ids:
        return _nothing_chosen(request, back, _("Tick at least one source."))
    form = ChangeSourcesForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "ids": ids, "cancel_url": back, "of": len(ids)}
    if request.method == "POST" and form.is_valid():
        try:
            count, deed = change_sources(by=request.user, sources=ids, values=form.values, now=timezone.now())
        except TooManyAtOnce as refusal:
            return render(request, "library/source/change.html", context | {"refusal": refusal}, status=422)
        words = ngettext("%(n)d source was changed.", "%(n)d sources were changed.", count) % {"n": count}
        say_done(request, words, deed)
        return redirect(back)
    return render(request, "library/source/change.html", context, status=422 if form.errors else 200)


def _chosen(request: PersonRequest, kind_of_list: type[SourceList] | type[PassageList]) -> list[int]:
    """The ticked rows, or all of the list; what is sent back from our own page stands there already."""
    if request.method == "POST":
        written = request.POST.get("ids", "").split(",")
    elif kind_of_list is PassageList and (source := _source_asked(request)):
        return sorted(source.capture.excerpts.values_list("pk", flat=True))
    elif request.GET.get("all"):
        return sorted(kind_of_list(Asked.of(choices_in(request.GET), request.user.pk)).ids)
    else:
        written = request.GET.getlist("row")
    ids = {pk for one in written if (pk := number_in(one)) is not None}
    model = Source if kind_of_list is SourceList else Excerpt
    return sorted(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))


def _passages_of(request: PersonRequest) -> list[int]:
    """All passages of the ticked sources."""
    of_sources = Excerpt.objects.filter(capture__source__in=_chosen(request, SourceList))
    return sorted(of_sources.values_list("pk", flat=True))


def _nothing_chosen(request: PersonRequest, back: str, words: str) -> HttpResponse:
    """The list itself says what of its address was not understood."""
    if not (request.GET.get("all") and Asked.of(choices_in(request.GET), request.user.pk).notices):
        messages.warning(request, words)
    return redirect(back)


def _source_asked(request: PersonRequest) -> Source | None:
    """Whose reader asks for all of its passages."""
    pk = number_in(request.GET.get("source"))
    return None if pk is None else source_of(request.user, pk)


def _back_to(request: PersonRequest, name: str) -> str:
    if source := _source_asked(request):
        return source.get_absolute_url()
    address = choices_in(request.GET).address
    return f"{reverse(name)}?{address}" if address else reverse(name)
