"""Making, changing and removing excerpts, and taking an approval back. In an open reader all this happens in place,
through htmx."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.library.access import capture_of, excerpt_of, require_library
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.resizing import steps
from caseapp.library.forms.excerpts import (
    BoundsForm,
    ChangeForm,
    LocatingForm,
    MoveForm,
    PassageForm,
    QuoteForm,
    RequoteForm,
)
from caseapp.library.models import Capture, Excerpt, Undo
from caseapp.library.queries import last_deed
from caseapp.library.services import excerpts as services
from caseapp.library.services.vetting import unapprove_excerpt
from caseapp.library.views.found import EXCERPT_ACTS, found_in_list, saved_searches
from caseapp.library.views.in_place import answer_in_place, is_in_place
from caseapp.library.views.undoing import say_done

form_page = require_http_methods(["GET", "HEAD", "POST"])
UNPROCESSABLE, CONFLICT = 422, 409
AROUND = 160  # characters of the article shown on each side of a passage whose bounds are being moved


@require_safe
def excerpt_list(request: PersonRequest) -> HttpResponse:
    """The passages of the whole library, by the same words and facets as its sources."""
    require_library(request.user)
    found = found_in_list(request, of_passages=True)
    context = {"found": found, "saved_searches": saved_searches(request, found), "acts": EXCERPT_ACTS}
    return render(request, "library/excerpt/list.html", context)


@form_page
def excerpt_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A passage selected in the reader comes with its bounds; without a script its words are pasted here."""
    capture = capture_of(request.user, pk, request.GET.get("version"))
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
            return _changed(request, excerpt, _("The excerpt was saved."), last_deed(request.user, excerpt.pk))
    return _form_page(request, "library/excerpt/add.html", form, source=capture.source, capture=capture)


def _add_selected(request: PersonRequest, capture: Capture) -> HttpResponse:
    language = capture.source.language
    form = PassageForm(request.POST, person=request.user, language=language, capture=capture)
    if form.is_valid():
        try:
            excerpt = services.quote_excerpt(by=request.user, capture=capture, **form.passage, **form.tags)
        except services.ExcerptRefused as refusal:
            _refuse(form, None, refusal)
        else:
            return _changed(request, excerpt, _("The excerpt was saved."), last_deed(request.user, excerpt.pk))
    if is_in_place(request):
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
            say_done(request, _saved_sentence(excerpt, changed), last_deed(request.user, changed.pk))
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
        if is_in_place(request):
            return _only_said(request)
        stale = isinstance(refusal, services.ExcerptChangedMeanwhile)
        shown = form if isinstance(form, RequoteForm) else _requote_form(excerpt)
        return _bounds_page(request, excerpt, shown, CONFLICT if stale else UNPROCESSABLE)
    is_other_than_translated = moved.translation and moved.quote != excerpt.quote
    if is_other_than_translated:
        messages.warning(request, _("The translation is of the words as they were. Look at it again."))
    if is_in_place(request):
        return _moved_in_place(request, excerpt, moved)
    say_done(request, _saved_sentence(excerpt, moved), last_deed(request.user, moved.pk))
    return redirect("excerpt_edit", moved.pk) if is_other_than_translated else redirect(moved)


def _moved_in_place(request: PersonRequest, before: Excerpt, moved: Excerpt) -> HttpResponse:
    changed = [Place(before.start, before.end), Place(moved.start, moved.end)]
    undo = last_deed(request.user, moved.pk) if changed[0] != changed[1] else None
    return answer_in_place(
        request, moved.capture, changed, says=_saved_sentence(before, moved), key=moved.pk, undo=undo
    )


def _only_said(request: PersonRequest) -> HttpResponse:
    """Nothing was changed; the messages say why, and the open reader stays as it is."""
    return render(request, "components/messages.html", {"in_place": True}, status=UNPROCESSABLE)


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
            return _only_said(request) if is_in_place(request) else redirect(excerpt)
        undo, says = last_deed(request.user, pk), _("The excerpt was removed. The text itself is as it was.")
        if is_in_place(request):
            place = Place(excerpt.start, excerpt.end)
            return answer_in_place(request, excerpt.capture, [place], says=says, undo=undo)
        say_done(request, says, undo)
        return redirect(source)
    context = {"excerpt": excerpt, "source": source, "cancel_url": excerpt.get_absolute_url()}
    return render(request, "library/excerpt/remove.html", context)


@require_POST
def excerpt_unapprove(request: PersonRequest, pk: int) -> HttpResponse:
    excerpt = excerpt_of(request.user, pk)
    require(request.user, Ability.APPROVE_EXCERPTS)
    changed = unapprove_excerpt(by=request.user, excerpt=excerpt, now=timezone.now())
    return _changed(request, changed, _("The approval was taken back."), last_deed(request.user, pk))


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
    if before.is_checked and not after.is_checked:
        return _("Saved. It has to be checked anew, for it was checked as it stood before.")
    return _("Saved.")


def _changed(request: PersonRequest, excerpt: Excerpt, sentence: str, undo: Undo | None = None) -> HttpResponse:
    """Back to the reader, or what has changed in the reader that is open."""
    if is_in_place(request):
        return _in_place(request, excerpt, sentence, undo)
    say_done(request, sentence, undo)
    return redirect(excerpt)


def _in_place(request: PersonRequest, excerpt: Excerpt, sentence: str = "", undo: Undo | None = None) -> HttpResponse:
    changed = [Place(excerpt.start, excerpt.end)]
    return answer_in_place(request, excerpt.capture, changed, says=sentence, key=excerpt.pk, undo=undo)
