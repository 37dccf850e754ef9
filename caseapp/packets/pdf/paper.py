"""Measures of a page, in points (1/72 inch): paper, margins, the box that holds the words. Pure."""

from dataclasses import dataclass

from caseapp.forums import Forum

POINTS_PER_MM = 72 / 25.4
STAMP_BAND = 54.0
"""Height above the foot of the page that belongs to the page number alone."""

NOTE_COLUMN = 88.0
NOTE_GAP = 14.0
# Letters may lean a little out of their column.
_SLACK = 6.0


@dataclass(frozen=True)
class Margins:
    top: float
    right: float
    bottom: float
    left: float


MARGINS = {
    "cover": Margins(72, 72, 72, 72),
    "index": Margins(72, 72, 72, 72),
    "schedule": Margins(72, 72, 72, 72),
    "tab": Margins(72, 90, 72, 72),
    "exhibit": Margins(76, NOTE_COLUMN + NOTE_GAP + 42, 72, 72),
    "paper": Margins(72, 72, 72, 72),
}


def paper(forum: Forum) -> tuple[float, float]:
    """Width and height in points."""
    return round(forum.paper_width_mm * POINTS_PER_MM, 2), round(forum.paper_height_mm * POINTS_PER_MM, 2)


def body_box(forum: Forum, kind: str) -> tuple[float, float, float, float]:
    """Where the words of such a page stand: left, bottom, right, top, from the page's lower left corner."""
    width, height = paper(forum)
    margins = MARGINS[kind]
    return (
        margins.left - _SLACK,
        margins.bottom - _SLACK,
        width - margins.right + _SLACK,
        height - margins.top + _SLACK,
    )


def page_styles(forum: Forum, kind: str, font_stack: str) -> str:
    width, height = paper(forum)
    margins = MARGINS[kind]
    smallest = f"; --smallest: {forum.smallest_type_pt}pt" if forum.smallest_type_pt else ""
    return (
        f"@page {{ size: {width}pt {height}pt; "
        f"margin: {margins.top}pt {margins.right}pt {margins.bottom}pt {margins.left}pt }} "
        f"html {{ font-family: {font_stack}; font-size: {forum.body_size_pt}pt; line-height: {forum.line_height}"
        f"{smallest} }} "
        f"@page {{ font-family: {font_stack} }}"
    )
