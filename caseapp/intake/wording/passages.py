"""What is said of the words of a PDF, and of the passages that are marked on its pages."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Notice

Params = Mapping[str, str | int]


def _unknown_characters(notice: Notice) -> str:
    return ngettext(
        "%(count)s sign on these pages stands for no letter that the file names, and is shown as “%(shown)s”: "
        "%(pages)s. Compare these places with the page before you quote them.",
        "%(count)s signs on these pages stand for no letters that the file names, and are shown as “%(shown)s”: "
        "%(pages)s. Compare these places with the page before you quote them.",
        notice.count,
    ) % {"count": f"{notice.count:,}", "shown": "\ufffd", "pages": ", ".join(notice.detail)}


def _hyphens_kept(notice: Notice) -> str:
    return ngettext(
        "%(count)s word is divided at the end of a line, and it cannot be told whether the hyphen is its own. It was "
        "left as it is printed.",
        "%(count)s words are divided at the end of a line, and it cannot be told whether the hyphen is their own. They "
        "were left as they are printed.",
        notice.count,
    ) % {"count": f"{notice.count:,}"}


def _words_too_many(params: Params) -> str:
    return _(
        "This PDF has more than %(most)s characters of text. Divide it into parts and add each part as a source."
    ) % {"most": f"{params['most']:,}"}


def _passage_not_on_page(params: Params) -> str:
    return _(
        "A passage could not be found again, letter for letter, on page %(page)s of the PDF, so it was not marked. Add "
        "the PDF again as a new source and select the passage there."
    ) % {"page": params["page"]}


NOTICES: dict[str, Callable[[Notice], str]] = {
    "unknown-characters": _unknown_characters,
    "hyphens-kept": _hyphens_kept,
}
REFUSALS: dict[str, Callable[[Params], str]] = {
    "words-too-many": _words_too_many,
    "passage-not-on-page": _passage_not_on_page,
}
