"""A Word file set anew on pages.

document (`reading`) → HTML (mammoth) → only the elements that we know (nh3) → pages (WeasyPrint). After each of the
last two steps the letters are counted.
"""

import html
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import mammoth
import nh3

from caseapp.core.refused import Refused
from caseapp.intake.docx.plain import Block, Writer, printed_texts, texts, turned
from caseapp.intake.docx.reading import Document, Section, notices_of, read_document
from caseapp.intake.report import still_open
from caseapp.intake.setting import STYLES, checked, document_html, finished, page_styles
from caseapp.typesetting.blocks import PLACE_TO_BREAK
from caseapp.typesetting.typeset import typeset

_CHUNK_CHARACTERS = 100_000
_CHUNK_BLOCKS = 1_500

_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "td", "th", "strong", "em", "u", "s"}
_TAGS |= {"sup", "sub", "a", "br", "img", "span"}
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "img": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def clean(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    document = read_document((folder / "input").read_bytes(), frozenset(accepted))
    undecided = still_open(document.findings.questions(), accepted)
    if undecided:
        return {
            "questions": [question.to_dict() for question in undecided],
            "pages": 0,
            "notices": [],
            "text_pages": [],
        }
    every = [block for section in document.sections for block in section.blocks]
    lines = list(printed_texts(every))
    if not any(line.strip() for line in lines) and not document.pictures.by_key:
        raise Refused("word-empty")
    writer = Writer()
    sheets = [_set(document, section, blocks, writer) for section in document.sections for blocks in _chunks(section)]
    pdf = finished(sheets)
    text_pages = checked(pdf, lines, turned(every))
    (folder / "clean.pdf").write_bytes(pdf)
    notices = [notice.to_dict() for notice in notices_of(document)]
    return {"questions": [], "pages": len(text_pages), "notices": notices, "text_pages": text_pages}


def _chunks(section: Section) -> Iterator[list[Block]]:
    """What one rendering can hold."""
    chunk: list[Block] = []
    held = 0
    for block in section.blocks:
        size = sum(map(len, texts([block])))
        if chunk and (held + size > _CHUNK_CHARACTERS or len(chunk) >= _CHUNK_BLOCKS):
            yield chunk
            chunk, held = [], 0
        chunk.append(block)
        held += size
    if chunk:
        yield chunk


def _set(document: Document, section: Section, blocks: list[Block], writer: Writer) -> bytes:
    _top, right, _bottom, left = section.sheet.margins
    word = writer.document(blocks, section.sheet.width - left - right)
    made = mammoth.convert_to_html(
        BytesIO(word),
        style_map=writer.style_map(),
        include_default_style_map=False,
        include_embedded_style_map=False,
        ignore_empty_paragraphs=False,
        convert_image=mammoth.images.img_element(
            lambda image: {"src": f"asset:{image.alt_text}", "class": image.alt_text}
        ),
    ).value
    page = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "asset"}, link_rel=None)
    _check_page(page, printed_texts(blocks))
    pictures = document.pictures.by_key
    assets = {f"asset:{key}": (picture.media_type, picture.data) for key, picture in pictures.items() if key in page}
    sizes = " ".join(
        f".word .{key} {{ width: {picture.width:g}pt }}"
        for key, picture in pictures.items()
        if f"asset:{key}" in assets
    )
    page = document_html("word", page, f"{writer.css()} {sizes}")
    return typeset(page, page_styles(section.sheet, document.size), assets, styles=STYLES).pdf


def _check_page(page: str, lines: Iterable[str]) -> None:
    """Nothing was lost between the paragraphs and the page: the same letters in the same order."""
    words = html.unescape(nh3.clean(page, tags=set())).replace(PLACE_TO_BREAK, "")
    if "".join(words.split()) != "".join("".join(lines).split()):
        raise Refused("words-lost")
