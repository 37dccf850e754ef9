"""The index: each heading, each quotation as often as it has headings, each exhibit with its pages."""

from collections import Counter
from collections.abc import Iterator

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.parts import named
from caseapp.packets.pdf.verification.volume import Row, Volume, pages_of
from caseapp.packets.pdf.words import short
from caseapp.packets.plan import UNDER_A_TAB, page_range
from caseapp.typesetting.readback import folded, reads_back_exactly, stands


def headings(volume: Volume) -> Iterator[Failure]:
    part, whole = _index(volume)
    times = Counter(key for section in volume.facts["sections"] for key in section["quotations"])
    for section in volume.facts["sections"]:
        is_numbered = section["numeral"] and reads_back_exactly(section["name"])
        heading = f"{section['numeral']}. {section['name']}" if is_numbered else section["name"]
        if not stands(heading.casefold(), [whole]):
            yield volume.failure("index", "heading", part["first_page"], name=short(section["name"]))
        # What stands below it; manifests of earlier versions do not tell.
        detail = section.get("detail", "")
        if detail and reads_back_exactly(detail) and not stands(detail.casefold(), [whole]):
            yield volume.failure("index", "heading", part["first_page"], name=short(detail))
    linked = Counter(link["key"] for link in volume.references() if link["to"] == "passage")
    for quotation in volume.facts["quotations"]:
        found = min(len(volume.index_pages(quotation)), linked[quotation["key"]])
        if found < times[quotation["key"]] or not times[quotation["key"]]:
            yield volume.failure("index", "entries", quote=short(quotation["quote"]), tab=quotation["tab"])
    told = {quotation["key"] for quotation in volume.facts["quotations"]}
    for key in sorted(times.keys() - told):
        yield volume.failure("index", "passage-untold", key=key)


def entries(volume: Volume) -> Iterator[Failure]:
    """What stands beside the quotations, as often as it should: what they show, translations, citations, notes."""
    part, whole = _index(volume)
    there = folded(whole)
    times = Counter(words for section in volume.facts["sections"] for words in _texts(section))
    for words, wanted in times.items():
        is_there = there.count(folded(words.casefold())) >= wanted
        if not is_there and (reads_back_exactly(words) or not stands(words.casefold(), [whole])):
            yield volume.failure("index", "entry-words", part["first_page"], words=short(words))


def _texts(section: Row) -> Iterator[str]:
    for entry in section["entries"]:
        yield from entry["texts"]


def _index(volume: Volume) -> tuple[Row, str]:
    """The part, and its words without capitals."""
    part = next((part for part in volume.parts if part["kind"] == "index"), {"first_page": 1, "pages": 0})
    return part, "".join(volume.words(page) for page in pages_of(part) if page <= volume.page_count).casefold()


def exhibits(volume: Volume) -> Iterator[Failure]:
    """Each exhibit is listed with its tab, its title and its pages."""
    rows = {(link["to"], link["key"]): link for link in volume.references()}
    for exhibit in volume.facts["inputs"]:
        tab, pages = rows.get(("tab", exhibit["key"])), rows.get(("exhibit", exhibit["key"]))
        if tab is None or pages is None or max(tab["page"], pages["page"]) > volume.page_count:
            yield volume.failure("index", "list-absent", **named(exhibit))
            continue
        there = "".join(volume.words(page) for page in range(tab["page"], pages["page"] + 1))
        if not stands(exhibit["printed_title"], [there]):
            yield volume.failure("index", "list-title", tab["page"], **named(exhibit))
        shown = tuple(f"{name}-{exhibit['key']}" for name in UNDER_A_TAB)
        for link, sources in ((tab, (f"tab-{exhibit['key']}",)), (pages, shown)):
            first, last = _ends(volume, *sources)
            wanted = exhibit["tab"] if link is tab else page_range(volume.label(*first), volume.label(*last))
            if target(link) != first or link["says"] != wanted:
                yield volume.failure("index", "list-pages", link["page"], **named(exhibit))


def _ends(volume: Volume, *sources: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Volume and page where parts that follow each other begin and end."""
    pieces = [piece for source in sources for piece in volume.pieces(source)]
    if not pieces:
        return (0, 0), (0, 0)
    first, last = pieces[0], pieces[-1]
    return (first["volume"], first["first_page"]), (last["volume"], last["first_page"] + last["pages"] - 1)


def target(link: Row) -> tuple[int, int]:
    """Volume and page that a link, or a mention of another volume, leads to."""
    return link.get("target_volume", link["volume"]), link["target_page"]
