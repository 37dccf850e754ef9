"""What of an exhibit is shown: which pages of its file, or which stretches of its text. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from caseapp.packets.manifest import Exhibit, Passage
from caseapp.packets.pages import page_words
from caseapp.packets.pdf.words import counted
from caseapp.typesetting.blocks import blocks
from caseapp.typesetting.errors import PrintProblem

Stretch = tuple[int, int]
GAP = "[…]"
# What stands on a page of text, about; a text has no pages before it is set.
_PAGE_OF_TEXT = 2_600


class NothingCited(PrintProblem):
    """Only what is cited is to be shown, and nothing is."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: only what is cited is to be shown, but the case quotes nothing from it. "
                "Quote a passage, or show it whole."
            )
            % {"label": label, "title": title}
        )


class PassageNotShown(PrintProblem):
    """The index would cite a page that is left out."""

    def __init__(self, label: str, title: str, page: int) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: a passage in use stands on page %(page)s, which is not among the pages "
                "shown. Show that page, or take the passage out of the case’s evidence."
            )
            % {"label": label, "title": title, "page": page}
        )


def is_set_as_text(exhibit: Exhibit) -> bool:
    return exhibit.file is None or exhibit.include == "extract"


def shown_pages(exhibit: Exhibit) -> tuple[int, ...]:
    """The pages of its file, from 1. Raises NothingCited and PassageNotShown."""
    if exhibit.file is None:
        return ()
    every = range(1, exhibit.file.pages + 1)
    if exhibit.include == "whole":
        return tuple(every)
    cited = sorted({page for passage in exhibit.passages for page in pages_of(exhibit, passage)})
    if exhibit.include == "pages":
        if hidden := set(cited) - set(exhibit.pages_shown):
            raise PassageNotShown(exhibit.label, exhibit.title, min(hidden))
        return exhibit.pages_shown
    if not cited:
        raise NothingCited(exhibit.label, exhibit.title)
    around = exhibit.context_pages
    return tuple(page for page in every if any(abs(page - other) <= around for other in cited))


def pages_of(exhibit: Exhibit, passage: Passage) -> Iterator[int]:
    """The pages of its file on which a passage stands, from 1."""
    if exhibit.file:
        for page, (start, end, _label) in enumerate(exhibit.file.page_map, start=1):
            if start < passage.end and passage.start < end:
                yield page


def shown_stretches(exhibit: Exhibit) -> tuple[Stretch, ...]:
    """Of its text: whole paragraphs, in order. Raises NothingCited."""
    if exhibit.include in {"whole", "pages"}:
        return ((0, len(exhibit.text)),)
    if not exhibit.passages:
        raise NothingCited(exhibit.label, exhibit.title)
    around = 0 if exhibit.include == "extract" else _PAGE_OF_TEXT // 2 + exhibit.context_pages * _PAGE_OF_TEXT
    paragraphs = _paragraphs(exhibit.text)
    wanted = [(passage.start - around, passage.end + around) for passage in exhibit.passages]
    kept = [
        place
        for place, (start, end) in enumerate(paragraphs)
        if any(start < last and first < end for first, last in wanted)
    ]
    return tuple(_joined(paragraphs, kept))


def _paragraphs(text: str) -> list[Stretch]:
    """A very long paragraph is cut into blocks; here it is one again."""
    found: list[Stretch] = []
    for block in blocks(text):
        if block.continues:
            found[-1] = (found[-1][0], block.end)
        else:
            found.append((block.start, block.end))
    return found


def _joined(paragraphs: list[Stretch], kept: list[int]) -> Iterator[Stretch]:
    """Neighbours are one stretch."""
    first = kept[0]
    for place, following in pairwise([*kept, -1]):
        if following != place + 1:
            yield paragraphs[first][0], paragraphs[place][1]
            first = following


def is_whole(exhibit: Exhibit, stretches: tuple[Stretch, ...]) -> bool:
    return (
        len(stretches) == 1
        and not exhibit.text[: stretches[0][0]].strip()
        and not exhibit.text[stretches[0][1] :].strip()
    )


def shown_words(exhibit: Exhibit) -> str:
    """What the exhibit's head says of it, in English."""
    if exhibit.file and not is_set_as_text(exhibit):
        return _pages_words(shown_pages(exhibit), exhibit.file.pages)
    stretches = shown_stretches(exhibit)
    if not is_whole(exhibit, stretches):
        shown = sum(end - start for start, end in stretches)
        what = "extracts only: the paragraphs" if exhibit.include == "extract" else "in part: the text"
        return f"{what} around the cited passages, {shown:,} of {counted(len(exhibit.text), 'character', 'characters')}"
    before, after = exhibit.left_out_before, exhibit.left_out_after
    if not before and not after:
        return "the whole of the captured text"
    return (
        f"the article; {counted(before, 'character', 'characters')} of page furniture left out before it, "
        f"{counted(after, 'character', 'characters')} after it"
    )


def _pages_words(shown: tuple[int, ...], pages: int) -> str:
    """`pages 3–5 and 9 of 40 are shown`."""
    if len(shown) == pages:
        return "the whole document, " + counted(pages, "page", "pages")
    if len(shown) == 1:
        return f"page {shown[0]} of {pages} is shown"
    *others, last = page_words(shown).split(", ")
    return (
        f"pages {', '.join(others)} and {last} of {pages} are shown" if others else f"pages {last} of {pages} are shown"
    )
