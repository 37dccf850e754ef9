"""Each quotation, token by token: on the pages that are cited, under its marks, and in the index."""

import re
from collections.abc import Iterator, Sequence

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.volume import Row, Volume
from caseapp.packets.pdf.words import short
from caseapp.typesetting.readback import folded, likeness, reads_back_exactly, stands

# Two readings of a page may differ in all else: hyphens at line ends, and signs of fonts that name them differently.
_SET_ASIDE = re.compile(r"[\W_]+")
_LIKE = 0.6


def cited(volume: Volume) -> Iterator[Failure]:
    for quotation in volume.here("quotations"):
        pages = quotation["pages"]
        if quotation.get("boxes"):
            yield from _marked(volume, quotation)
        elif not _stands(volume, quotation["quote"], pages):
            yield _failure(volume, quotation, pages, "quotation", "cited")


def _marked(volume: Volume, quotation: Row) -> Iterator[Failure]:
    """On the page of a file the words are read where they are marked: its reader's order may be another than ours."""
    boxes = [box for box in quotation["boxes"] if 0 < box[0] <= volume.page_count]
    wanted = _letters(quotation["quote"])
    there = _letters("".join(volume.words_in(box[0], box[1:]) for box in boxes))
    if wanted not in there:
        there = _letters("".join(volume.letters_in(box[0], box[1:]) for box in boxes))
    if sorted(wanted) == sorted(there):  # the same letters, in the order in which they were drawn
        there = wanted
    pages = sorted({box[0] for box in boxes})
    if pages != sorted(set(quotation["pages"])):
        yield _failure(volume, quotation, quotation["pages"], "quotation", "cited")
    elif wanted not in there and (reads_back_exactly(quotation["quote"]) or likeness(wanted, there) < _LIKE):
        told = {"quote": short(quotation["quote"]), "tab": quotation["tab"]}
        yield volume.failure("quotation", "quotation-marked", pages[0], **told)


def _letters(text: str) -> str:
    return _SET_ASIDE.sub("", folded(text))


def listed(volume: Volume) -> Iterator[Failure]:
    for quotation in volume.facts["quotations"]:
        entries = volume.index_pages(quotation)
        if not entries:
            yield volume.failure("index", "quotation-unlisted", tab=quotation["tab"])
        for pages in entries:
            if not _stands(volume, quotation["quote"], pages):
                yield _failure(volume, quotation, pages, "index", "index")


def _failure(volume: Volume, quotation: Row, pages: Sequence[int], rule: str, where: str) -> Failure:
    told = {"quote": short(quotation["quote"]), "tab": quotation["tab"], "first": pages[0], "last": pages[-1]}
    several = "-to" if len(pages) > 1 else ""
    return volume.failure(rule, f"quotation-{where}{several}", pages[0], **told)


def _stands(volume: Volume, quote: str, pages: Sequence[int]) -> bool:
    if not pages or pages[0] < 1 or pages[-1] > volume.page_count:
        return False
    return stands(quote, [volume.words(page) for page in range(pages[0], pages[-1] + 1)])
