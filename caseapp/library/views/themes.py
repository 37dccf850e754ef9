"""The tree of themes, and one theme with its passages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.library import theme_picker
from caseapp.library.access import require_library, theme_of
from caseapp.library.forms.themes import AddThemeForm, MergeForm, MoveForm, ThemeForm
from caseapp.library.models import Theme
from caseapp.library.queries import ancestors, merge_preview, passages_of, theme_tree
from caseapp.library.services.themes import (
    NameTaken,
    ThemeRefused,
    add_theme,
    change_theme,
    merge_themes,
    move_theme,
    remove_theme,
    step_theme,
)

PASSAGES_ON_A_PAGE = 50


@require_safe
def theme_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    return render(request, "library/theme/list.html", {"rows": theme_tree()})


@require_safe
def theme_options(request: PersonRequest) -> HttpResponse:
    """What the theme picker of an open page offers, as it is now; that page knows what is ticked."""
    require_library(request.user)
    return render(request, "library/theme/_options.html", {"options": theme_picker.theme_options(request.user)})


@require_safe
def theme_show(request: PersonRequest, pk: int) -> HttpResponse:
    theme = theme_of(request.user, pk)
    with_those_below = request.GET.get("below") != "0"
    passages = passages_of(theme, with_those_below=with_those_below)
    context = {
        "theme": theme,
        "ancestors": ancestors(theme),
        "children": theme.children.all(),
        "with_those_below": with_those_below,
        "page": Paginator(passages, PASSAGES_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "library/theme/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_add(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    form = AddThemeForm(request.POST or None, initial={"parent": request.GET.get("under")})
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
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_theme(by=request.user, theme=theme, **form.details)
        except ThemeRefused as refusal:
            form.add_error("name" if isinstance(refusal, NameTaken) else None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    return render(request, "library/theme/edit.html", _context(theme, form), status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_move(request: PersonRequest, pk: int) -> HttpResponse:
    """A step up or down among its siblings, or anywhere else in the tree."""
    theme = theme_of(request.user, pk)
    steps = {"up": -1, "down": 1}.get(request.POST.get("step", ""))
    if steps:
        step_theme(by=request.user, theme=theme, steps=steps)
        return _to_tree(theme)
    form = MoveForm(request.POST or None, theme=theme)
    if request.method == "POST" and form.is_valid():
        try:
            move_theme(by=request.user, theme=theme, parent=form.cleaned_data["parent"])
        except ThemeRefused as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, _("“%(theme)s” is moved.") % {"theme": theme})
            return _to_tree(theme)
    return render(request, "library/theme/move.html", _context(theme, form), status=_status(form))


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
        messages.success(request, _merged(theme, into, done.retagged))
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
        messages.success(request, _("“%(theme)s” is removed.") % {"theme": theme})
        return redirect("theme_list")
    context = {"theme": theme, "excerpts": theme.excerpts.count(), "children": theme.children.count()}
    return render(request, "library/theme/remove.html", context | {"cancel_url": theme.get_absolute_url()})


def _merged(theme: Theme, into: Theme, retagged: int) -> str:
    return ngettext(
        "“%(theme)s” is merged into “%(into)s”: %(n)d excerpt was tagged anew.",
        "“%(theme)s” is merged into “%(into)s”: %(n)d excerpts were tagged anew.",
        retagged,
    ) % {"theme": theme, "into": into, "n": retagged}


def _as_typed(theme: Theme) -> dict[str, str]:
    return {"name": theme.name, "definition": theme.definition, "colour": theme.colour}


def _context(theme: Theme, form: BaseForm) -> dict[str, Any]:
    back = {"cancel_url": theme.get_absolute_url(), "cancel_words": _("Leave it as it is")}
    return {"theme": theme, "form": form, **back}


def _to_tree(theme: Theme) -> HttpResponse:
    return redirect(f"{reverse('theme_list')}#theme-{theme.pk}")


def _status(form: BaseForm) -> int:
    return 422 if form.errors else 200
