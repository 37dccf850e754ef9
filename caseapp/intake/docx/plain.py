"""A settled document written anew for mammoth: paragraphs, runs and tables with a class for how each one looks."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from io import BytesIO
from itertools import accumulate

from lxml import etree

from caseapp.core.refused import Refused
from caseapp.intake.docx.findings import Findings, letters
from caseapp.intake.docx.names import W
from caseapp.intake.docx.numbering import Numbering, numeral
from caseapp.intake.docx.settling import BOX, LINK
from caseapp.intake.docx.styles import Properties, Styles, half_points, is_on, points, value
from caseapp.typesetting.blocks import LONGEST_BLOCK, blocks, breakable
from caseapp.typesetting.printed import PrintedText, direction, printed_form

MOST_ROWS = 3_000
_DEEPEST_TABLE = 8
_MOST_RUNS = 300_000
_SIDES = {"center": "center", "both": "justify", "distribute": "justify", "right": "end", "end": "end"}
_HIGHLIGHTS = {"yellow": "#fff59d", "green": "#b9f6ca", "cyan": "#b2ebf2", "magenta": "#f8bbd0", "lightGray": "#e0e0e0"}
_OTHER_HIGHLIGHT = "#e6e0cf"
_MOST_INDENT, _MOST_GAP = 216.0, 36.0
_SIZES = (5.0, 40.0)
_IN_PLACE = "\ufffc"  # of a picture


@dataclass(frozen=True)
class Run:
    """`look` is what mammoth knows by itself; `style` what a class says. `picture` instead of words, or `is_break`."""

    text: str = ""
    look: tuple[str, ...] = ()
    style: str = ""
    link: str = ""
    picture: str = ""
    is_break: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`is_turned` where it is set from right to left."""

    runs: tuple[Run, ...]
    style: str = ""
    heading: int = 0
    extra: str = ""
    is_turned: bool = False

    @property
    def text(self) -> str:
        return "".join("\n" if run.is_break else run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    blocks: tuple["Block", ...]
    across: int = 1
    merges: str = ""


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    has_lines: bool
    columns: tuple[float, ...] = ()

    def first_widths(self) -> tuple[float, ...]:
        """Of the cells of the first row, which give the others theirs; nothing where the file does not say them."""
        spans = [cell.across for cell in self.rows[0]] if self.rows else []
        if sum(spans) != len(self.columns) or min(self.columns, default=0) <= 0:
            return ()
        starts = accumulate(spans, initial=0)
        return tuple(sum(self.columns[start : start + span]) for start, span in zip(starts, spans, strict=False))


Block = Paragraph | Table


@dataclass
class Notes:
    """Footnotes or endnotes: their elements by id, and the labels of those that the words refer to, in order."""

    form: str
    elements: dict[str, etree._Element]
    labels: dict[str, str] = field(default_factory=dict)

    def label(self, note_id: str, custom: str) -> str:
        if note_id not in self.labels:
            number = len(self.labels) + 1
            self.labels[note_id] = custom or numeral(number, self.form)
        return self.labels[note_id]


class Plain:
    def __init__(self, styles: Styles, numbering: Numbering, findings: Findings, notes: dict[str, Notes]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._findings = findings
        self._notes = notes
        self._usual = styles.size()
        self._runs = 0
        self._breaks = False

    def blocks(self, elements: Iterable[etree._Element], depth: int = 0) -> Iterator[Block]:
        for element in elements:
            if element.tag == f"{W}p":
                yield from _pieces(self._paragraph(element))
            elif element.tag == f"{W}tbl":
                yield self._table(element, depth)

    def _paragraph(self, paragraph: etree._Element) -> Paragraph:
        properties = self._styles.of_paragraph(paragraph)
        style = self._styles.paragraph_style(paragraph)
        runs = [run for element in paragraph.iter(f"{W}r") for run in self._run(element, style)]
        self._runs += len(runs)
        if self._runs > _MOST_RUNS:
            raise Refused("word-too-long")
        label, indent = self._label(properties, style)
        has_words = any(run.text.strip() or run.picture for run in runs)
        if label and has_words:
            self._findings.added.update(letters(label))
            runs.insert(0, _label_run(label, _either(properties.get("ind"), indent, "hanging")))
        text = "".join(run.text for run in runs)
        is_turned = is_on(properties, "bidi") or direction(printed_form(text)) == "rtl"
        rules = _paragraph_style(properties, indent, is_turned=is_turned)
        return Paragraph(
            tuple(_merged(runs)),
            f"{rules}; break-before: page" if self._begins_page(paragraph) else rules,
            _heading(properties, self._styles.names(style)) if has_words else 0,
            "box" if paragraph.get(BOX) else "",
            is_turned,
        )

    def _begins_page(self, paragraph: etree._Element) -> bool:
        """Whether a page break stands before its words, or stood after the words of the paragraph before."""
        begins, self._breaks = self._breaks, False
        has_words = False
        for piece in paragraph.iter(f"{W}t", f"{W}drawing", f"{W}br"):
            if piece.tag != f"{W}br":
                has_words = True
            elif piece.get(f"{W}type") == "page":
                begins, self._breaks = begins or not has_words, has_words
        return begins

    def _label(self, properties: Properties, style: str) -> tuple[str, etree._Element | None]:
        numbered = properties.get("numPr")
        list_id = depth = ""
        if numbered is not None:
            list_id = _child(numbered, "numId")
            depth = _child(numbered, "ilvl")
        if style in self._numbering.styles:
            of_style = self._numbering.styles[style]
            list_id = list_id or of_style[0]
            depth = depth or str(of_style[1])
        place = int(depth) if depth.isdecimal() and len(depth) < 3 else 0
        level = self._numbering.level(list_id, place)
        if level is None or list_id == "0":
            return "", None
        return self._numbering.label(list_id, place), level.indent

    def _run(self, run: etree._Element, paragraph_style: str) -> Iterator[Run]:
        properties = self._styles.of_run(run, paragraph_style)
        look = _look(properties)
        style = self._run_style(properties)
        link = run.get(LINK, "")
        is_capital = is_on(properties, "caps")
        for piece in run:
            if piece.tag == f"{W}t":
                text = "".join(piece.itertext())
                yield Run(text.upper() if is_capital else text, look, style, link)
            elif piece.tag in {f"{W}tab", f"{W}ptab"}:
                yield Run("\t", look, style, link)
            elif piece.tag == f"{W}br":
                if piece.get(f"{W}type") not in {"page", "column"}:
                    yield Run(is_break=True)
            elif piece.tag == f"{W}softHyphen":
                yield Run("\u00ad", look, style, link)
            elif piece.tag == f"{W}drawing" and piece.get("key"):
                yield Run(picture=piece.get("key", ""))
            elif piece.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                yield self._reference(run, piece)

    def _reference(self, run: etree._Element, piece: etree._Element) -> Run:
        kind = "footnotes" if piece.tag == f"{W}footnoteReference" else "endnotes"
        custom = piece.get(f"{W}customMarkFollows") in {"1", "true"}
        following = "".join(text for found in run.iter(f"{W}t") for text in found.itertext()).strip()
        label = self._notes[kind].label(piece.get(f"{W}id", ""), following if custom else "")
        if custom:
            return Run()
        self._findings.added.update(letters(label))
        return Run(label, ("superscript",))

    def _run_style(self, properties: Properties) -> str:
        rules = []
        size = half_points(properties, round(self._usual * 2))
        if abs(size - self._usual) > 0.25 and value(properties, "vertAlign") in {"", "baseline"}:
            rules.append(f"font-size: {min(max(size, _SIZES[0]), _SIZES[1]):g}pt")
        colour = value(properties, "color").upper()
        if _is_colour(colour) and _is_dark(colour):
            rules.append(f"color: #{colour}")
        highlight = value(properties, "highlight")
        if highlight not in {"", "none", "white"}:
            rules.append(f"background: {_HIGHLIGHTS.get(highlight, _OTHER_HIGHLIGHT)}")
        if is_on(properties, "smallCaps"):
            rules.append("font-variant: small-caps")
        return "; ".join(rules)

    def _table(self, table: etree._Element, depth: int) -> Table:
        if depth >= _DEEPEST_TABLE:
            raise Refused("word-too-deep")
        rows = table.findall(f"{W}tr")
        if len(rows) > MOST_ROWS:
            raise Refused("word-table-too-long", rows=len(rows), most=MOST_ROWS)
        properties = self._styles.of_table(table)
        has_lines = _has_lines(properties.get("tblBorders")) or any(
            _has_lines(cell) for cell in table.iter(f"{W}tcBorders")
        )
        columns = tuple(points(column, "w") or 0.0 for column in table.findall(f"{W}tblGrid/{W}gridCol"))
        return Table(tuple(tuple(self._cells(row, depth)) for row in rows), has_lines, columns)

    def _cells(self, row: etree._Element, depth: int) -> Iterator[Cell]:
        for cell in row.findall(f"{W}tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            merges = "" if merge is None else merge.get(f"{W}val") or "continue"
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            across = "" if span is None else span.get(f"{W}val", "")
            width = int(across) if across.isdecimal() and 0 < len(across) < 3 else 1
            blocks = tuple(self.blocks(cell, depth + 1))
            # What stands in a cell that is covered by the one above is not seen, but nothing says that it is no word.
            has_words = any(isinstance(block, Table) or block.text.strip() for block in blocks)
            yield Cell(blocks, width, "" if merges == "continue" and has_words else merges)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of each paragraph, in the order of the page."""
    return (paragraph.text for paragraph in _paragraphs(blocks))


def printed_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The same as they stand on paper."""
    return ("".join(_printed_runs(paragraph)) for paragraph in _paragraphs(blocks))


def turned(blocks: Iterable[Block]) -> Iterator[bool]:
    """Whether each of them is set from right to left."""
    return (paragraph.is_turned for paragraph in _paragraphs(blocks))


def _printed_runs(paragraph: Paragraph) -> Iterator[str]:
    """Each run printed in the context of its paragraph: a joiner at its start belongs to the letter before."""
    printed = PrintedText(paragraph.text)
    place = 0
    for run in paragraph.runs:
        size = 1 if run.is_break else len(run.text)
        yield printed.between(place, place + size)
        place += size


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell.blocks)


class Writer:
    """Writes blocks as a small Word file for mammoth, and as style rules for what it makes of them."""

    def __init__(self) -> None:
        self._classes: dict[tuple[str, str, tuple[float, ...]], str] = {}
        self._targets: dict[str, str] = {}
        self._pictures: dict[str, str] = {}
        self._room = 0.0
        self._is_in_cell = False

    def document(self, blocks: Iterable[Block], room: float) -> bytes:
        """`room` is how wide a line is, in points."""
        self._room = room
        self._targets, self._pictures = {}, {}
        body = "".join(self._block(block) for block in blocks)
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, text in (
                ("[Content_Types].xml", _TYPES),
                ("_rels/.rels", _ROOT),
                ("word/document.xml", f"{_OPENING}<w:body>{body}</w:body></w:document>"),
                ("word/_rels/document.xml.rels", self._relations()),
            ):
                archive.writestr(zipfile.ZipInfo(name), text)
        return target.getvalue()

    def style_map(self) -> str:
        """How mammoth names what it finds: the styles here are the classes there."""
        lines = ["u => u", "strike => s", "b => strong", "i => em"]
        for (tag, _rules, _widths), name in self._classes.items():
            if tag == "r":
                lines.append(f"r.{name} => span.{name}")
            elif tag == "table":
                lines.append(f"table.{name} => table.{name}:fresh")
            else:
                lines.append(f"p.{name} => {tag}.{name}:fresh")
        return "\n".join(lines)

    def css(self) -> str:
        return " ".join(
            f".word .{name} {{ {rules} }} {_of_cells(name, widths)}"
            for (_tag, rules, widths), name in self._classes.items()
        )

    def _name(self, tag: str, rules: str, widths: tuple[float, ...] = ()) -> str:
        return self._classes.setdefault((tag, rules, widths), f"{tag[0]}{len(self._classes)}")

    def _block(self, block: Block) -> str:
        return self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        tag = f"h{paragraph.heading}" if paragraph.heading else "p"
        rules = "; ".join(filter(None, (_EXTRA.get(paragraph.extra, ""), paragraph.style)))
        name = self._name(tag, rules)
        runs = "".join(map(self._run, paragraph.runs, breakable(list(_printed_runs(paragraph)))))
        return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{runs}</w:p>'

    def _run(self, run: Run, printed: str) -> str:
        if run.is_break:
            return "<w:r><w:br/></w:r>"
        if run.picture:
            return self._picture(run.picture)
        properties = "".join(_LOOKS[look] for look in run.look)
        if run.style:
            properties = f'<w:rStyle w:val="{self._name("r", run.style)}"/>{properties}'
        pieces = printed.split("\t")
        words = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)
        written = f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>"
        if not run.link:
            return written
        key = self._targets.setdefault(run.link, f"link{len(self._targets)}")
        return f'<w:hyperlink r:id="{key}">{written}</w:hyperlink>'

    def _picture(self, key: str) -> str:
        self._pictures[key] = f"media/{key}.png"
        return (
            f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="" descr="{key}"/><a:graphic><a:graphicData><pic:pic>'
            f'<pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
            "</w:drawing></w:r>"
        )

    def _table(self, table: Table) -> str:
        rules = [_LINES] if table.has_lines else []
        widths = table.first_widths()
        if widths:
            width = "100%" if self._is_in_cell else f"{min(sum(widths), self._room):g}pt"
            rules.append(f"table-layout: fixed; width: {width}")
        name = self._name("table", "; ".join(rules), widths)
        rows = "".join(f"<w:tr>{''.join(map(self._cell, row))}</w:tr>" for row in table.rows)
        return f'<w:tbl><w:tblPr><w:tblStyle w:val="{name}"/></w:tblPr>{rows}</w:tbl>'

    def _cell(self, cell: Cell) -> str:
        merge = f'<w:vMerge w:val="{cell.merges}"/>' if cell.merges in {"restart", "continue"} else ""
        around, self._is_in_cell = self._is_in_cell, True
        blocks = "".join(map(self._block, cell.blocks))
        self._is_in_cell = around
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.across}"/>{merge}</w:tcPr>{blocks}</w:tc>'

    def _relations(self) -> str:
        links = "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
            for target, key in self._targets.items()
        )
        pictures = "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/image" Target="{target}"/>'
            for key, target in self._pictures.items()
        )
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}{pictures}</Relationships>'


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPENING = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
)
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LOOKS = {
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "underline": '<w:u w:val="single"/>',
    "strike": "<w:strike/>",
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "subscript": '<w:vertAlign w:val="subscript"/>',
}
_EXTRA = {
    "box": "margin-inline: 10pt; padding-inline: 6pt; border-left: 1.5pt solid #777",
    "note": "font-size: 85%",
    "added": "margin-top: 14pt; padding-top: 6pt; border-top: .75pt solid #111; font-weight: bold",
}
_LINES = "--line: .5pt solid #444"


def _of_cells(table: str, widths: Sequence[float]) -> str:
    """The widths of the first row, in parts of the whole, for a table wider than the page is made to fit."""
    return " ".join(
        f".word .{table} > tbody > tr:first-child > :nth-child({place}) {{ width: {width / sum(widths) * 100:.2f}% }}"
        for place, width in enumerate(widths, start=1)
    )


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph longer than any page as several, for the typesetter takes ever longer for one."""
    text = "".join(_IN_PLACE if run.picture else "\n" if run.is_break else run.text for run in paragraph.runs)
    if len(text) <= LONGEST_BLOCK:
        yield paragraph
        return
    for block in blocks(text):
        runs, place = [], 0
        for run in paragraph.runs:
            size = 1 if run.picture or run.is_break else len(run.text)
            start, end = max(block.start - place, 0), min(block.end - place, size)
            if start < end:
                runs.append(run if run.picture or run.is_break else replace(run, text=run.text[start:end]))
            place += size
        yield replace(paragraph, runs=tuple(runs))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs that look alike, and follow each other, as one."""
    held: Run | None = None
    for run in runs:
        if run == Run():
            continue
        if held and not (held.picture or held.is_break or run.picture or run.is_break) and _alike(held, run):
            held = Run(held.text + run.text, held.look, held.style, held.link)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _alike(one: Run, other: Run) -> bool:
    return (one.look, one.style, one.link) == (other.look, other.style, other.link)


def _look(properties: Properties) -> tuple[str, ...]:
    look = [name for name, tag in (("bold", "b"), ("italic", "i")) if is_on(properties, tag)]
    if value(properties, "u") not in {"", "none"}:
        look.append("underline")
    if is_on(properties, "strike") or is_on(properties, "dstrike"):
        look.append("strike")
    if value(properties, "vertAlign") in {"superscript", "subscript"}:
        look.append(value(properties, "vertAlign"))
    return tuple(look)


def _paragraph_style(properties: Properties, of_list: etree._Element | None, *, is_turned: bool) -> str:
    rules = []
    side = _SIDES.get(value(properties, "jc"))
    if side:
        rules.append(f"text-align: {side}")
    if is_turned:
        rules.append("direction: rtl")
    own = properties.get("ind")
    start = _either(own, of_list, "start", "left")
    end = _either(own, None, "end", "right")
    hanging = _either(own, of_list, "hanging")
    first = -hanging if hanging else _either(own, of_list, "firstLine")
    start = min(max(start, -first, 0), _MOST_INDENT)
    for name, measure in (("margin-inline-start", start), ("margin-inline-end", min(max(end, 0), _MOST_INDENT))):
        if measure:
            rules.append(f"{name}: {measure:g}pt")
    if first:
        rules.append(f"text-indent: {max(min(first, _MOST_INDENT), -start):g}pt")
    spacing = properties.get("spacing")
    for name, attribute in (("margin-top", "before"), ("margin-bottom", "after")):
        gap = points(spacing, attribute)
        rules.append(f"{name}: {min(max(gap or 0, 0), _MOST_GAP):g}pt")
    if is_on(properties, "pageBreakBefore"):
        rules.append("break-before: page")
    return "; ".join(rules)


def _label_run(label: str, hanging: float) -> Run:
    """A label that hangs before its paragraph is as wide as that hangs; what follows stands under what follows it."""
    if not label.endswith("\t") or hanging <= 0:
        return Run(label)
    return Run(f"{label[:-1]} ", (), f"display: inline-block; min-width: {hanging:g}pt; text-indent: 0")


def _either(own: etree._Element | None, of_list: etree._Element | None, *names: str) -> float:
    measure = points(own, *names)
    return (points(of_list, *names) if measure is None else measure) or 0.0


def _heading(properties: Properties, names: list[str]) -> int:
    level = value(properties, "outlineLvl")
    if level.isdecimal() and int(level) < 9:
        return min(int(level) + 1, 6)
    return next((1 for name in names if name == "title"), 0)


def _child(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _has_lines(borders: etree._Element | None) -> bool:
    return borders is not None and any(side.get(f"{W}val") not in {None, "nil", "none"} for side in borders)


def _is_colour(colour: str) -> bool:
    return len(colour) == 6 and all(digit in "0123456789ABCDEF" for digit in colour) and colour != "000000"


def _is_dark(colour: str) -> bool:
    """Whether it can be read on white; what cannot is printed black."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 170
