"""What the packet says about its evidence: the annotated index, and the schedule of country information. Pure.

One `Index` is made and then laid out twice, on pages (pdf/html) and as a Word file (indexing/word), so that the two
cannot say different things.
"""

from caseapp.packets.indexing.arranging import arranged
from caseapp.packets.indexing.filling import build_index, printed_quote
from caseapp.packets.indexing.meant import meant_pages
from caseapp.packets.indexing.model import Entry, Group, Index, Layout, Row, Section
from caseapp.packets.indexing.rows import section_rows
from caseapp.packets.indexing.schedule import build_schedule, has_schedule, schedule_lines

__all__ = [
    "Entry",
    "Group",
    "Index",
    "Layout",
    "Row",
    "Section",
    "arranged",
    "build_index",
    "build_schedule",
    "has_schedule",
    "meant_pages",
    "printed_quote",
    "schedule_lines",
    "section_rows",
]
