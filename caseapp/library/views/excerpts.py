"""Making, changing, approving and removing excerpts. In an open reader all this happens in place, through htmx."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.library.access import capture_of, excerpt_of
from caseapp.library.anchors import Place
from caseapp.library.forms.excerpts import (
    BoundsForm,
    ChangeForm,
    LocatingForm,
    MoveForm,
    PassageForm,
    QuoteForm,
    RequoteForm,
    VersionForm,
)
from caseapp.library.models import Capture, Excerpt
from caseapp.library.resizing import steps
from caseapp.library.services import excerpts as services
from caseapp.library.views.reader import changed_in_place

form_page = require_http_methods(["GET", "HEAD", "POST"])
UNPROCESSABLE, CONFLICT = 422, 409
AROUND = 160  # characters of the article shown on each side of a passage whose bounds are being moved


@form_page
def excerpt_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A passage selected in the reader comes with its bounds; without a script its words are pasted here."""
    capture = capture_of(request.user, pk)
    if "start" in request.POST:
        return _add_selected(request, capture)
    language = capture.source.language
    form = QuoteForm(request.POST or None, person=request.user, language=language, capture=capture)
    if form.is_valid() and form.located:
        try:
            excerpt = services.quote_excerpt(
                by=request.user, capture=capture, start=form.located.start, end=form.located.end, **form.tags
            )
        except services.ExcerptRefused as refusal:
            _refuse(form, "quote", refusal)
        else:
            messages.success(request, _("The excerpt was saved."))
            return redirect(excerpt)
    return _form_page(request, "library/excerpt/add.html", form, source=capture.source, capture=capture)


def _add_selected(request: PersonRequest, capture: Capture) -> HttpResponse:
    language = capture.source.language
    form = PassageForm(request.POST, person=request.user, language=language, source_pk=capture.source_id)
    if form.is_valid():
        try:
            excerpt = services.quote_excerpt(by=request.user, capture=capture, **form.passage, **form.tags)
        except services.ExcerptRefused as refusal:
            _refuse(form, None, refusal)
        else:
            return _changed(request, excerpt, _("The excerpt was saved."))
    if _is_in_place(request):
        context = {"form": form, "source": capture.source}
        return render(request, "library/reader/_panel_form.html", context, status=UNPROCESSABLE)
    return _form_page(request, "library/excerpt/add.html", form, source=capture.source, capture=capture)


@form_page
def excerpt_edit(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    form = ChangeForm(request.POST or None, person=request.user, excerpt=excerpt)
    current = None
    if form.is_valid():
        try:
            changed = services.change_excerpt(
                by=request.user, excerpt=excerpt, version=form.cleaned_data["version"], **form.tags
            )
        except services.ExcerptChangedMeanwhile as refusal:
            current = refusal.current
            form.renewed(current.version)
            _refuse(form, None, refusal)
        except services.ExcerptGone as refusal:
            _refuse(form, None, refusal)
        else:
            messages.success(request, _saved_sentence(excerpt, changed))
            return redirect(changed)
    context = {"excerpt": excerpt, "source": excerpt.capture.source, "current": current}
    return _form_page(request, "library/excerpt/edit.html", form, status=CONFLICT if current else None, **context)


@form_page
def excerpt_bounds(request: PersonRequest, pk: int) -> HttpResponse:
    """Grow and shrink step by step (links that change nothing), then save; or paste the new words."""
    excerpt = excerpt_of(request.user, pk)
    if "quote" in request.POST:
        return _requote(request, excerpt)
    if request.method == "POST":
        form = MoveForm(request.POST)
        if form.is_valid():
            return _move(request, excerpt, Place(form.cleaned_data["start"], form.cleaned_data["end"]), form)
        messages.error(request, _("These bounds are no numbers, so nothing was changed. Choose them anew."))
    return _bounds_page(request, excerpt, _requote_form(excerpt))


def _requote(request: PersonRequest, excerpt: Excerpt) -> HttpResponse:
    form = RequoteForm(request.POST, capture=excerpt.capture)
    if form.is_valid() and form.located:
        return _move(request, excerpt, form.located, form)
    return _bounds_page(request, excerpt, form, UNPROCESSABLE)


def _move(request: PersonRequest, excerpt: Excerpt, place: Place, form: MoveForm | RequoteForm) -> HttpResponse:
    try:
        moved = services.move_bounds(
            by=request.user, excerpt=excerpt, start=place.start, end=place.end, version=form.cleaned_data["version"]
        )
    except services.ExcerptRefused as refusal:
        messages.error(request, str(refusal))
        stale = isinstance(refusal, services.ExcerptChangedMeanwhile)
        shown = form if isinstance(form, RequoteForm) else _requote_form(excerpt)
        return _bounds_page(request, excerpt, shown, CONFLICT if stale else UNPROCESSABLE)
    messages.success(request, _saved_sentence(excerpt, moved))
    if moved.translation and moved.quote != excerpt.quote:
        messages.warning(request, _("The translation is of the words as they were. Look at it again."))
        return redirect("excerpt_edit", moved.pk)
    return redirect(moved)


def _requote_form(excerpt: Excerpt) -> RequoteForm:
    return RequoteForm(capture=excerpt.capture, initial={"quote": excerpt.quote, "version": excerpt.version})


def _bounds_page(request: PersonRequest, excerpt: Excerpt, form: RequoteForm, status: int = 200) -> HttpResponse:
    capture = excerpt.capture
    article = Place(capture.article_start, capture.article_end)
    place = _wished_place(request, article) or Place(excerpt.start, excerpt.end)
    context = {
        "excerpt": excerpt,
        "source": capture.source,
        "form": form,
        "place": place,
        "is_changed": place != (excerpt.start, excerpt.end),
        "before": capture.text[max(article.start, place.start - AROUND) : place.start],
        "words": capture.text[place.start : place.end],
        "after": capture.text[place.end : min(article.end, place.end + AROUND)],
        "is_cut_before": place.start - AROUND > article.start,
        "is_cut_after": place.end + AROUND < article.end,
        "steps": list(steps(capture.text, place, article)),
    }
    return render(request, "library/excerpt/bounds.html", context, status=status)


def _wished_place(request: PersonRequest, article: Place) -> Place | None:
    """The bounds in the address, if they lie in the article; whatever else stands there is passed over."""
    form = BoundsForm(request.GET)
    if not form.is_valid():
        return None
    place = Place(form.cleaned_data["start"], form.cleaned_data["end"])
    return place if article.start <= place.start < place.end <= article.end else None


@form_page
def excerpt_remove(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    source = excerpt.capture.source
    if request.method == "POST":
        try:
            services.remove_excerpt(by=request.user, excerpt=excerpt)
        except services.ExcerptRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(excerpt)
        messages.success(request, _("The excerpt was removed. The text itself is as it was."))
        return redirect(source)
    context = {"excerpt": excerpt, "source": source, "cancel_url": excerpt.get_absolute_url()}
    return render(request, "library/excerpt/remove.html", context)


@require_POST
def excerpt_approve(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    require(request.user, Ability.APPROVE_EXCERPTS)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _not_changed(request, excerpt, _("Look at the excerpt again before you approve it."))
    try:
        approved = services.approve_excerpt(
            by=request.user, excerpt=excerpt, now=timezone.now(), version=form.cleaned_data["version"]
        )
    except services.ExcerptRefused:
        sentence = _("Somebody changed this excerpt meanwhile, so it was not approved. Read it again as it is now.")
        return _not_changed(request, excerpt, sentence)
    return _changed(request, approved, _("The excerpt is approved."))


@require_POST
def excerpt_unapprove(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    require(request.user, Ability.APPROVE_EXCERPTS)
    changed = services.unapprove_excerpt(by=request.user, excerpt=excerpt)
    return _changed(request, changed, _("The approval was taken back."))


def _form_page(
    request: PersonRequest, template: str, form: Any, *, status: int | None = None, **context: Any
) -> HttpResponse:
    failed = UNPROCESSABLE if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status or failed)


def _refuse(form: LocatingForm | PassageForm | ChangeForm, field: str | None, refusal: services.ExcerptRefused) -> None:
    """Say why in the form, which keeps what was entered. `form.same` leads on where the passage is an excerpt."""
    form.add_error(field, str(refusal))
    if isinstance(refusal, services.AlreadyExcerpted) and not isinstance(form, ChangeForm):
        form.same = refusal.excerpt


def _saved_sentence(before: Excerpt, after: Excerpt) -> str:
    if before.is_approved and not after.is_approved:
        return _("Saved. The approval has fallen away, for it was of the excerpt as it stood before.")
    return _("Saved.")


def _changed(request: PersonRequest, excerpt: Excerpt, sentence: str) -> HttpResponse:
    """Back to the reader, or what has changed in the reader that is open."""
    if _is_in_place(request):
        return _in_place(request, excerpt, sentence)
    messages.success(request, sentence)
    return redirect(excerpt)


def _not_changed(request: PersonRequest, excerpt: Excerpt, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return _in_place(request, excerpt) if _is_in_place(request) else redirect(excerpt)


def _is_in_place(request: PersonRequest) -> bool:
    return "HX-Request" in request.headers


def _in_place(request: PersonRequest, excerpt: Excerpt, sentence: str = "") -> HttpResponse:
    """Done is said to screen readers alone: the others see it, and a notice would push the text down."""
    context = changed_in_place(request.user, excerpt.capture, [(excerpt.start, excerpt.end)]) | {"says": sentence}
    response = render(request, "library/reader/_changed.html", context)
    response["HX-Trigger-After-Settle"] = json.dumps({"excerpt-changed": {"key": excerpt.pk}})
    return response
