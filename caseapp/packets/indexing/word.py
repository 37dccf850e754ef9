"""The annotated index as a Word file: the same words and pinpoints as on the pages, for pasting into a brief.

The same index gives the same bytes: no author, no clock, and a container that no compressor can make different.
"""

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from caseapp.forums import Forum
from caseapp.library.citing import Citation
from caseapp.packets.indexing.model import Entry, Group, Index, Section
from caseapp.packets.indexing.word_styles import STYLES, prepare
from caseapp.typesetting.printed import direction

MARGIN_MM = 25.4
_NO_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a Word file holds no zone
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def word_index(index: Index, forum: Forum, title: str) -> bytes:
    """`title` is what the file calls itself in its properties."""
    document = Document()
    width = forum.paper_width_mm - 2 * MARGIN_MM
    prepare(document, forum, MARGIN_MM)
    document.add_paragraph(index.title, style="Title")
    if index.style_words:
        document.add_paragraph(index.style_words, style=STYLES.subtitle)
    for section in index.sections:
        _section(document, section, width)
    _exhibits(document, index)
    _say_nothing_of_anyone(document, title)
    return _settled(document)


def _section(document: WordDocument, section: Section, width: float) -> None:
    document.add_heading(section.heading, level=min(section.depth, 2) + 1)
    for line in (section.detail, section.count):
        if line:
            document.add_paragraph(line, style=STYLES.count)
    for group in section.groups:
        _group(document, group, width)


def _group(document: WordDocument, group: Group, width: float) -> None:
    if group.heading:
        document.add_heading(f"{group.heading} · {group.count}" if group.count else group.heading, level=4)
    if group.source:
        _whereabouts(document, group.source, width, style=STYLES.item)
    for entry in group.entries:
        _entry(document, entry, width)


def _entry(document: WordDocument, entry: Entry, width: float) -> None:
    if entry.proposition:
        document.add_paragraph(entry.proposition, style=STYLES.proposition)
    if entry.quote:
        _quotation(document, entry.quoted, entry.language, STYLES.quotation)
    if entry.translation:
        label = f"Translated from {entry.translated_from}: "
        _quotation(document, entry.translated, "en", STYLES.translation, before=label)
    _whereabouts(document, entry, width, style=STYLES.source)


def _quotation(document: WordDocument, text: str, language: str, style: str, before: str = "") -> None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(style=style)
        if before and number == 0:
            paragraph.add_run(before).italic = True
        run = paragraph.add_run(line)
        _speak(run, language)
        if direction(line) == "rtl":
            _turn(paragraph, run)


def _whereabouts(document: WordDocument, entry: Entry, width: float, *, style: str) -> None:
    """Citation and the packet's own page, ready for a brief; the pinpoint as the pages have it at the right."""
    paragraph = document.add_paragraph(style=style)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    _cite(paragraph, entry.citation)
    paragraph.add_run(f"{', ' if entry.citation else ''}{entry.cite}")
    paragraph.add_run(f"\t{entry.pinpoint}").bold = True
    for note in entry.notes:
        document.add_paragraph(note, style=STYLES.note)


def _cite(paragraph: Paragraph, citation: Citation) -> None:
    for piece in citation:
        paragraph.add_run(piece.text).italic = piece.is_italic or None


def _exhibits(document: WordDocument, index: Index) -> None:
    document.add_heading("Exhibits", level=1)
    names = [index.tab_word, "Title", "Kind", "Date", *(["Volume"] if index.has_volumes else []), "Pages"]
    table = document.add_table(rows=1, cols=len(names), style="Table Grid")
    _fill(table.rows[0].cells, names)
    _repeat(table)
    for row in index.rows:
        volume = [row.volume] if index.has_volumes else []
        cells = table.add_row().cells
        _fill(cells, [row.tab, row.title, row.kind, row.published, *volume, row.pages])
        if row.citation:
            _cite(cells[1].add_paragraph(style=STYLES.cell), row.citation)
        for note in row.notes:
            cells[1].add_paragraph(style=STYLES.cell).add_run(note).italic = True


def _fill(cells: Iterable[_Cell], words: Iterable[str]) -> None:
    for cell, text in zip(cells, words, strict=True):
        cell.paragraphs[0].style = STYLES.cell
        cell.paragraphs[0].add_run(text)


def _repeat(table: Table) -> None:
    """The head of the table comes again on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _speak(run: Run, language: str) -> None:
    """Word checks the spelling of each run in its own language."""
    if language:
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), language)
        run._r.get_or_add_rPr().append(element)


def _turn(paragraph: Paragraph, run: Run) -> None:
    """From right to left, the paragraph and its letters."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    run.font.rtl = True


def _say_nothing_of_anyone(document: WordDocument, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.language, properties.revision = title, "en", 1
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category", "identifier", "version"):
        setattr(properties, name, "")
    properties.created = properties.modified = properties.last_printed = _NO_TIME
    _drop(document.part.package.rels, "thumbnail")
    _drop(document.part.rels, "customXml", "stylesWithEffects")


def _drop(relations: Relationships, *kinds: str) -> None:
    """What the template brings along and nobody needs."""
    for key, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in kinds:
            del relations[key]


def _settled(document: WordDocument) -> bytes:
    """Members in one order, at one time, as they are: every compressor writes others bytes."""
    loose, firm = BytesIO(), BytesIO()
    document.save(loose)
    with ZipFile(loose) as given, ZipFile(firm, "w", ZIP_STORED) as made:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            made.writestr(ZipInfo(name, _ZIP_TIME), given.read(name))
    return firm.getvalue()
