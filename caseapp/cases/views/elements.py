"""What themes go to show in the whole office and in one case, and a piece of evidence by itself."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, evidence_of
from caseapp.cases.covering import Pointing, pointing_of
from caseapp.cases.elements import SYSTEMS, element_named, systems_of
from caseapp.cases.forms.coverage import ElementsForm
from caseapp.cases.queries import elements_said_of_theme
from caseapp.cases.services.elements import ElementsChangedMeanwhile, point_evidence, point_theme, rule_on_theme
from caseapp.core.fields import number_in
from caseapp.library.models import Theme
from caseapp.library.queries import theme_tree


@require_http_methods(["GET", "HEAD", "POST"])
def theme_elements(request: PersonRequest) -> HttpResponse:
    """Every theme with what it goes to show; with ?theme= one of them, to be changed."""
    require(request.user, Ability.SEE_CASES)
    if request.method == "POST":
        require(request.user, Ability.POINT_THEMES)
    theme = _theme_asked_for(request)
    if theme is None:
        context = {"rows": _rows(pointing_of()), "may_change": request.user.can(Ability.POINT_THEMES)}
        return render(request, "cases/element/list.html", context)
    form = ElementsForm(_sent(request), systems=SYSTEMS, standing=elements_said_of_theme(theme))
    context = {"theme": theme, "form": form, "cancel_url": reverse("theme_elements")}

    def save(elements: list[str], was: frozenset[str]) -> None:
        point_theme(by=request.user, theme=theme, elements=elements, was=was)

    return _saved(request, form, save, "cases/element/theme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_elements(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The same for one case, which may overrule the office."""
    case = case_of(request.user, pk)
    theme, pointing = _theme_asked_for(request), pointing_of(case)
    if theme is None:
        rows = _rows(pointing, forum=case.forum)
        return render(request, "cases/element/case_list.html", {"case": case, "rows": rows})
    systems = systems_of(case.forum)
    offered = [element.key for system in systems for element in system.elements]
    standing = pointing.goes_to[theme.pk].intersection(offered)
    form = ElementsForm(_sent(request), systems=systems, standing=standing)
    context = {"case": case, "theme": theme, "form": form, "cancel_url": reverse("case_elements", args=[case.pk])}

    def save(elements: list[str], was: frozenset[str]) -> None:
        rule_on_theme(by=request.user, case=case, theme=theme, elements=elements, was=was, offered=offered)

    return _saved(request, form, save, "cases/element/case_theme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_elements(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    systems = systems_of(case.forum)
    offered = {element.key for system in systems for element in system.elements}
    form = ElementsForm(_sent(request), systems=systems, standing=offered.intersection(item.elements))
    back = f"{reverse('case_evidence', args=[case.pk])}#evidence-{item.pk}"
    context = {"case": case, "item": item, "form": form, "cancel_url": back}

    def save(elements: list[str], was: frozenset[str]) -> None:
        point_evidence(by=request.user, evidence=item, elements=elements, was=was)

    return _saved(request, form, save, "cases/element/evidence.html", context)


def _saved(
    request: PersonRequest,
    form: ElementsForm,
    save: Callable[[list[str], frozenset[str]], None],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page of the form, or the way back once it is saved."""
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data["elements"], form.cleaned_data["was"])
        except ElementsChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect(context["cancel_url"])
    return render(request, template, context, status=status)


def _sent(request: PersonRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _theme_asked_for(request: PersonRequest) -> Theme | None:
    """None where the address names none; a theme that is not there is not found."""
    asked = request.GET.get("theme")
    themes: QuerySet[Theme] = Theme.objects.all()
    return get_object_or_404(themes, pk=number_in(asked) or 0) if asked else None


def _rows(pointing: Pointing, *, forum: str | None = None) -> list[dict[str, Any]]:
    """Every theme in its place, with the names of what it goes to; `is_ruled` where the case has its own word on it."""
    systems = systems_of(forum) if forum else SYSTEMS
    order = {element.key: place for place, element in enumerate(one for s in systems for one in s.elements)}
    rows = []
    for row in theme_tree():
        goes_to, office = (
            frozenset(found[row.theme.pk]) & order.keys() for found in (pointing.goes_to, pointing.office)
        )
        elements = [element for key in sorted(goes_to, key=order.__getitem__) if (element := element_named(key))]
        rows.append({"theme": row.theme, "depth": row.depth, "elements": elements, "is_ruled": goes_to != office})
    return rows
