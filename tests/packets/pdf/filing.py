"""PDF files as clean copies are, made here: text, turned and odd pages, links, bookmarks, marks."""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from caseapp.packets.manifest import PagedFile
from caseapp.packets.workroom import SandboxedRoom
from caseapp.typesetting.join import saved
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import a_room

LETTER, A4, A0, TICKET = (612, 792), (595.28, 841.89), (2383.94, 3370.39), (200, 120)


@dataclass(frozen=True)
class Leaf:
    """A page: its size in page space, how it is turned, and where its lines stand."""

    lines: tuple[str, ...]
    size: tuple[float, float] = LETTER
    turned: int = 0
    foot: str = ""


def made(*leaves, links=(), bookmarks=(), marks=()):
    """`links` are (from page, to page, y), `bookmarks` (title, page, level), `marks` (page, rect), pages from 1."""
    with Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for leaf in leaves:
            pdf.add_blank_page(page_size=leaf.size)
            page = pdf.pages[-1].obj
            page[Name.Rotate] = leaf.turned
            page[Name.Resources] = Dictionary(Font=Dictionary(F1=font))
            page[Name.Contents] = pdf.make_stream(_content(leaf))
        for start, end, y in links:
            _annotate(
                pdf, start, Dictionary(Subtype=Name.Link, Rect=Array([72, 600, 200, 620]), Dest=_place(pdf, end, y))
            )
        for page, rect in marks:
            quads = [rect[0], rect[3], rect[2], rect[3], rect[0], rect[1], rect[2], rect[1]]
            _annotate(
                pdf,
                page,
                Dictionary(Subtype=Name.Highlight, Rect=Array(rect), QuadPoints=Array(quads), C=Array([1, 1, 0])),
            )
        with pdf.open_outline() as outline:
            levels = {-1: outline.root}
            for title, page, level in bookmarks:
                item = OutlineItem(title, _place(pdf, page, 700))
                levels[level - 1].append(item)
                levels[level] = item.children
        return saved(pdf)


def painted(shade, size=LETTER):
    """A page that is grey from edge to edge, as a photograph is."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        pdf.pages[0].obj[Name.Contents] = pdf.make_stream(f"{shade} g 0 0 {size[0]} {size[1]} re f".encode())
        pdf.pages[0].obj[Name.Resources] = Dictionary()
        return saved(pdf)


def _annotate(pdf, page, annotation):
    annotation[Name.Type] = Name.Annot
    annotations = pdf.pages[page - 1].obj.get(Name.Annots, Array())
    annotations.append(pdf.make_indirect(annotation))
    pdf.pages[page - 1].obj[Name.Annots] = annotations


def _place(pdf, page, y):
    return Array([pdf.pages[page - 1].obj, Name.XYZ, None, y, None])


def _content(leaf):
    width, height = leaf.size
    upright = {
        0: "1 0 0 1 0 0",
        90: f"0 1 -1 0 {width} 0",
        180: f"-1 0 0 -1 {width} {height}",
        270: f"0 -1 1 0 0 {height}",
    }
    seen_height = width if leaf.turned % 180 else height
    size = max(seen_height / 60, 8)
    lines = [
        f"BT /F1 {size} Tf {size * 5} {seen_height - size * (6 + 1.5 * n)} Td ({line}) Tj ET"
        for n, line in enumerate(leaf.lines)
    ]
    foot = (
        [f"BT /F1 9 Tf {(height if leaf.turned % 180 else width) / 2 - 20} 31 Td ({leaf.foot}) Tj ET"]
        if leaf.foot
        else []
    )
    return "\n".join([f"q {upright[leaf.turned]} cm", *lines, *foot, "Q"]).encode()


def filed(data, pages, *passages, **changes):
    """An exhibit that shows this file; `pages` are the words of each page, as they were read from it."""
    text, page_map = "", []
    for words in pages:
        text += "\n\n" if text else ""
        page_map.append((len(text), len(text) + len(words), ""))
        text += words
    file = PagedFile(sha256(data).hexdigest(), len(pages), tuple(page_map))
    found = [
        samples.passage(key, text, quote, samples.OFF_DUTY, rank=20 + n) for n, (key, quote) in enumerate(passages)
    ]
    return samples.exhibit(
        text, *found, **({"key": "e2", "label": "B", "title": "A filed report", "file": file} | changes)
    )


def workroom(*files):
    """A room whose store holds these files."""
    store = a_room()
    for data in files:
        (store / sha256(data).hexdigest()).write_bytes(data)
    return lambda: SandboxedRoom(lambda wanted, place: shutil.copyfile(store / wanted, place), a_room())


def opened(data):
    return pikepdf.open(BytesIO(data))


__all__ = ["A0", "A4", "LETTER", "TICKET", "Leaf", "filed", "made", "opened", "painted", "workroom"]
