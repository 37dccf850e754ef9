"""What the doors call for the words of a Word file: its text, where they are not to be set on pages."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from caseapp.intake.docx.package import Package
from caseapp.intake.docx.plain import Block, Cell, Paragraph, Table
from caseapp.intake.docx.reading import Document, read_document
from caseapp.intake.guessing import language_of, line
from caseapp.intake.lines import BETWEEN_CELLS, Line, shown, written
from caseapp.intake.report import Notice, still_open

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_ABOUT = {"title": "title", "creator": "author"}


def read(folder: Path, *, accepted: list[str]) -> dict[str, Any]:
    data = (folder / "input").read_bytes()
    document = read_document(data, frozenset(accepted))
    text = written(found for section in document.sections for found in _lines(section.blocks))
    return {
        "questions": [question.to_dict() for question in still_open(document.findings.questions(), accepted)],
        "text": text.text,
        "pages": [],
        "headings": text.headings,
        "notices": [notice.to_dict() for notice in _notices(document)],
        "found": _found(Package(data), text.text),
    }


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _lines_of(block)
        else:
            yield from _rows(block)


def _lines_of(paragraph: Paragraph) -> Iterator[Line]:
    texts = [text for piece in paragraph.text.split("\n") if (text := shown(piece))]
    for number, text in enumerate(texts):
        yield Line(text, paragraph.heading, is_apart=number == 0)


def _rows(table: Table) -> Iterator[Line]:
    """Cells of a row beside one another; a table of single cells is a frame around paragraphs."""
    is_apart = True
    for row in table.rows:
        if len(row) == 1:
            yield from _lines(row[0].blocks)
            continue
        text = BETWEEN_CELLS.join(filter(None, map(_in_one_line, row)))
        if text:
            yield Line(text, is_apart=is_apart)
            is_apart = False


def _in_one_line(cell: Cell) -> str:
    return " ".join(found.text for found in _lines(cell.blocks))


def _notices(document: Document) -> Iterator[Notice]:
    yield from document.findings.notices()
    pictures = len(document.pictures.by_key)
    if pictures:
        yield Notice("pictures-not-text", pictures)


def _found(package: Package, text: str) -> dict[str, str]:
    said = {"language": language_of(text)}
    for relation in package.relations("").values():
        core = package.xml(relation.target) if relation.kind == "core-properties" else None
        if core is not None:
            said |= {field: line(core.findtext(f"{_DUBLIN_CORE}{name}"), field) for name, field in _ABOUT.items()}
    return {field: value for field, value in said.items() if value}
