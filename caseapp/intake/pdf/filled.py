"""Values of form fields set in our own fonts, for fields that bring no drawing of what was filled in.

WeasyPrint sets them, so every script that a packet can print is joined, ordered and embedded as it must be. It takes
half a second to load, so `normalising` loads this only for a form that needs it.
"""

from collections.abc import Sequence
from html import escape

from caseapp.core.refused import Refused
from caseapp.intake.pdf.forms import Value
from caseapp.intake.pdf.opening import MOST_PAGES
from caseapp.typesetting.fonts import font_stack
from caseapp.typesetting.printed import PrintedText
from caseapp.typesetting.typeset import typeset

_LARGEST, _SMALLEST = 12.0, 2.0
_LINE = 1.2
# How wide a letter is at most, on average, in parts of its size.
_WIDE = 0.62
_EDGE = 2.0


def set_values(values: Sequence[Value]) -> bytes:
    """A PDF with one page for each value, of the size of its field."""
    if len(values) > MOST_PAGES:
        raise Refused("form-values-lost", page=values[0].page + 1)
    sizes = [_size(value) for value in values]
    for _ in range(8):
        styles = "".join(
            _style(number, value, size) for number, (value, size) in enumerate(zip(values, sizes, strict=True))
        )
        made = typeset(_html(values), styles)
        if made.pages == len(values):
            return made.pdf
        sizes = [size * 0.8 for size in sizes]
    raise Refused("form-values-lost", page=values[0].page + 1)


def _size(value: Value) -> float:
    width, height = value.box[2] - value.box[0] - 2 * _EDGE, value.box[3] - value.box[1]
    asked = value.size or (_LARGEST if value.lines else height * 0.7)
    size = max(min(asked, height / _LINE, 200.0), _SMALLEST)
    while size > _SMALLEST and not _fits(value, size, width, height):
        size *= 0.93
    return max(size, _SMALLEST)


def _fits(value: Value, size: float, width: float, height: float) -> bool:
    across = [max(_length(line) * size, 1.0) for line in value.words.splitlines()]
    if not value.lines:
        return max(across) <= width
    return sum(int(line / max(width, 1.0)) + 1 for line in across) * size * _LINE <= height


def _length(line: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else _WIDE for character in line)


def _style(number: int, value: Value, size: float) -> str:
    width, height = value.box[2] - value.box[0], value.box[3] - value.box[1]
    return (
        f"@page v{number} {{ size: {width:.3f}pt {height:.3f}pt; margin: 0 }} "
        f"#v{number} {{ page: v{number}; font-size: {size:.2f}pt; text-align: {value.align}; "
        f"{'white-space: pre-wrap' if value.lines else f'white-space: pre; line-height: {height:.3f}pt'} }} "
    )


def _html(values: Sequence[Value]) -> str:
    sections = "".join(
        f'<section id="v{number}" dir="auto">{_words(value)}</section>' for number, value in enumerate(values)
    )
    style = (
        f"<style>html {{ font-family: {font_stack()}; line-height: {_LINE}; overflow-wrap: anywhere }} "
        f"body {{ margin: 0 }} section {{ padding: 0 {_EDGE}pt }} section + section {{ break-before: page }}</style>"
    )
    return f'<!doctype html><html><head><meta charset="utf-8">{style}</head><body>{sections}</body></html>'


def _words(value: Value) -> str:
    said = value.words if value.lines else " ".join(value.words.split())
    lines = said.splitlines()
    return escape("\n".join(PrintedText(line).between(0, len(line)) for line in lines))
