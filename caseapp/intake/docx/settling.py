"""A story of a Word file (its body, a note, a header) made plain: one reading of it, in the order of reading.

Tracked changes are decided, fields become what they last said, what is hidden or cannot be drawn is taken out and
counted, and text boxes stand after the paragraph that they hang on. What is left are paragraphs, runs and tables.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree
from mammoth.docx.dingbats import dingbats

from caseapp.core.refused import Refused
from caseapp.intake.docx.findings import REJECTED, Findings, letters, words_of
from caseapp.intake.docx.names import CHART, DIAGRAM, MC, A, M, O, R, V, W
from caseapp.intake.docx.package import Package
from caseapp.intake.docx.pictures import Pictures
from caseapp.intake.docx.styles import Styles, half_points, is_on, value

_INSERTED, _DELETED = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_FORMATTING = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
)
_IN_RUN = tuple(f"{W}{name}" for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict", "object"))
_WRAPPERS = tuple(
    f"{W}{name}" for name in ("sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby")
)
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_CONTENTS_FIELDS = frozenset({"TOC", "INDEX", "TOA", "PAGEREF"})
_SILENT_FIELDS = frozenset({"HYPERLINK", "REF", "SEQ", "NOTEREF", "MERGEFIELD", "FORMTEXT", "XE", "TC", "TA", "RD"})
_LINK = re.compile(r'\s*HYPERLINK\s+"?(https?://[^"\s]+)', re.IGNORECASE)
_TICKED, _EMPTY = "\u2612", "\u2610"
_SMALLEST = 1.0  # point: nobody reads such letters
_WHITE = "FFFFFF"
# The part of the Symbol font that letters use.
_SYMBOLS = {0xB7: "•", 0xD7: "×", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xDE: "⇒", 0xD3: "©"}
_SHAPES = frozenset(
    [
        "wsp",
        "cxnSp",
        "shape",
        "line",
        "rect",
        "oval",
        "roundrect",
        "polyline",
        "group",
        "wgp",
        "curve",
        "arc",
        "graphicData",
    ]
)
LINK, BOX = "link", "box"
_LOST = "\ufffd"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class _Field:
    begins: int
    separates: int | None = None
    ends: int | None = None
    asks: str = ""

    @property
    def kind(self) -> str:
        words = self.asks.split()
        return words[0].upper() if words else ""


class Settling:
    def __init__(
        self, package: Package, styles: Styles, findings: Findings, pictures: Pictures, accepted: frozenset[str]
    ) -> None:
        self._package = package
        self._styles = styles
        self._findings = findings
        self._pictures = pictures
        self._rejects = REJECTED in accepted

    def settle(self, story: etree._Element, part: str, *, is_repeated: bool = False) -> None:
        """Change the story in place. One that is repeated on each page does not say its page's number."""
        if any(True for _ in story.iter(f"{W}altChunk", f"{W}subDoc", f"{W}contentPart")):
            raise Refused("word-inside")
        self._choose_alternatives(story)
        self._settle_changes(story)
        self._take_out_comments(story)
        self._settle_fields(story, is_repeated)
        self._mark_links(story, part)
        self._unwrap(story)
        self._lift_text_boxes(story)
        self._settle_equations(story)
        self._settle_drawings(story, part)
        self._settle_symbols(story)
        self._take_out_hidden(story)

    def _choose_alternatives(self, story: etree._Element) -> None:
        """Newer programs draw the choice, older ones what falls back; both hold the same words."""
        for both in list(story.iter(f"{MC}AlternateContent")):
            choices = [*both.findall(f"{MC}Choice"), *both.findall(f"{MC}Fallback")]
            for other in choices[1:]:
                self._findings.leave_out(other)
            if choices:
                _unwrapped(choices[0])
            _unwrapped(both)

    def _settle_changes(self, story: etree._Element) -> None:
        lost = _INSERTED if self._rejects else _DELETED
        for change in list(story.iter(*_INSERTED, *_DELETED)):
            if change.getparent() is None:
                continue
            if change.getparent().tag in {f"{W}rPr", f"{W}trPr", f"{W}numPr", f"{M}ctrlPr"}:
                continue
            said = "inserted" if change.tag in _INSERTED else "deleted"
            self._findings.found("tracked", f"{said}: {words_of(change)}")
            if change.tag in lost:
                self._findings.leave_out(change)
            else:
                _unwrapped(change)
        for deleted in list(story.iter(f"{W}delText", f"{W}delInstrText")):
            deleted.tag = f"{W}t" if deleted.tag == f"{W}delText" else f"{W}instrText"
        self._settle_rows(story, lost)
        self._join_paragraphs(story, lost)
        self._settle_formatting(story)

    def _settle_rows(self, story: etree._Element, lost: tuple[str, ...]) -> None:
        cells = {f"{W}cellDel" if f"{W}del" in lost else f"{W}cellIns"}
        for mark in list(story.iter(f"{W}cellDel", f"{W}cellIns")):
            self._findings.found("tracked", f"table cell: {words_of(mark.getparent().getparent())}")
            if mark.tag in cells:
                self._findings.leave_out(mark.getparent().getparent())
        for row in list(story.iter(f"{W}tr")):
            marks = [mark for mark in row.findall(f"{W}trPr/*") if mark.tag in {*_INSERTED, *_DELETED}]
            if marks:
                said = "inserted" if marks[0].tag in _INSERTED else "deleted"
                self._findings.found("tracked", f"{said} row: {words_of(row)}")
                if any(mark.tag in lost for mark in marks):
                    self._findings.leave_out(row)

    def _join_paragraphs(self, story: etree._Element, lost: tuple[str, ...]) -> None:
        """Where the end of a paragraph is what was deleted, the next one runs on."""
        for paragraph in reversed(list(story.iter(f"{W}p"))):
            marks = [mark for mark in paragraph.findall(f"{W}pPr/{W}rPr/*") if mark.tag in {*_INSERTED, *_DELETED}]
            if not marks:
                continue
            said = "inserted" if marks[0].tag in _INSERTED else "deleted"
            self._findings.found("tracked", f"{said} end of paragraph: {words_of(paragraph)}")
            following = paragraph.getnext()
            if any(mark.tag in lost for mark in marks) and following is not None and following.tag == f"{W}p":
                place = 1 if following.find(f"{W}pPr") is not None else 0
                for child in reversed([child for child in paragraph if child.tag != f"{W}pPr"]):
                    following.insert(place, child)
                paragraph.getparent().remove(paragraph)

    def _settle_formatting(self, story: etree._Element) -> None:
        for change in list(story.iter(*_FORMATTING)):
            self._findings.found("tracked", "formatting")
            properties, before = change.getparent(), next(iter(change), None)
            properties.remove(change)
            if self._rejects and before is not None and properties.getparent() is not None:
                section = properties.find(f"{W}sectPr")
                if section is not None:
                    before.append(section)
                properties.getparent().replace(properties, before)

    def _take_out_comments(self, story: etree._Element) -> None:
        for mark in list(
            story.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}annotationRef")
        ):
            self._findings.leave_out(mark)

    def _settle_fields(self, story: etree._Element, is_repeated: bool) -> None:
        """A field shows what it last gave; what it asks for, and the marks around, are no words."""
        for simple in story.iter(f"{W}fldSimple"):
            self._say_field(simple.get(f"{W}instr", ""), words_of(simple), is_repeated)
            if is_repeated and _kind(simple.get(f"{W}instr", "")) in _PAGE_FIELDS:
                for text in list(simple.iter(f"{W}t")):
                    self._findings.leave_out(text)
        pieces = list(story.iter(f"{W}fldChar", f"{W}instrText", *_IN_RUN))
        fields = _fields(pieces)
        depth = [0] * (len(pieces) + 1)
        for found in fields:
            end = found.ends if found.separates is None else found.separates
            depth[found.begins] += 1
            depth[end or found.begins] -= 1
            result = pieces[found.separates or found.begins : found.ends]
            self._say_field(found.asks, " ".join(words_of(piece) for piece in result), is_repeated)
            if is_repeated and found.kind in _PAGE_FIELDS and found.separates is not None:
                depth[found.separates] += 1
                depth[found.ends or found.separates] -= 1
            self._show_form_field(pieces[found.begins], found, has_result=bool(words_of_all(result)))
            if link := _LINK.match(found.asks):
                for piece in result:
                    piece.getparent().set(LINK, link.group(1))
        for piece, covered in zip(pieces, accumulate(depth), strict=False):
            if piece.tag in {f"{W}fldChar", f"{W}instrText"} or covered:
                self._findings.leave_out(piece)

    def _say_field(self, asks: str, words: str, is_repeated: bool) -> None:
        kind = _kind(asks)
        if kind in _CONTENTS_FIELDS:
            if kind != "PAGEREF":
                self._findings.found("contents-pages")
        elif kind.startswith("FORM"):
            self._findings.found("form-fields", words)
        elif kind and kind not in _SILENT_FIELDS and not (is_repeated and kind in _PAGE_FIELDS):
            self._findings.found("fields-as-saved", f"{kind}: {words}")

    def _show_form_field(self, begins: etree._Element, found: _Field, *, has_result: bool) -> None:
        data = begins.find(f"{W}ffData")
        if data is None:
            return
        box = data.find(f"{W}checkBox")
        choices = data.find(f"{W}ddList")
        if box is not None:
            state = box.find(f"{W}checked")
            state = box.find(f"{W}default") if state is None else state
            is_ticked = state is not None and state.get(f"{W}val", "1") not in {"0", "false"}
            self._add(begins.getparent(), _TICKED if is_ticked else _EMPTY)
        elif choices is not None and not has_result:
            entries = [entry.get(f"{W}val", "") for entry in choices.findall(f"{W}listEntry")]
            chosen = choices.find(f"{W}result")
            place = chosen.get(f"{W}val", "0") if chosen is not None else "0"
            if place.isdecimal() and int(place) < len(entries):
                self._add(begins.getparent(), entries[int(place)])

    def _add(self, run: etree._Element, text: str) -> None:
        etree.SubElement(run, f"{W}t").text = text
        self._findings.added.update("".join(text.upper().split()))

    def _mark_links(self, story: etree._Element, part: str) -> None:
        relations = self._package.relations(part)
        for link in list(story.iter(f"{W}hyperlink")):
            relation = relations.get(link.get(f"{R}id", ""))
            if relation and relation.is_external and relation.target.lower().startswith(("http://", "https://")):
                for run in link.iter(f"{W}r"):
                    run.set(LINK, relation.target)
            _unwrapped(link)

    def _unwrap(self, story: etree._Element) -> None:
        for control in story.iter(f"{W}sdt"):
            if _is_form_control(control):
                self._findings.found("form-fields", words_of(control))
        for ruby in story.iter(f"{W}rt"):
            self._findings.found("readings-beside", words_of(ruby))
        for wrapper in list(story.iter(*_WRAPPERS)):
            for properties in wrapper.findall(f"{wrapper.tag}Pr") + wrapper.findall(f"{W}sdtEndPr"):
                wrapper.remove(properties)
            _unwrapped(wrapper)
        for base in list(story.iter(f"{W}rubyBase")):
            reading = base.getprevious()
            if reading is not None and reading.tag == f"{W}rt":
                base.addnext(reading)
        for part_of_ruby in list(story.iter(f"{W}rubyBase", f"{W}rt")):
            _unwrapped(part_of_ruby)

    def _lift_text_boxes(self, story: etree._Element) -> None:
        for box in list(story.iter(f"{W}txbxContent")):
            anchor = _block_of(box, story)
            place = anchor.getparent()
            if anchor is story or place is None:
                raise Refused("word-damaged")
            self._findings.found("text-boxes", words_of(box))
            at = place.index(anchor)
            for offset, block in enumerate([child for child in box if child.tag in {f"{W}p", f"{W}tbl"}], start=1):
                block.set(BOX, "1")
                place.insert(at + offset, block)

    def _settle_equations(self, story: etree._Element) -> None:
        for equation in list(story.iter(f"{M}oMath")):
            words = "".join("".join(text.itertext()) for text in equation.iter(f"{M}t", f"{W}t"))
            self._findings.found("equations", words)
            parent = equation.getparent()
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = words
            parent.replace(equation, run)
        for around in list(story.iter(f"{M}oMathPara")):
            if around.getparent().tag == f"{W}p":
                _unwrapped(around)
            else:
                paragraph = etree.Element(f"{W}p")
                paragraph.extend(list(around.iter(f"{W}r")))
                around.getparent().replace(around, paragraph)

    def _settle_drawings(self, story: etree._Element, part: str) -> None:
        for drawing in list(story.iter(f"{W}drawing", f"{W}pict", f"{W}object")):
            run = drawing.getparent()
            if run is None:
                continue
            keys = self._pictures.taken(drawing, part, self._findings)
            shown = [path.get("string", "") for path in drawing.iter(f"{V}textpath")]
            self._say_drawing(drawing, has_content=bool(keys or any(shown)))
            place = run.index(drawing)
            self._findings.left_out += _letters_of_texts(drawing)
            run.remove(drawing)
            for text in filter(str.strip, shown):
                run.insert(place, _text(text))
                place += 1
            for key in keys:
                picture = etree.Element(f"{W}drawing")
                picture.set("key", key)
                run.insert(place, picture)
                place += 1

    def _say_drawing(self, drawing: etree._Element, *, has_content: bool) -> None:
        charts = list(drawing.iter(f"{CHART}chart"))
        diagrams = list(drawing.iter(f"{DIAGRAM}relIds"))
        embedded = list(drawing.iter(f"{O}OLEObject", f"{W}control"))
        for code, found in (("charts", charts), ("diagrams", diagrams), ("embedded-objects", embedded)):
            if found:
                self._findings.found(code, _title(drawing), len(found))
        is_rule = any(shape.get(f"{O}hr") in {"t", "true"} for shape in drawing.iter(f"{V}rect"))
        is_picture = any(True for _ in drawing.iter(f"{A}blip", f"{V}imagedata"))
        is_known = bool(charts or diagrams or embedded or has_content or is_picture or is_rule)
        if words := " ".join("".join(text.itertext()) for text in drawing.iter(f"{A}t")):
            self._findings.found("drawings", words)
        elif not is_known and drawing.get(BOX) is None and _is_drawn(drawing):
            self._findings.found("drawings", _title(drawing))

    def _settle_symbols(self, story: etree._Element) -> None:
        for symbol in list(story.iter(f"{W}sym")):
            text = _symbol(symbol.get(f"{W}font", ""), symbol.get(f"{W}char", ""))
            self._findings.added.update(letters(text))
            symbol.getparent().replace(symbol, _text(text))
        for end in list(story.iter(f"{W}cr")):
            end.tag = f"{W}br"
        for hyphen in list(story.iter(f"{W}noBreakHyphen")):
            self._findings.added.update("\u2011")
            hyphen.getparent().replace(hyphen, _text("\u2011"))

    def _take_out_hidden(self, story: etree._Element) -> None:
        for paragraph in list(story.iter(f"{W}p")):
            style = self._styles.paragraph_style(paragraph)
            for run in list(paragraph.iter(f"{W}r")):
                if words_of(run).strip() and self._is_hidden(run, style, paragraph):
                    self._findings.found("hidden-words", words_of(run))
                    self._findings.leave_out(run)

    def _is_hidden(self, run: etree._Element, style: str, paragraph: etree._Element) -> bool:
        properties = self._styles.of_run(run, style)
        if is_on(properties, "vanish") or half_points(properties, 20) <= _SMALLEST:
            return True
        if value(properties, "color").upper() != _WHITE:
            return False
        own = self._styles.of_paragraph(paragraph)
        is_on_colour = any(value(found, "shd", "fill") not in {"", "auto", _WHITE} for found in (properties, own))
        is_marked = value(properties, "highlight") not in {"", "none", "white"}
        is_in_box = any(True for _ in paragraph.iterancestors(f"{W}tbl")) or paragraph.get(BOX) is not None
        return not (is_on_colour or is_marked or is_in_box)


def words_of_all(elements: list[etree._Element]) -> str:
    return " ".join(words_of(element) for element in elements).strip()


def _fields(pieces: list[etree._Element]) -> list[_Field]:
    """The fields that have an end; a beginning without one hides nothing."""
    fields: list[_Field] = []
    begun: list[_Field] = []
    for place, piece in enumerate(pieces):
        if piece.tag == f"{W}instrText" and begun and begun[-1].separates is None:
            begun[-1].asks += "".join(piece.itertext())
        kind = piece.get(f"{W}fldCharType") if piece.tag == f"{W}fldChar" else ""
        if kind == "begin":
            begun.append(_Field(place))
        elif kind == "separate" and begun and begun[-1].separates is None:
            begun[-1].separates = place
        elif kind == "end" and begun:
            begun[-1].ends = place
            fields.append(begun.pop())
    return fields


def _kind(asks: str) -> str:
    return _Field(0, asks=asks).kind


def _unwrapped(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    children = list(element)
    parent.remove(element)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)


def _block_of(element: etree._Element, story: etree._Element) -> etree._Element:
    """The paragraph or table that it stands in, in its own story: not beyond the text box around."""
    block = element
    for around in element.iterancestors():
        if around.tag in {f"{W}p", f"{W}tbl"}:
            _mark_drawing(element)
            return around
        if around is story:
            return block
        block = around
    return block


def _mark_drawing(box: etree._Element) -> None:
    """So that it is not asked about as one without words."""
    for around in box.iterancestors(f"{W}drawing", f"{W}pict", f"{W}object"):
        around.set(BOX, "1")


def _is_form_control(control: etree._Element) -> bool:
    properties = control.find(f"{W}sdtPr")
    names = set() if properties is None else {etree.QName(child).localname for child in properties}
    return bool(names & {"checkbox", "dropDownList", "comboBox", "date", "text"})


def _letters_of_texts(drawing: etree._Element) -> Counter[str]:
    """Not those of word art, which stay as words."""
    return letters(" ".join("".join(text.itertext()) for text in drawing.iter(f"{W}t", f"{W}delText", f"{M}t")))


def _title(drawing: etree._Element) -> str:
    for described in drawing.iter():
        if etree.QName(described).localname == "docPr":
            return described.get("title") or described.get("descr") or described.get("name") or ""
    return ""


def _is_drawn(drawing: etree._Element) -> bool:
    return any(etree.QName(found).localname in _SHAPES for found in drawing.iter())


def _symbol(font: str, code: str) -> str:
    """The character that looks like it; else the font's own number, which is then printed as a code."""
    try:
        number = int(code, 16)
        character = chr(number)
    except (ValueError, OverflowError):
        return _LOST
    for candidate in (number, number & 0xFF):
        if (font, candidate) in dingbats:
            return chr(dingbats[font, candidate])
    if _NOT_IN_XML.match(character):
        character = _LOST
    return _SYMBOLS.get(number & 0xFF, character) if font == "Symbol" else character


def _text(text: str) -> etree._Element:
    element = etree.Element(f"{W}t")
    element.text = text
    return element
