"""What is said of text files, and of what is set on paper here. The reader of text speaks for itself."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake import readers
from caseapp.intake.readers import text, txt
from caseapp.intake.report import Notice

Params = Mapping[str, str | int]
_UNREADABLE: dict[str, type[text.Unreadable]] = {
    error.__name__: error
    for error in (
        text.EmptyText,
        text.TextTooLong,
        text.NulCharacters,
        text.LoneSurrogates,
        text.ControlCharacters,
        text.TooManyMarks,
        txt.NotPlainText,
        txt.DamagedText,
        txt.UnknownEncoding,
    )
}


def _unreadable(params: Params) -> str:
    facts: dict[str, Any] = json.loads(str(params["facts"]))
    error = _UNREADABLE[str(params["error"])]
    if "first" in facts:
        facts["first"] = text.Place(**facts["first"])
    names = {field.name for field in dataclasses.fields(error)}
    return str(
        error(
            **{name: tuple(fact) if isinstance(fact, list) else fact for name, fact in facts.items() if name in names}
        )
    )


def _too_long(params: Params) -> str:
    return _(
        "This text has %(length)s characters; at most %(most)s can be printed as one document. Divide it into parts "
        "and add each part."
    ) % {"length": f"{params['length']:,}", "most": f"{params['most']:,}"}


def _too_many_pages(params: Params) -> str:
    return _(
        "On paper this document has %(pages)s pages; at most %(most)s can be taken in. Divide it into parts and add "
        "each part."
    ) % {"pages": f"{params['pages']:,}", "most": f"{params['most']:,}"}


def _no_words_in_page(params: Params) -> str:
    return _(
        "There are no words in this web page: it shows pictures, or what a program in it fetches. Open it in a "
        "browser, and copy the words or print the page as a PDF."
    )


def _words_lost(params: Params) -> str:
    return _(
        "The pages made from this file do not hold all of its words, so they are not used. Open it in the program it "
        "was made with, save it as a PDF, and add that."
    )


def _remark(notice: Notice) -> str:
    return readers.sentence_of(json.loads(notice.detail[0]) | {"sentence": ""})


def _by_code(notice: Notice) -> str:
    return ngettext(
        "%(count)s character cannot be printed, or would hide or reorder words, and is shown by its code: %(codes)s.",
        "%(count)s characters cannot be printed, or would hide or reorder words, and are shown by their codes: "
        "%(codes)s.",
        notice.count,
    ) % {"count": f"{notice.count:,}", "codes": ", ".join(notice.detail)}


NOTICES: dict[str, Callable[[Notice], str]] = {"text-remark": _remark, "letters-by-code": _by_code}
REFUSALS: dict[str, Callable[[Params], str]] = {
    "page-without-words": _no_words_in_page,
    "text": _unreadable,
    "text-too-long": _too_long,
    "too-many-pages": _too_many_pages,
    "words-lost": _words_lost,
}
