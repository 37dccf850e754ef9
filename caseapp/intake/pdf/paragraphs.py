"""Lines of a page, in reading order, gathered into paragraphs. Pure.

A line begins a paragraph where the page shows it: by white space above, by an indent, by other letters (a heading),
by a bullet, or because its first word would still have fitted on the line before.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from caseapp.intake.pdf.hyphens import ends_with_hyphen
from caseapp.intake.pdf.letters import Word
from caseapp.intake.pdf.order import Line

_BULLET = re.compile(r"[•▪◦‣●○■□➢✓❖·∙]|[-–—*o]$")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]$")
_ENDS_SENTENCE = re.compile(r"[.!?:;…。؟۔][”’\"')\]»\d]*$")
_OTHER_SIZE = 0.12
_LOOSE = 1.35  # times the usual distance between lines
_INDENT = 0.8  # ems
_CELLS = 1.5  # ems between two words that may stand in different cells of a table
_ALIGNED = 2.0  # points
_SLACK = 0.6  # ems that a word may lack to have fitted


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    blocks = list(_blocks(lines))
    found: list[list[Line]] = []
    for place, block in enumerate(blocks):
        for number, paragraph in enumerate(_cut(block)):
            if number == 0 and place and _runs_on(blocks[place - 1], paragraph[0]):
                found[-1].extend(paragraph)
            else:
                found.append(paragraph)
    return found


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of one kind below one another, without a gap."""
    usual = _usual_pitches(lines)
    block: list[Line] = []
    for line in lines:
        if block and not _is_next_below(block[-1], line, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _usual_pitches(lines: Sequence[Line]) -> dict[int, float]:
    """By size of letters: how far lines stand apart, on the median of those that stand close."""
    pitches: dict[int, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        pitch = above.y0 - below.y0
        if above.shares_width_with(below) and 0.5 * below.height < pitch < 2.2 * below.height:
            pitches[round(below.height)].append(pitch)
    return {size: median(found) for size, found in pitches.items()}


def _is_next_below(above: Line, below: Line, usual: dict[int, float]) -> bool:
    if above.turn != below.turn or below.turn is None or above.is_bold != below.is_bold:
        return False
    if above.reads_right_to_left != below.reads_right_to_left:
        return False
    bigger = max(above.height, below.height)
    if abs(above.height - below.height) > _OTHER_SIZE * bigger or not above.shares_width_with(below):
        return False
    pitch = above.y0 - below.y0
    return 0 < pitch <= _LOOSE * usual.get(round(below.height), 1.4 * bigger)


def _cut(block: list[Line]) -> Iterator[list[Line]]:
    left, right = min(line.x0 for line in block), max(line.x1 for line in block)
    paragraph: list[Line] = []
    for line in block:
        if paragraph and _begins(paragraph, line, left, right):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _begins(paragraph: Sequence[Line], line: Line, left: float, right: float) -> bool:
    before = paragraph[-1]
    if _is_divided(before):
        return False
    if _are_rows_of_a_table(before, line):
        return True
    first = line.words[0].text
    if _BULLET.match(first) and len(line.words) > 1:
        return True
    if _would_have_fitted(before, line, left, right):
        return True
    ends = bool(_ENDS_SENTENCE.search(before.words[-1].text))
    if _NUMBER.match(first) and ends:
        return True
    return ends and _indent(line, left, right) > _INDENT * line.em + _indent(before, left, right)


def _are_rows_of_a_table(one: Line, other: Line) -> bool:
    """Whether cells of both begin, or end, at the same place."""
    return any(abs(a.x0 - b.x0) < _ALIGNED or abs(a.x1 - b.x1) < _ALIGNED for a in _cells(one) for b in _cells(other))


def _cells(line: Line) -> list[Word]:
    """The words of a line that stand after a wide gap."""
    return [word for before, word in pairwise(line.words) if abs(word.x0 - before.x1) > _CELLS * line.em]


def _indent(line: Line, left: float, right: float) -> float:
    return right - line.x1 if line.reads_right_to_left else line.x0 - left


def _would_have_fitted(before: Line, line: Line, left: float, right: float) -> bool:
    first = line.words[0]
    free = before.x0 - left if before.reads_right_to_left else right - before.x1
    return first.x1 - first.x0 + 0.3 * line.em < free - _SLACK * line.em


def _runs_on(block: Sequence[Line], line: Line) -> bool:
    """Whether a paragraph goes on at the top of the next column."""
    last = block[-1]
    if last.turn != line.turn or line.turn is None or last.is_bold != line.is_bold:
        return False
    if abs(last.height - line.height) > _OTHER_SIZE * line.height or line.y0 < last.y1 or last.shares_width_with(line):
        return False
    if _is_divided(last):
        return True
    left, right = min(one.x0 for one in block), max(one.x1 for one in block)
    if _ENDS_SENTENCE.search(last.words[-1].text) or _BULLET.match(line.words[0].text):
        return False
    return len(block) > 1 and not _would_have_fitted(last, line, left, right)


def _is_divided(line: Line) -> bool:
    return ends_with_hyphen(line.words[-1])
