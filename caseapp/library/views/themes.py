"""The tree of themes, and one theme with its passages."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.differences import ChangedMeanwhile
from caseapp.library.access import require_library, theme_of
from caseapp.library.forms.themes import (
    AddThemeForm,
    BegunThemeForm,
    DropForm,
    MergeForm,
    MoveForm,
    PassageFilterForm,
    ThemeForm,
)
from caseapp.library.models import Theme
from caseapp.library.queries import ancestors, independent_by_theme, last_deed_to_theme, merge_preview, theme_tree
from caseapp.library.services import regrowing  # noqa: F401 (it registers how the tree is put back)
from caseapp.library.services.themes import (
    NameTaken,
    ThemeChangedMeanwhile,
    ThemeRefused,
    add_theme,
    change_theme,
    drop_theme,
    indent_theme,
    merge_themes,
    move_theme,
    outdent_theme,
    place_of,
    remove_theme,
    step_theme,
)
from caseapp.library.themes import picker
from caseapp.library.themes.pages import (
    PassageFilter,
    codebook,
    countries_of,
    examples_of,
    families,
    passages_narrowed,
    reach_of,
)
from caseapp.library.views.sources import CITATION_STYLES
from caseapp.library.views.undoing import say_done

PASSAGES_ON_A_PAGE = 50
PASSAGES_TO_PRINT = 500


@require_safe
def theme_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    rows = theme_tree()
    return render(request, "library/theme/list.html", {"rows": rows, "independent": independent_by_theme(rows)})


@require_safe
def theme_options(request: PersonRequest) -> HttpResponse:
    """What the theme picker of an open page offers, as it is now; that page knows what is ticked."""
    require_library(request.user)
    return render(request, "library/theme/_options.html", {"options": picker.theme_options(request.user)})


@require_POST
def theme_begin(request: PersonRequest) -> HttpResponse:
    """A theme that is missing while somebody tags: the picker with it in, or a sentence on why there is none."""
    require_library(request.user)
    form = BegunThemeForm(request.POST.get("name", ""))
    try:
        theme = add_theme(by=request.user, **form.details) if form.is_valid() else None
    except ThemeRefused as refusal:
        form.add_error(None, str(refusal))
        theme = None
    if theme is None:
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=422)
    response = render(request, "library/theme/_options.html", {"options": picker.theme_options(request.user)})
    response["HX-Trigger-After-Swap"] = json.dumps({"theme-begun": {"value": str(theme.pk)}})
    return response


@require_safe
def theme_show(request: PersonRequest, pk: int) -> HttpResponse:
    theme = theme_of(request.user, pk)
    form = PassageFilterForm(request.GET, countries_on_offer=countries_of(theme), styles=CITATION_STYLES)
    wanted = PassageFilter(**form.wanted)
    passages = passages_narrowed(theme, wanted)
    size = PASSAGES_TO_PRINT if "all" in request.GET else PASSAGES_ON_A_PAGE
    page = Paginator(passages, size).get_page(request.GET.get("page"))
    context = {
        "theme": theme,
        "ancestors": ancestors(theme),
        "children": theme.children.all(),
        "examples": examples_of(theme),
        "form": form,
        "with_those_below": wanted.with_those_below,
        "reach": reach_of(passages),
        "page": page,
        "families": list(families(page, theme, form.cleaned_data.get("style") or CITATION_STYLES[0][0])),
    }
    return render(request, "library/theme/show.html", context)


@require_safe
def theme_codebook(request: PersonRequest) -> HttpResponse:
    """What every theme means, to read and to print."""
    require_library(request.user)
    return render(request, "library/theme/codebook.html", {"entries": codebook()})


@require_http_methods(["GET", "HEAD", "POST"])
def theme_add(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = AddThemeForm(
        request.POST or None, initial={"parent": request.GET.get("under"), "name": request.GET.get("name", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            theme = add_theme(by=request.user, **form.details)
        except ThemeRefused as refusal:
            form.add_error("name" if isinstance(refusal, NameTaken) else None, str(refusal))
        else:
            messages.success(request, _("“%(theme)s” is added.") % {"theme": theme})
            return _to_tree(theme)
    context = {"form": form, "cancel_url": reverse("theme_list"), "cancel_words": _("Back to the themes")}
    return render(request, "library/theme/add.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: PersonRequest, pk: int) -> HttpResponse:
    theme = theme_of(request.user, pk)
    form = ThemeForm(request.POST or None, initial=_as_typed(theme))
    context = _context(theme, form)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            changed = change_theme(by=request.user, theme=theme, version=version, **form.details)
        except ThemeChangedMeanwhile as refusal:
            context |= {"conflict": str(refusal), "differences": form.differences_from(refusal.current)}
            return render(request, "library/theme/edit.html", context, status=409)
        except ThemeRefused as refusal:
            form.add_error("name" if isinstance(refusal, NameTaken) else None, str(refusal))
        else:
            _say_done(request, _("Saved."), changed.pk)
            return redirect(changed)
    return render(request, "library/theme/edit.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_move(request: PersonRequest, pk: int) -> HttpResponse:
    """A step in the tree, to the place it was dropped, or anywhere else in the tree."""
    theme = theme_of(request.user, pk)
    if {"step", "after"} & request.POST.keys():
        return _moved_in_tree(request, theme)
    form = MoveForm(request.POST or None, theme=theme)
    if request.method == "POST" and form.is_valid():
        try:
            parent, was = form.cleaned_data["parent"], form.cleaned_data["seen"] or None
            move_theme(by=request.user, theme=theme, parent=parent, was=was)
        except ChangedMeanwhile as error:
            differences = form.differences_from(error.standing)
            context = _context(theme, form) | {"conflict": str(error), "differences": differences}
            return render(request, "library/theme/move.html", context, status=409)
        except ThemeRefused as refusal:
            form.add_error("parent", str(refusal))
        else:
            _say_done(request, _("“%(theme)s” is moved.") % {"theme": theme}, theme.pk)
            return _to_tree(theme)
    return render(request, "library/theme/move.html", _context(theme, form), status=_status(form))


def _moved_in_tree(request: PersonRequest, theme: Theme) -> HttpResponse:
    """One step by a button or a key, or the place where it was dropped: after another theme, or inside it."""
    before = place_of(theme)
    form = DropForm(request.POST)
    try:
        match request.POST.get("step"):
            case "up":
                step_theme(by=request.user, theme=theme, steps=-1)
            case "down":
                step_theme(by=request.user, theme=theme, steps=1)
            case "in":
                indent_theme(by=request.user, theme=theme)
            case "out":
                outdent_theme(by=request.user, theme=theme)
            case _ if form.is_valid():
                drop_theme(by=request.user, theme=theme, **form.cleaned_data)
    except ThemeRefused as refusal:
        messages.error(request, str(refusal))
        return _to_tree(theme)
    if place_of(Theme.objects.get(pk=theme.pk)) != before:
        _say_done(request, _where(theme), theme.pk)
    return _to_tree(theme)


def _where(theme: Theme) -> str:
    """For who cannot see the tree: where in it the theme now stands."""
    theme = Theme.objects.select_related("parent").get(pk=theme.pk)
    among = Theme.objects.filter(parent=theme.parent_id).count()
    facts = {"theme": theme, "n": (place_of(theme)[1] or 0) + 1, "of": among, "parent": theme.parent}
    if theme.parent:
        return _("“%(theme)s” is now number %(n)d of %(of)d below “%(parent)s”.") % facts
    return _("“%(theme)s” is now number %(n)d of %(of)d at the top.") % facts


def _say_done(request: PersonRequest, sentence: str, theme_id: int) -> None:
    say_done(request, sentence, last_deed_to_theme(request.user, theme_id))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the other theme, see what will happen, then say yes."""
    theme = theme_of(request.user, pk)
    form = MergeForm(request.GET if "into" in request.GET else None, theme=theme)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        try:
            done = merge_themes(by=request.user, theme=theme, into=into)
        except ThemeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        _say_done(request, _merged(theme, into, done.retagged), pk)
        return redirect(into)
    preview = merge_preview(theme, into) if into else None
    context = _context(theme, form) | {"into": into, "preview": preview}
    return render(request, "library/theme/merge.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_remove(request: PersonRequest, pk: int) -> HttpResponse:
    theme = theme_of(request.user, pk)
    if request.method == "POST":
        try:
            remove_theme(by=request.user, theme=theme)
        except ThemeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(theme)
        _say_done(request, _("“%(theme)s” is removed.") % {"theme": theme}, pk)
        return redirect("theme_list")
    context = {"theme": theme, "excerpts": theme.excerpts.count(), "children": theme.children.count()}
    return render(request, "library/theme/remove.html", context | {"cancel_url": theme.get_absolute_url()})


def _merged(theme: Theme, into: Theme, retagged: int) -> str:
    return ngettext(
        "“%(theme)s” is merged into “%(into)s”: %(n)d excerpt was tagged anew.",
        "“%(theme)s” is merged into “%(into)s”: %(n)d excerpts were tagged anew.",
        retagged,
    ) % {"theme": theme, "into": into, "n": retagged}


def _as_typed(theme: Theme) -> dict[str, Any]:
    return {name: getattr(theme, name) for name in (*ThemeForm.Meta.fields, "version")}


def _context(theme: Theme, form: BaseForm) -> dict[str, Any]:
    back = {"cancel_url": theme.get_absolute_url(), "cancel_words": _("Leave it as it is")}
    return {"theme": theme, "form": form, **back}


def _to_tree(theme: Theme) -> HttpResponse:
    return redirect(f"{reverse('theme_list')}#theme-{theme.pk}")


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
