"""The paragraph styles of the Word index, so that a lawyer changes the look of all entries in one place."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from caseapp.forums import Forum

FONT = "Times New Roman"
_INDENT = 18.0
_TABLES = frozenset({"Normal Table", "Table Grid"})
_BLACK = RGBColor(0, 0, 0)


@dataclass(frozen=True)
class _Names:
    subtitle: str = "Index subtitle"
    count: str = "Index count"
    item: str = "Index item"
    proposition: str = "Index proposition"
    quotation: str = "Index quotation"
    translation: str = "Index translation"
    source: str = "Index source"
    note: str = "Index note"
    cell: str = "Index cell"


STYLES = _Names()


def prepare(document: Document, forum: Forum, margin_mm: float) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(forum.paper_width_mm), Mm(forum.paper_height_mm)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(margin_mm))
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLES:
            style.delete()
    smallest = forum.smallest_type_pt or 0
    _set(document.styles["Normal"], size=max(12, smallest), after=0)
    for name, size in (("Title", 16), ("Heading 1", 13), ("Heading 2", 12), ("Heading 3", 12), ("Heading 4", 11)):
        _set(document.styles[name], size=max(size, smallest), before=12, after=3, is_bold=True, keeps_next=True)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, size, indent, extra in (
        (STYLES.subtitle, 12, 0, {"is_italic": True, "after": 12}),
        (STYLES.count, 10, 0, {"after": 4, "keeps_next": True}),
        (STYLES.item, 12, 0, {"before": 8, "after": 2, "keeps_next": True}),
        (STYLES.proposition, 12, _INDENT, {"before": 8, "is_bold": True, "keeps_next": True}),
        (STYLES.quotation, 12, _INDENT, {"before": 6, "keeps_next": True}),
        (STYLES.translation, 12, 2 * _INDENT, {"before": 3, "keeps_next": True}),
        (STYLES.source, 11, 2 * _INDENT, {"before": 2, "after": 2}),
        (STYLES.note, 10, 2 * _INDENT, {"is_italic": True}),
        (STYLES.cell, 10, 0, {}),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set(style, size=max(size, smallest), indent=indent, **extra)
    document.styles[STYLES.subtitle].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set(
    style: ParagraphStyle,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    is_bold: bool | None = None,
    is_italic: bool | None = None,
    keeps_next: bool = False,
) -> None:
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), is_bold, is_italic
    font.color.rgb = _BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(attribute), None)
    paragraph.space_before, paragraph.space_after, paragraph.left_indent = Pt(before), Pt(after), Pt(indent)
    paragraph.keep_with_next = keeps_next
