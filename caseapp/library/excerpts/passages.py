"""The excerpts of a capture, as the reader shows them."""

from django.db.models import Case, Count, QuerySet, Value, When
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.library.excerpts.vetting_queues import checkable_by
from caseapp.library.models import Capture, Excerpt
from caseapp.library.texts.page_text import Mark


def excerpts_in(capture: Capture, person: User) -> QuerySet[Excerpt]:
    """In the order of the text, with all that a card shows this person."""
    people = ("created_by", "changed_by", "checked_by", "approved_by", "sent_back_by")
    excerpts = capture.excerpts.select_related(*people).prefetch_related("themes")
    may_check = Case(When(checkable_by(person), then=Value(True)), default=Value(False))
    return excerpts.annotate(comment_count=Count("comments"), may_check=may_check).order_by("start", "end")


def places_of_excerpts(capture: Capture) -> list[str]:
    """For each excerpt in the order of the text "number:start:end:!" (! where it cuts against us), for the strip at the
    edge of the reader and for going from one to the next."""
    rows = capture.excerpts.order_by("start", "end").values_list("pk", "start", "end", "is_adverse")
    return [f"{pk}:{start}:{end}:{'!' if is_adverse else ''}" for pk, start, end, is_adverse in rows]


def mark_of(excerpt: Excerpt) -> Mark:
    themes = list(excerpt.themes.all())
    words = [theme.name for theme in themes] or [_("no theme yet")]
    if excerpt.is_adverse:
        words.append(_("cuts against us"))
    colours = tuple(theme.colour for theme in themes)
    return Mark(excerpt.pk, excerpt.start, excerpt.end, colours, excerpt.is_adverse, ", ".join(words))
