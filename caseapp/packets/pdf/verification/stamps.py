"""The numbers on the pages, and those in the reader's page box."""

from collections.abc import Iterator

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.page import Page, Stamp
from caseapp.packets.pdf.verification.volume import Volume

_STRAIGHT = 1.0
_SMALLEST, _LARGEST = 7.0, 14.0
_SHOWN = 40


def stamps(volume: Volume) -> Iterator[Failure]:
    for number, page in enumerate(volume.pages, start=1):
        if page.stamp:
            yield from _stamp(volume, number, page, page.stamp)
        elif found := "".join(page.near_stamp.split())[:_SHOWN]:
            yield volume.failure("stamp", "stamp", number, found=found)
        else:
            yield volume.failure("stamp", "stamp-missing", number)


def _stamp(volume: Volume, number: int, page: Page, stamp: Stamp) -> Iterator[Failure]:
    box = stamp.box
    if box.left < 0 or box.bottom < 0 or box.right > page.width or box.top > page.height:
        yield volume.failure("stamp", "stamp-outside", number)
    elif not _is_in_place(page, stamp, volume.facts["stamp"]["position"], volume.facts["stamp"]["band"]):
        yield volume.failure("stamp", "stamp-place", number)
    if _STRAIGHT < stamp.angle % 360 < 360 - _STRAIGHT:
        yield volume.failure("stamp", "stamp-turned", number)
    if not _SMALLEST <= stamp.size <= _LARGEST:
        yield volume.failure("stamp", "stamp-size", number)
    if stamp.covered:
        yield volume.failure("stamp", "stamp-covers", number, words=stamp.covered[:_SHOWN])


def _is_in_place(page: Page, stamp: Stamp, position: str, band: float) -> bool:
    """At its edge, and in the third of the page that the forum names; on a page that is narrow, near enough."""
    edge, _, side = position.partition("-")
    box = stamp.box
    middle = (box.left + box.right) / 2 / page.width
    is_beside = {"left": middle < 0.5, "center": 0.25 < middle < 0.75, "right": middle > 0.5}.get(side, True)
    return is_beside and (box.top <= band if edge == "bottom" else box.bottom >= page.height - band)


def labels(volume: Volume) -> Iterator[Failure]:
    for page in range(1, volume.page_count + 1):
        label = volume.pdf.get_page_label(page - 1)
        if label != volume.stamp_of(page):
            yield volume.failure("page-label", "label", page, label=label)
