"""A finished packet, reopened with a second library (PDFium) and held against its published manifest.

Nothing here knows how the file was made: it reads pages as a clerk's program would, and says in sentences what does
not agree. An empty answer means that every exhibit's pages hold the whole of its text and nothing else, as far as a
reader can tell (see `wholeness`), every quotation stands word for word on the page the index gives and under each of
its themes, every exhibit is listed with its pages, every link and bookmark lands where it says, every page carries
its own number, and the file says nothing about who made it.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import Any, Protocol

import pypdfium2
import pypdfium2.raw as pdfium
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.packets.pdf.published import read_published
from caseapp.packets.pdf.words import short
from caseapp.packets.plan import page_range
from caseapp.typesetting.readback import reads_back_exactly, stands
from caseapp.typesetting.wholeness import Shortfall, shortfall

_METADATA = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped")
_ALLOWED_METADATA = {"Title", "Producer"}
_PAGES = re.compile(r"([0-9]{1,9}[A-Z]{0,9})(?:–([0-9]{1,9}[A-Z]{0,9}))?$")
_TOKEN = re.compile(r"\w+")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NEAR = 3.0


class VolumeFile(Protocol):
    @property
    def file_name(self) -> str: ...

    @property
    def path(self) -> Path: ...


@dataclass(frozen=True)
class Failure:
    """One thing that does not agree. `page` is the place in its file, or None where it concerns a whole file."""

    rule: str
    page: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass
class _Packet:
    """The published facts beside the open file; texts of page boxes are read once."""

    facts: Mapping[str, Any]
    row: Mapping[str, Any]
    pdf: pypdfium2.PdfDocument
    read: dict[tuple[int, tuple[float, ...]], str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return len(self.pdf)

    def text(self, page: int, box: Sequence[float]) -> str:
        """The words in a box (left, bottom, right, top) of a page of this file, from 1."""
        spot = (page, tuple(box))
        if spot not in self.read:
            opened = self.pdf[page - 1]
            words = opened.get_textpage()
            for wanted in {tuple(box), self.body_box(page)}:  # opening a page costs more than reading it
                self.read[page, wanted] = words.get_text_bounded(*wanted)
            words.close()
            opened.close()
        return self.read[spot]

    @property
    def volume(self) -> int:
        number: int = self.row["number"]
        return number

    @cached_property
    def parts(self) -> list[Mapping[str, Any]]:
        """The parts that stand in this volume."""
        return self.here("parts")

    def here(self, name: str) -> list[Mapping[str, Any]]:
        return [row for row in self.facts[name] if row["volume"] == self.volume]

    def pieces(self, source: str) -> list[Mapping[str, Any]]:
        """The pieces of a part over all volumes, without the sheets that stand before its later pieces."""
        return [part for part in self.facts["parts"] if part["source"] == source]

    def index_pages(self, quotation: Mapping[str, Any]) -> list[list[int]]:
        return [row["pages"] for row in quotation["index_pages"] if row["volume"] == self.volume]

    def references(self) -> list[Mapping[str, Any]]:
        """All that the index of this volume says of where something is, clickable or in words only."""
        return [link for link in (*self.here("links"), *self.here("mentions")) if link["to"] != "source"]

    def label(self, volume: int, page: int) -> str:
        """The label of a page of any volume; nothing where there is no such page."""
        labels: list[str] = next((row["labels"] for row in self.facts["volumes"] if row["number"] == volume), [])
        return labels[page - 1] if 0 < page <= len(labels) else ""

    def body(self, page: int) -> str:
        return self.text(page, self.body_box(page))

    def body_box(self, page: int) -> tuple[float, ...]:
        """Where the words of this page stand; nowhere if it belongs to no part."""
        for part in self.parts:
            if part["first_page"] <= page < part["first_page"] + part["pages"]:
                return tuple(part["body"])
        return (0.0, 0.0, 0.0, 0.0)


def verify_packet(published: bytes, volumes: Iterable[VolumeFile]) -> tuple[Failure, ...]:
    """Every disagreement between the published manifest and the files, check by check. Raises `NotAManifest`."""
    facts = read_published(published)
    files = {volume.file_name: volume.path for volume in volumes}
    divided: dict[str, list[str]] = {}
    failures: list[Failure] = []
    for row in facts["volumes"]:
        if row["file"] not in files:
            failures.append(Failure("file", None, _("The file “%(name)s” is missing.") % {"name": row["file"]}))
        else:
            failures += _volume_failures(facts, row, files[row["file"]], divided)
    failures += _divided(facts, divided)
    for name in sorted(files.keys() - {row["file"] for row in facts["volumes"]}):
        failures.append(Failure("file", None, _("The file “%(name)s” is not in the manifest.") % {"name": name}))
    return tuple(failures)


def _volume_failures(
    facts: Mapping[str, Any], row: Mapping[str, Any], path: Path, divided: dict[str, list[str]]
) -> list[Failure]:
    failures = list(_file(row, path))
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return [*failures, Failure("file", None, _("The file “%(name)s” cannot be opened.") % {"name": row["file"]})]
    try:
        packet = _Packet(facts, row, pdf)
        if packet.pages != row["pages"]:
            # Every other check counts on the plan, so one sentence says it all.
            told = _("The file has %(found)s pages, but the plan has %(planned)s.") % {
                "found": packet.pages,
                "planned": row["pages"],
            }
            return [*failures, Failure("page-count", None, told)]
        for check in _CHECKS:
            failures += check(packet)
        for part in packet.parts:
            if part["pieces"] > 1 and part["kind"] == "exhibit":
                pages = range(part["first_page"], part["first_page"] + part["pages"])
                divided.setdefault(part["source"], []).extend(packet.body(page) for page in pages)
    finally:
        pdf.close()
    return failures


def _divided(facts: Mapping[str, Any], texts: Mapping[str, Sequence[str]]) -> Iterator[Failure]:
    """An exhibit that is divided between volumes is whole when its pieces are read together."""
    for part in facts["parts"]:
        if part["source"] in texts and part["piece"] == 1 and part["kind"] == "exhibit" and part["shown"]:
            found = shortfall(part["shown"], texts[part["source"]])
            if found:
                yield Failure("shown", None, _shown_sentence(facts, part, found, str(found.page + 1)))


def _file(row: Mapping[str, Any], path: Path) -> Iterator[Failure]:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if path.stat().st_size != row["bytes"] or digest != row["sha256"]:
        yield Failure(
            "file", None, _("The file “%(name)s” is not the one that the manifest describes.") % {"name": row["file"]}
        )


def _plan(packet: _Packet) -> Iterator[Failure]:
    expected = 1
    for part in packet.parts:
        if part["first_page"] != expected:
            yield Failure(
                "plan", expected, _("The part “%(name)s” does not follow the part before it.") % {"name": part["name"]}
            )
        expected = part["first_page"] + part["pages"]
    if expected - 1 != packet.pages:
        yield Failure(
            "plan",
            None,
            _("The parts add up to %(planned)s pages, but the file has %(found)s.")
            % {"planned": expected - 1, "found": packet.pages},
        )


def _metadata(packet: _Packet) -> Iterator[Failure]:
    found = {name: value for name in _METADATA if (value := _metadata_value(packet.pdf, name))}
    if found.get("Title") != packet.facts["document_title"]:
        yield Failure("metadata", None, _("The document’s title is not the packet’s."))
    for name in sorted(found.keys() - _ALLOWED_METADATA):
        yield Failure(
            "metadata",
            None,
            _("The file’s properties hold an entry “%(name)s”, which may name a person.") % {"name": name},
        )


def _metadata_value(pdf: pypdfium2.PdfDocument, name: str) -> str:
    return str(pdf.get_metadata_value(name))


def _stamps(packet: _Packet) -> Iterator[Failure]:
    stamp = packet.facts["stamp"]
    for page in range(1, packet.pages + 1):
        left, bottom, right, top = _visible(packet.pdf, page)
        band = (
            (left, bottom, right, bottom + stamp["band"])
            if stamp["position"].startswith("bottom")
            else (left, top - stamp["band"], right, top)
        )
        found = "".join(packet.text(page, band).split())
        if found != "".join(f"{stamp['prefix']}{packet.row['labels'][page - 1]}".split()):
            said = f"“{found}”" if found else _("no number")
            yield Failure(
                "stamp",
                page,
                _("Page %(page)s of the file carries %(said)s where its page number should stand.")
                % {"page": page, "said": said},
            )


def _visible(pdf: pypdfium2.PdfDocument, page: int) -> tuple[float, float, float, float]:
    opened = pdf[page - 1]
    try:
        return opened.get_bbox()
    finally:
        opened.close()


def _labels(packet: _Packet) -> Iterator[Failure]:
    for page in range(1, packet.pages + 1):
        label = packet.pdf.get_page_label(page - 1)
        if label != f"{packet.facts['stamp']['prefix']}{packet.row['labels'][page - 1]}":
            yield Failure(
                "page-label",
                page,
                _("Page %(page)s is labelled “%(label)s” in the reader’s page box.") % {"page": page, "label": label},
            )


def _shown(packet: _Packet) -> Iterator[Failure]:
    """Cover, tab sheets and exhibits hold all that they should, and nothing else."""
    for part in packet.parts:
        pages = range(part["first_page"], part["first_page"] + part["pages"])
        if part["kind"] == "exhibit" and part["pieces"] > 1:
            continue
        if part["shown"] is None:
            if part["kind"] != "index":
                said = _("The manifest does not say what the part “%(name)s” shows.") % {"name": part["name"]}
                yield Failure("shown", part["first_page"], said)
        elif pages and pages[-1] <= packet.pages:
            found = shortfall(part["shown"], [packet.body(page) for page in pages])
            if found:
                page = part["first_page"] + found.page
                yield Failure("shown", page, _shown_sentence(packet.facts, part, found, packet.row["labels"][page - 1]))
    for exhibit in packet.facts["inputs"]:
        for kind in ("tab", "exhibit"):
            if not packet.pieces(f"{kind}-{exhibit['key']}"):
                said = _("Tab %(tab)s, “%(title)s”, is not in the packet.")
                yield Failure("shown", None, said % _named(exhibit))


def _shown_sentence(facts: Mapping[str, Any], part: Mapping[str, Any], found: Shortfall, page: str) -> str:
    kind, _dash, key = part["source"].partition("-")
    exhibit = next((row for row in facts["inputs"] if row["key"] == key), None)
    if kind == "exhibit" and exhibit:
        what = _("Tab %(tab)s does not show the whole article “%(title)s”, and nothing else") % _named(exhibit)
    elif kind == "tab" and exhibit:
        what = _("The tab sheet of tab %(tab)s, “%(title)s”, does not show what it should") % _named(exhibit)
    elif kind == "cover":
        what = _("The cover does not show what it should")
    else:
        what = _("The part “%(name)s” does not show what it should") % {"name": part["name"]}
    if found.letters < 0:
        how = ngettext(
            "from page %(page)s on, %(count)s letter is missing",
            "from page %(page)s on, %(count)s letters are missing",
            -found.letters,
        )
    elif found.letters > 0:
        how = ngettext(
            "from page %(page)s on, it has %(count)s letter too many",
            "from page %(page)s on, it has %(count)s letters too many",
            found.letters,
        )
    else:
        how = _("from page %(page)s on, its letters are others or in another order")
    return f"{what}: {how % {'page': page, 'count': abs(found.letters)}}."


def _named(exhibit: Mapping[str, Any]) -> dict[str, str]:
    return {"tab": exhibit["tab"], "title": short(exhibit["printed_title"])}


def _index(packet: _Packet) -> Iterator[Failure]:
    """Each heading of the index stands there, and each quotation as often as it has headings."""
    part = next((part for part in packet.parts if part["kind"] == "index"), {"first_page": 1, "pages": 0})
    pages = range(part["first_page"], min(part["first_page"] + part["pages"], packet.pages + 1))
    whole = "".join(packet.body(page) for page in pages).casefold()
    headings = Counter(key for section in packet.facts["sections"] for key in section["quotations"])
    for section in packet.facts["sections"]:
        is_numbered = section["numeral"] and reads_back_exactly(section["name"])
        heading = f"{section['numeral']}. {section['name']}" if is_numbered else section["name"]
        if not stands(heading.casefold(), [whole]):
            said = _("The index does not show the heading “%(name)s”.") % {"name": short(section["name"])}
            yield Failure("index", part["first_page"], said)
    linked = Counter(link["key"] for link in packet.references() if link["to"] == "passage")
    for quotation in packet.facts["quotations"]:
        found = min(len(packet.index_pages(quotation)), linked[quotation["key"]])
        if found < headings[quotation["key"]] or not headings[quotation["key"]]:
            said = _("The quotation “%(quote)s” (tab %(tab)s) does not stand under each of its headings in the index.")
            yield Failure("index", None, said % {"quote": short(quotation["quote"]), "tab": quotation["tab"]})
    told = {quotation["key"] for quotation in packet.facts["quotations"]}
    for key in sorted(headings.keys() - told):
        yield Failure("index", None, _("The manifest does not describe the passage “%(key)s”.") % {"key": key})


def _exhibit_list(packet: _Packet) -> Iterator[Failure]:
    """Each exhibit is listed with its tab, its title and its pages."""
    rows = {(link["to"], link["key"]): link for link in packet.references()}
    for exhibit in packet.facts["inputs"]:
        tab, pages = rows.get(("tab", exhibit["key"])), rows.get(("exhibit", exhibit["key"]))
        if tab is None or pages is None or max(tab["page"], pages["page"]) > packet.pages:
            yield Failure(
                "index", None, _("The list of exhibits leaves out tab %(tab)s, “%(title)s”.") % _named(exhibit)
            )
            continue
        there = "".join(packet.body(page) for page in range(tab["page"], pages["page"] + 1))
        if not stands(exhibit["printed_title"], [there]):
            said = _("The list of exhibits does not show the title of tab %(tab)s, “%(title)s”.") % _named(exhibit)
            yield Failure("index", tab["page"], said)
        for link, name in ((tab, f"tab-{exhibit['key']}"), (pages, f"exhibit-{exhibit['key']}")):
            first, last = _ends(packet, name)
            wanted = exhibit["tab"] if link is tab else page_range(packet.label(*first), packet.label(*last))
            if _target(link) != first or link["says"] != wanted:
                said = _("The list of exhibits gives other pages for tab %(tab)s, “%(title)s”, than it stands on.")
                yield Failure("index", link["page"], said % _named(exhibit))


def _ends(packet: _Packet, source: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Volume and page where a part begins and ends."""
    pieces = packet.pieces(source)
    if not pieces:
        return (0, 0), (0, 0)
    first, last = pieces[0], pieces[-1]
    return (first["volume"], first["first_page"]), (last["volume"], last["first_page"] + last["pages"] - 1)


def _target(link: Mapping[str, Any]) -> tuple[int, int]:
    return link.get("target_volume", link["volume"]), link["target_page"]


def _quotations(packet: _Packet) -> Iterator[Failure]:
    for quotation in packet.facts["quotations"]:
        is_here = quotation["volume"] == packet.volume
        if is_here and not _stands(packet, quotation["quote"], quotation["pages"]):
            yield Failure(
                "quotation", quotation["pages"][0], _quotation_sentence(quotation, quotation["pages"], "cited")
            )
        if not packet.index_pages(quotation):
            yield Failure(
                "index", None, _("A quotation of tab %(tab)s is not in the index.") % {"tab": quotation["tab"]}
            )
        for pages in packet.index_pages(quotation):
            if not _stands(packet, quotation["quote"], pages):
                yield Failure("index", pages[0], _quotation_sentence(quotation, pages, "index"))


def _quotation_sentence(quotation: Mapping[str, Any], pages: Sequence[int], kind: str) -> str:
    opening = short(quotation["quote"])
    if kind == "cited":
        said = ngettext(
            "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on the cited page %(first)s.",
            "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on the cited pages %(first)s to "
            "%(last)s.",
            len(pages),
        )
    else:
        said = ngettext(
            "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on index page %(first)s.",
            "The quotation “%(quote)s” (tab %(tab)s) does not stand word for word on index pages %(first)s to "
            "%(last)s.",
            len(pages),
        )
    return said % {"quote": opening, "tab": quotation["tab"], "first": pages[0], "last": pages[-1]}


def _stands(packet: _Packet, quote: str, pages: Sequence[int]) -> bool:
    if not pages or pages[0] < 1 or pages[-1] > packet.pages:
        return False
    return stands(quote, [packet.body(page) for page in range(pages[0], pages[-1] + 1)])


def _links(packet: _Packet) -> Iterator[Failure]:
    there = {page: list(_page_links(packet.pdf, page)) for page in range(1, packet.pages + 1)}
    told: dict[int, list[Mapping[str, Any]]] = {}
    for link in packet.here("links"):
        told.setdefault(link["page"], []).append(link)
    for page in sorted(told.keys() - there.keys()):
        yield Failure(
            "link", page, _("The manifest tells of a link on page %(page)s, which there is not.") % {"page": page}
        )
    for page, links in there.items():
        expected = told.get(page, [])
        inside = [link for link in links if not link.address]
        for outside in links:
            if outside.address and not _WEB.match(outside.address):
                yield Failure(
                    "link",
                    page,
                    _("A link on page %(page)s leads somewhere other than a web address.") % {"page": page},
                )
        for fact in expected:
            yield from _link_failures(packet, fact, inside)
        if len(inside) != len(expected):
            said = _("Page %(page)s has %(found)s links into the packet, but should have %(planned)s.") % {
                "page": page,
                "found": len(inside),
                "planned": len(expected),
            }
            yield Failure("link", page, said)
    for fact in packet.here("mentions"):
        yield from _printed_words(packet, fact)
    yield from _cited_pages(packet)


@dataclass(frozen=True)
class _Link:
    """A link as the second library sees it: box, target page from 1 (0: nowhere), or an address outside."""

    box: tuple[float, float, float, float]
    target: int
    address: str


def _page_links(pdf: pypdfium2.PdfDocument, page: int) -> Iterator[_Link]:
    opened = pdf[page - 1]
    position, raw = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(opened.raw, ctypes.byref(position), ctypes.byref(raw)):
        box = pdfium.FS_RECTF()
        pdfium.FPDFLink_GetAnnotRect(raw, ctypes.byref(box))
        destination = pdfium.FPDFLink_GetDest(pdf.raw, raw)
        action = pdfium.FPDFLink_GetAction(raw)
        target = pdfium.FPDFDest_GetDestPageIndex(pdf.raw, destination) + 1 if destination else 0
        address = "" if _stays_inside(destination, action) else _address(pdf, action)
        yield _Link((box.left, box.bottom, box.right, box.top), target, address)
    opened.close()


def _stays_inside(destination: Any, action: Any) -> bool:
    """A link may name its place itself or through an action; an action of another kind may name one elsewhere."""
    return bool(destination) and (not action or pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO)


def _address(pdf: pypdfium2.PdfDocument, action: Any) -> str:
    """The web address of an action; for any other kind of action, a word that is no address."""
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return "action"
    size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _link_failures(packet: _Packet, fact: Mapping[str, Any], there: Sequence[_Link]) -> Iterator[Failure]:
    page, target = fact["page"], fact["target_page"]
    here = [link for link in there if _same_box(link.box, fact["rect"])]
    if not here:
        yield Failure(
            "link",
            page,
            _("A link on page %(page)s, to page %(target)s, is missing.") % {"page": page, "target": target},
        )
        return
    if any(link.target != target for link in here):
        landed = next(link.target for link in here if link.target != target)
        yield Failure(
            "link",
            page,
            _("A link on page %(page)s lands on page %(landed)s instead of page %(target)s.")
            % {"page": page, "landed": landed, "target": target},
        )
    if fact["to"] != "source":
        yield from _printed_words(packet, fact)


def _printed_words(packet: _Packet, fact: Mapping[str, Any]) -> Iterator[Failure]:
    page, target = fact["page"], _target(fact)
    printed = packet.text(page, fact["rect"]) if page <= packet.pages else ""
    if _tokens(printed) != _tokens(fact["says"]):
        said = " ".join(printed.split())
        yield Failure(
            "link",
            page,
            _("The index on page %(page)s prints “%(said)s” where it should print “%(words)s”.")
            % {"page": page, "said": said, "words": fact["says"]},
        )
    if fact["to"] != "tab" and _printed_pages(fact)[0] != packet.label(*target):
        yield Failure(
            "link",
            page,
            _("The index on page %(page)s says “%(words)s” but leads to page %(target)s.")
            % {"page": page, "words": fact["says"], "target": target[1]},
        )


def _same_box(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))


def _tokens(text: str) -> list[str]:
    """Words and numbers in no order: on a line that also holds Arabic, a reader may give them in another one."""
    return sorted(_TOKEN.findall(text))


def _printed_pages(fact: Mapping[str, Any]) -> tuple[str, str]:
    """Labels of the first and the last page that the printed words name; they come last in them."""
    found = _PAGES.search(fact["says"])
    return (found[1], found[2] or found[1]) if found else ("", "")


def _cited_pages(packet: _Packet) -> Iterator[Failure]:
    """Each passage's links must print exactly the pages on which the passage was found."""
    pages = {
        quotation["key"]: [packet.label(quotation["volume"], page) for page in quotation["pages"]]
        for quotation in packet.facts["quotations"]
    }
    linked = set()
    for link in packet.references():
        if link["to"] != "passage":
            continue
        linked.add(link["key"])
        found = pages.get(link["key"], ["-"])
        if _printed_pages(link) != (found[0], found[-1]):
            said = _("The index on page %(page)s cites other pages than those where the passage stands.") % {
                "page": link["page"]
            }
            yield Failure("link", link["page"], said)
    for key in sorted(pages.keys() - linked):
        yield Failure("link", None, _("No link in the index leads to the passage “%(key)s”.") % {"key": key})


def _bookmarks(packet: _Packet) -> Iterator[Failure]:
    told = [(mark["title"], mark["level"], mark["page"]) for mark in packet.here("bookmarks")]
    there = []
    for mark in packet.pdf.get_toc(max_depth=8):
        destination = mark.get_dest()
        index = destination.get_index() if destination else None
        there.append((mark.get_title(), mark.level, 0 if index is None else index + 1))
    for (title, _level, page), (_title, _level, landed) in zip(told, there, strict=False):
        if page != landed:
            yield Failure(
                "bookmark",
                page,
                _("The bookmark “%(title)s” lands on page %(landed)s instead of page %(page)s.")
                % {"title": title, "landed": landed, "page": page},
            )
    if [mark[:2] for mark in told] != [mark[:2] for mark in there]:
        yield Failure("bookmark", None, _("The bookmarks are not those that the manifest lists."))
    tops = [page for _, level, page in told if level == 0]
    if tops != [part["first_page"] for part in packet.parts if part["kind"] != "exhibit"]:
        yield Failure("bookmark", None, _("The bookmarks of the cover, index and tabs do not match the plan."))


def _nothing_active(packet: _Packet) -> Iterator[Failure]:
    if pdfium.FPDFDoc_GetAttachmentCount(packet.pdf.raw):
        yield Failure("active", None, _("A file is attached inside the packet."))
    if pdfium.FPDFDoc_GetJavaScriptActionCount(packet.pdf.raw) > 0:
        yield Failure("active", None, _("The packet holds a script."))
    for page in range(1, packet.pages + 1):
        kinds = _annotation_kinds(packet.pdf, page)
        if kinds - {pdfium.FPDF_ANNOT_LINK}:
            yield Failure("active", page, _("Page %(page)s holds an annotation that is not a link.") % {"page": page})


def _annotation_kinds(pdf: pypdfium2.PdfDocument, page: int) -> set[int]:
    opened = pdf[page - 1]
    kinds = set()
    for index in range(pdfium.FPDFPage_GetAnnotCount(opened.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(opened.raw, index)
        kinds.add(pdfium.FPDFAnnot_GetSubtype(annotation))
        pdfium.FPDFPage_CloseAnnot(annotation)
    opened.close()
    return kinds


_CHECKS = (
    _plan,
    _metadata,
    _stamps,
    _labels,
    _shown,
    _quotations,
    _index,
    _exhibit_list,
    _links,
    _bookmarks,
    _nothing_active,
)
