"""A Word file as a document: its sections, their blocks with their looks, and what was odd about it.

file → parts (`package`) → plain stories (`settling`) → paragraphs with their looks (`plain`). After each of the last
two steps the letters are counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from caseapp.core.refused import Refused
from caseapp.intake.docx.findings import Findings, letters, words_of
from caseapp.intake.docx.names import R, W
from caseapp.intake.docx.numbering import numbering_of
from caseapp.intake.docx.package import Package
from caseapp.intake.docx.pictures import Pictures
from caseapp.intake.docx.plain import Block, Notes, Paragraph, Plain, Run, Table, texts
from caseapp.intake.docx.settling import Settling
from caseapp.intake.docx.styles import points, styles_of
from caseapp.intake.report import Notice, Report
from caseapp.intake.setting import A4, LETTER, Sheet
from caseapp.typesetting.printed import PrintedText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_CHARACTERS = 2_000_000
_SMALLEST_SHEET, _LARGEST_SHEET = 200.0, 1_300.0
_SAME_SHEET = 3.0
_MARGINS = (28.0, 126.0)
_SIZES = (8.0, 14.0)
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Section:
    sheet: Sheet
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]
    size: float
    findings: Findings
    pictures: Pictures


def examine(folder: Path, *, password: str = "") -> dict[str, Any]:
    document = read_document((folder / "input").read_bytes(), frozenset())
    return Report("docx", MEDIA_TYPE, 0, document.findings.questions(), notices_of(document)).to_dict()


def read_document(data: bytes, accepted: frozenset[str]) -> Document:
    package = Package(data)
    findings = Findings()
    styles = styles_of(package.related("styles"))
    pictures = Pictures(package)
    settling = Settling(package, styles, findings, pictures, accepted)
    story = package.xml(package.main)
    body = None if story is None else story.find(f"{W}body")
    if story is None or body is None:
        raise Refused("word-no-document")
    notes = {
        "footnotes": Notes("decimal", _notes(package, "footnotes", "footnote")),
        "endnotes": Notes("lowerRoman", _notes(package, "endnotes", "endnote")),
    }
    _count_comments(package, findings)
    before = letters(words_of(body))
    settling.settle(body, package.main)
    plain = Plain(styles, numbering_of(package.related("numbering")), findings, notes)
    sections = [Section(sheet, tuple(plain.blocks(blocks))) for sheet, blocks in _sections(body, findings)]
    added: list[Block] = []
    for name, found in notes.items():
        added += _note_blocks(name, found, package, settling, plain, findings, before)
    added += _running_blocks(story, package, settling, plain, findings, before)
    sections[-1] = Section(sections[-1].sheet, (*sections[-1].blocks, *added))
    lines = [line for section in sections for line in texts(section.blocks)]
    _check_letters(before, findings, lines)
    if sum(map(len, lines)) > MOST_CHARACTERS:
        raise Refused("text-too-long", length=sum(map(len, lines)), most=MOST_CHARACTERS)
    return Document(tuple(sections), min(max(styles.size(), _SIZES[0]), _SIZES[1]), findings, pictures)


def _check_letters(before: Counter[str], findings: Findings, lines: Iterable[str]) -> None:
    """Every letter of the file is on paper, or was counted as left out."""
    wanted = before + findings.added
    wanted.subtract(findings.left_out)
    there = letters(" ".join(lines))
    for counted in (wanted, there):
        counted[_SOFT_HYPHEN] = 0  # Word stores it as a letter or as an element; nobody reads it
    if +wanted != +there:
        raise Refused("words-lost")


def _count_comments(package: Package, findings: Findings) -> None:
    comments = package.related("comments")
    if comments is not None:
        for comment in comments.iter(f"{W}comment"):
            findings.found("comments", words_of(comment))


def _notes(package: Package, kind: str, name: str) -> dict[str, etree._Element]:
    root = package.related(kind)
    if root is None:
        return {}
    return {
        note.get(f"{W}id", ""): note for note in root.findall(f"{W}{name}") if note.get(f"{W}type") in {None, "normal"}
    }


def _note_blocks(
    name: str,
    notes: Notes,
    package: Package,
    settling: Settling,
    plain: Plain,
    findings: Findings,
    before: Counter[str],
) -> Iterator[Block]:
    """The notes that the words refer to, in order, behind their labels."""
    part = next((r.target for r in package.relations(package.main).values() if r.kind == name), "")
    shown: list[Block] = []
    for note_id, label in list(notes.labels.items()):
        note = notes.elements.get(note_id)
        if note is None:
            continue
        before.update(letters(words_of(note)))
        settling.settle(note, part)
        blocks = list(plain.blocks(note))
        findings.added.update(letters(label))
        first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else Paragraph(())
        rest = blocks[1:] if blocks and isinstance(blocks[0], Paragraph) else blocks
        shown.append(Paragraph((Run(label, ("superscript",)), Run(" "), *first.runs), "margin-bottom: 3pt", 0, "note"))
        shown += rest
    if shown:
        findings.found(f"{name}-at-end", times=len(notes.labels))
        yield _heading("Footnotes" if name == "footnotes" else "Endnotes", findings)
        yield from shown


def _running_blocks(
    story: etree._Element, package: Package, settling: Settling, plain: Plain, findings: Findings, before: Counter[str]
) -> Iterator[Block]:
    """What stands at the head and foot of the pages, once, after the words."""
    relations = package.relations(package.main)
    said: set[tuple[str, str]] = set()
    for tag, heading in (
        ("headerReference", "At the head of the pages"),
        ("footerReference", "At the foot of the pages"),
    ):
        shown: list[Block] = []
        for reference in story.iter(f"{W}{tag}"):
            relation = relations.get(reference.get(f"{R}id", ""))
            root = package.xml(relation.target) if relation and not relation.is_external else None
            words = "" if root is None else " ".join(words_of(root).split())
            if root is None or relation is None or (tag, relation.target) in said:
                continue
            said.add((tag, relation.target))
            in_file = letters(words_of(root))
            settling.settle(root, relation.target, is_repeated=True)
            blocks = list(plain.blocks(root))
            before.update(in_file)
            shown += blocks if (words or _has_picture(blocks)) else []
        if any(line.strip() for line in texts(shown)) or _has_picture(shown):
            findings.found("running-words", " ".join(texts(shown)))
            yield _heading(heading, findings)
            yield from shown


def _has_picture(blocks: Iterable[Block]) -> bool:
    return any(
        any(_has_picture(cell.blocks) for row in block.rows for cell in row)
        if isinstance(block, Table)
        else any(run.picture for run in block.runs)
        for block in blocks
    )


def _heading(words: str, findings: Findings) -> Paragraph:
    findings.added.update(letters(words))
    return Paragraph((Run(words),), "", 0, "added")


def _sections(body: etree._Element, findings: Findings) -> list[tuple[Sheet, list[etree._Element]]]:
    """The blocks of each section with its sheet. A section that goes on on the same page is part of the one before."""
    found: list[tuple[Sheet, list[etree._Element]]] = []
    held: list[etree._Element] = []
    for element in body:
        ends = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if element.tag != f"{W}sectPr":
            held.append(element)
        if ends is not None:
            sheet = _sheet(ends, findings)
            goes_on = ends.find(f"{W}type")
            if found and found[-1][0] == sheet and goes_on is not None and goes_on.get(f"{W}val") == "continuous":
                found[-1][1].extend(held)
            else:
                found.append((sheet, held))
            held = []
    if held or not found:
        found.append((found[-1][0] if found else Sheet(*LETTER), held))
    return found


def _sheet(section: etree._Element, findings: Findings) -> Sheet:
    columns = section.find(f"{W}cols")
    if columns is not None and columns.get(f"{W}num", "1") not in {"0", "1"}:
        findings.found("columns")
    if section.find(f"{W}pgBorders") is not None:
        findings.found("page-borders")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width, height = points(size, "w") or LETTER[0], points(size, "h") or LETTER[1]
    if not all(_SMALLEST_SHEET <= side <= _LARGEST_SHEET for side in (width, height)):
        width, height = LETTER
    for sheet in (LETTER, A4):
        for wide, high in (sheet, sheet[::-1]):
            if abs(width - wide) < _SAME_SHEET and abs(height - high) < _SAME_SHEET:
                width, height = wide, high
    least, most = _MARGINS
    top, right, bottom, left = (
        min(max(abs(points(margins, side) or 72), least), most, min(width, height) / 4)
        for side in ("top", "right", "bottom", "left")
    )
    return Sheet(width, height, (top, right, bottom, left))


def notices_of(document: Document) -> tuple[Notice, ...]:
    shown: Counter[str] = Counter()
    for section in document.sections:
        for text in texts(section.blocks):
            shown += PrintedText(text).shown
    by_code = (Notice("letters-by-code", shown.total(), tuple(sorted(shown))),) if shown else ()
    return (Notice("word-set-anew"), *document.findings.notices(), *by_code)
