"""The excerpts of a capture, as the reader shows them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseapp.library.models import Capture, Excerpt
from caseapp.library.page_text import Mark


def excerpts_in(capture: Capture) -> QuerySet[Excerpt]:
    """In the order of the text, with all that a card shows."""
    excerpts = capture.excerpts.select_related("created_by", "approved_by").prefetch_related("themes")
    return excerpts.order_by("start", "end")


def mark_of(excerpt: Excerpt) -> Mark:
    themes = list(excerpt.themes.all())
    words = [theme.name for theme in themes] or [_("no theme yet")]
    if excerpt.is_adverse:
        words.append(_("cuts against us"))
    colours = tuple(theme.colour for theme in themes)
    return Mark(excerpt.pk, excerpt.start, excerpt.end, colours, excerpt.is_adverse, ", ".join(words))
