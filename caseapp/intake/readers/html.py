"""Web pages: what a child process found in one (see `intake.web`), as a reading with its notices.

Nothing is refused for being odd; what was guessed, and how much of the page was taken, is said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from caseapp.intake.readers.reading import Found, Reading
from caseapp.intake.readers.text import Notice, check_text, notices_of, place_of
from caseapp.intake.readers.txt import DecodedAsWindows1252

MEDIA_TYPE = "text/html"
EXTENSIONS = (".html", ".htm", ".xhtml", ".xht")
# Below this share of the words that a page shows, a person should compare.
_SMALL_PERCENT = 25
_ACCENTED = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class WholePage(Notice):
    kind: ClassVar[str] = "whole-page"

    def __str__(self) -> str:
        return _(
            "No article stands out in this page, so all the words that it shows were taken, those of menus too. Trim "
            "off what does not belong to the article."
        )


@dataclass(frozen=True)
class PartOfPage(Notice):
    kind: ClassVar[str] = "part-of-page"
    percent: int

    def __str__(self) -> str:
        return _(
            "The article that was found is %(percent)s%% of the words that this page shows; the rest was taken for "
            "menus, comments and other articles. Compare with the published page. If something is missing, copy the "
            "words there and paste them."
        ) % {"percent": self.percent}


@dataclass(frozen=True)
class FromPageData(Notice):
    kind: ClassVar[str] = "from-page-data"

    def __str__(self) -> str:
        return _(
            "This page shows its article only by means of a program in it. The words were taken from the data for that "
            "program: compare them with the published page."
        )


@dataclass(frozen=True)
class OtherEncoding(Notice):
    kind: ClassVar[str] = "other-encoding"
    said: str
    used: str

    def __str__(self) -> str:
        return _(
            "This page says that its letters are written in %(said)s, but they are in %(used)s and were read so. Check "
            "the accents."
        ) % {"said": self.said, "used": self.used}


def reading_of(answer: Mapping[str, Any]) -> Reading:
    """Raises one of the classes of `Unreadable`: the child is believed in nothing that can be checked."""
    text = check_text(answer["text"])
    headings = tuple((start, end, level) for start, end, level in answer["headings"] if end <= len(text))
    return Reading(
        text,
        MEDIA_TYPE,
        answer["encoding"],
        (*_notices(answer, text), *notices_of(text)),
        headings if text == answer["text"] else (),
        Found(**answer["found"]),
    )


def _notices(answer: Mapping[str, Any], text: str) -> Iterator[Notice]:
    if answer["taken"] == "whole":
        yield WholePage()
    elif answer["taken"] == "data":
        yield FromPageData()
    elif answer["percent"] < _SMALL_PERCENT:
        yield PartOfPage(answer["percent"])
    accented = _ACCENTED.search(text)
    if answer["encoding_said"]:
        yield OtherEncoding(answer["encoding_said"], answer["encoding"])
    elif answer["is_encoding_guessed"] and accented:
        yield DecodedAsWindows1252(len(_ACCENTED.findall(text)), place_of(text, accented.start()).line)
