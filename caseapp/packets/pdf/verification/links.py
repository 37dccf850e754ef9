"""Links: each where the manifest says, leading where it says, printed as it says; and no other."""

import re
from collections.abc import Iterator, Mapping, Sequence

from caseapp.packets.pdf.seen import Box
from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.index import target
from caseapp.packets.pdf.verification.page import Link, same_box
from caseapp.packets.pdf.verification.volume import Row, Volume
from caseapp.typesetting.readback import folded, reads_back_exactly

_PAGES = re.compile(r"([0-9]{1,9}[A-Z]{0,9})(?:–([0-9]{1,9}[A-Z]{0,9}))?$")
_TOKEN = re.compile(r"\w+")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NEAR = 3.0
# Points above its words at which a link may land, and letters of a passage that must then stand below.
_ABOVE, _FIRST_LETTERS = 40.0, 12


def links(volume: Volume) -> Iterator[Failure]:
    told: dict[int, list[Row]] = {}
    for link in volume.here("links"):
        told.setdefault(link["page"], []).append(link)
    for nowhere in sorted(number for number in told if number > volume.page_count):
        yield volume.failure("link", "link-nowhere", nowhere)
    quotes = {quotation["key"]: quotation["quote"] for quotation in volume.facts["quotations"]}
    for number, page in enumerate(volume.pages, start=1):
        expected = told.get(number, [])
        inside = [link for link in page.links if not link.address]
        for outside in page.links:
            if outside.address and not _WEB.match(outside.address):
                yield volume.failure("link", "link-outside", number)
        for fact in expected:
            yield from _link(volume, fact, inside, quotes)
        if len(inside) != len(expected):
            yield volume.failure("link", "link-count", number, found=len(inside), planned=len(expected))
    for fact in volume.here("mentions"):
        yield from _printed(volume, fact)


def _link(volume: Volume, fact: Row, there: Sequence[Link], quotes: Mapping[str, str]) -> Iterator[Failure]:
    page, wanted = fact["page"], fact["target_page"]
    here = [link for link in there if same_box(link.box, fact["rect"], _NEAR)]
    if not here:
        yield volume.failure("link", "link-missing", page, target=wanted)
        return
    if not _is_visible(volume.pages[page - 1].visible, here[0].box):
        yield volume.failure("link", "link-off-page", page)
    landed = next((link for link in here if link.target != wanted), None)
    if landed:
        yield volume.failure("link", "link-lands", page, landed=landed.target, target=wanted)
    elif not all(_lands_well(volume, fact, link, quotes) for link in here):
        yield volume.failure("link", "link-place", page, target=wanted)
    if fact["to"] != "source":
        yield from _printed(volume, fact)


def _is_visible(visible: Box, box: Box) -> bool:
    """Some of it: a source's own link may reach over the edge."""
    return (
        box.left < visible.right and box.right > visible.left and box.bottom < visible.top and box.top > visible.bottom
    )


def _lands_well(volume: Volume, fact: Row, link: Link, quotes: Mapping[str, str]) -> bool:
    """On the page that can be seen; and where it leads to a passage, at its first words or a little above them."""
    if link.y is None:
        return True
    visible = volume.pages[link.target - 1].visible
    if not visible.bottom - _ABOVE <= link.y <= visible.top + _ABOVE:
        return False
    quote = quotes.get(fact["key"], "") if fact["to"] == "passage" else ""
    if not quote or not reads_back_exactly(quote) or volume.seen(link.target):
        return True
    first = folded(quote)[:_FIRST_LETTERS]
    below = folded(volume.words_in(link.target, (visible.left, visible.bottom, visible.right, link.y + 1)))
    band = (visible.left, link.y - 2 * _ABOVE, visible.right, link.y + 1)
    return first in below and first[:4] in folded(volume.words_in(link.target, band))


def _printed(volume: Volume, fact: Row) -> Iterator[Failure]:
    page, leads_to = fact["page"], target(fact)
    printed = volume.words_in(page, fact["rect"]) if page <= volume.page_count else ""
    if _tokens(printed) != _tokens(fact["says"]):
        said = " ".join(printed.split())
        yield volume.failure("link", "link-words", page, said=said, words=fact["says"])
    if fact["to"] != "tab" and _printed_pages(fact)[0] != volume.label(*leads_to):
        yield volume.failure("link", "link-says", page, words=fact["says"], target=leads_to[1])


def _tokens(text: str) -> list[str]:
    """Words and numbers in no order: on a line that also holds Arabic, a reader may give them in another one."""
    return sorted(_TOKEN.findall(text))


def _printed_pages(fact: Row) -> tuple[str, str]:
    """Labels of the first and the last page that the printed words name; they come last in them."""
    found = _PAGES.search(fact["says"])
    return (found[1], found[2] or found[1]) if found else ("", "")


def cited_pages(volume: Volume) -> Iterator[Failure]:
    """Each passage's links must print exactly the pages on which the passage was found."""
    pages = {
        quotation["key"]: [volume.label(quotation["volume"], page) for page in quotation["pages"]]
        for quotation in volume.facts["quotations"]
    }
    linked = set()
    for link in volume.references():
        if link["to"] != "passage":
            continue
        linked.add(link["key"])
        found = pages.get(link["key"], ["-"])
        if _printed_pages(link) != (found[0], found[-1]):
            yield volume.failure("link", "link-cites", link["page"])
    for key in sorted(pages.keys() - linked):
        yield volume.failure("link", "passage-unlinked", key=key)
