"""Filled forms: what was filled in stays visible and can be read, and nothing is left to fill in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.intake.pdf.appearances import own_appearance
from caseapp.intake.pdf.geometry import Box
from caseapp.intake.pdf.values import (
    dictionary,
    inherited,
    items,
    name,
    number,
    numbers,
    rectangle,
    sayable,
    whole,
    words,
)

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_MOST_LETTERS = 20_000
# Where an appearance was made by a program that could not draw it, a box with a cross says that it is on.
_ON_MARK = "1 w {0} {1} m {2} {3} l {0} {3} m {2} {1} l S"


@dataclass(frozen=True)
class Value:
    """Words that were filled in, and where on which page (from 0) they must be seen."""

    page: int
    place: int
    words: str
    box: Box
    size: float
    lines: bool
    align: str


def value_of(widget: Dictionary, page: int, place: int, defaults: Dictionary) -> Value | None:
    """What was filled in to a field of words or choices; None for other fields, empty ones, and those without area."""
    box = rectangle(widget.get(Name.Rect))
    flags = whole(inherited(widget, Name.Ff))
    if box is None or name(inherited(widget, Name.FT)) not in {"Tx", "Ch"} or flags & _PASSWORD:
        return None
    said = "\n".join(_said(widget))[:_MOST_LETTERS]
    if not said.strip():
        return None
    aligned = whole(inherited(widget, Name.Q) or defaults.get(Name.Q))
    return Value(
        page,
        place,
        said,
        box,
        _size(inherited(widget, Name.DA) or defaults.get(Name.DA)),
        bool(flags & _MULTILINE) or "\n" in said.strip() or "\r" in said.strip(),
        {1: "center", 2: "right"}.get(aligned, "left"),
    )


def typed_on(annotation: Dictionary, page: int, place: int) -> Value | None:
    """Words that were typed on to the page, outside any form."""
    box, said = rectangle(annotation.get(Name.Rect)), words(annotation.get(Name.Contents))[:_MOST_LETTERS]
    if box is None or not said.strip():
        return None
    align = {1: "center", 2: "right"}.get(whole(annotation.get(Name.Q)), "left")
    return Value(page, place, said, box, _size(annotation.get(Name.DA)), lines=True, align=align)


def _said(widget: Dictionary) -> Iterator[str]:
    value = inherited(widget, Name.V)
    if isinstance(value, Stream):
        yield sayable(value.read_bytes().decode("utf-8", "replace"))
        return
    shown = dict(_choices(inherited(widget, Name.Opt)))
    for part in items(value):
        if isinstance(part, pikepdf.String):
            yield shown.get(words(part), words(part))


def _choices(options: object) -> Iterator[tuple[str, str]]:
    """What each choice is called in the file, and on the page."""
    for option in items(options):
        if isinstance(option, Array) and len(option) > 1:
            yield words(option[0]), words(option[1])


def _size(appearance: object) -> float:
    """The size of letters that the form asks for; 0 lets them fill the field."""
    operators = words(appearance).split()
    for operator, before in zip(operators[1:], operators, strict=False):
        if operator == "Tf":
            try:
                return min(max(float(before), 0.0), 200.0)
            except ValueError:
                return 0.0
    return 0.0


def shows_words(form: Stream | None) -> bool:
    """Whether an appearance draws any letter at all."""
    if form is None:
        return False
    try:
        return any(True for _ in pikepdf.parse_content_stream(form, "Tj TJ ' \" Do"))
    except pikepdf.PdfError:
        return False


def made_mark(pdf: Pdf, widget: Dictionary) -> Stream | None:
    """A cross for a box that is ticked and brings no drawing of it."""
    box = rectangle(widget.get(Name.Rect))
    if box is None or name(inherited(widget, Name.FT)) != "Btn" or own_appearance(widget) is not None:
        return None
    state = name(widget.get(Name.AS)) or name(inherited(widget, Name.V))
    if state in {"", "Off"} or dictionary(dictionary(widget.get(Name.AP)).get(Name.N)).keys() - {f"/{state}"} - {
        "/Off"
    }:
        return None
    inner = (box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2)
    drawn = _ON_MARK.format(*(f"{value:.2f}" for value in inner))
    return pdf.make_indirect(Stream(pdf, drawn.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box))))


def ground_of(pdf: Pdf, widget: Dictionary) -> Stream | None:
    """The field's own colour and frame, for one whose appearance is made anew."""
    box, looks = rectangle(widget.get(Name.Rect)), dictionary(widget.get(Name.MK))
    if box is None:
        return None
    fill, edge = _operands(looks.get(Name.BG)), _operands(looks.get(Name.BC))
    size = f"{box[0]:.3f} {box[1]:.3f} {box[2] - box[0]:.3f} {box[3] - box[1]:.3f} re"
    steps = [f"{fill[0]} {fill[1].lower()} {size} f"] if fill else []
    width = number(dictionary(widget.get(Name.BS)).get(Name.W))
    if edge and width != 0:
        steps.append(f"{edge[0]} {edge[1]} {1 if width is None else width:g} w {size} S")
    if not steps:
        return None
    form = Stream(pdf, " ".join(steps).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box)))
    return pdf.make_indirect(form)


def _operands(colour: object) -> tuple[str, str] | None:
    values = numbers(colour)
    if not values or len(values) not in {1, 3, 4}:
        return None
    return " ".join(f"{value:g}" for value in values), {1: "G", 3: "RG", 4: "K"}[len(values)]


def area_of(widget: Dictionary) -> list[Box]:
    box = rectangle(widget.get(Name.Rect))
    return [box] if box is not None else []


def is_choice(widget: Dictionary) -> bool:
    return name(inherited(widget, Name.FT)) == "Ch"


def is_signed(widget: Dictionary) -> bool:
    return name(inherited(widget, Name.FT)) == "Sig" and isinstance(inherited(widget, Name.V), Dictionary)


def defaults_of(pdf: Pdf) -> Dictionary:
    return dictionary(pdf.Root.get(Name.AcroForm))


def is_only_xfa(pdf: Pdf) -> bool:
    """Whether the pages are a placeholder, and the form itself is in a language that only one program reads."""
    form = defaults_of(pdf)
    return Name.XFA in form and not len(items(form.get(Name.Fields)))


def letters_of(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def unread(values: Sequence[Value], pages: Sequence[str]) -> list[Value]:
    """The values that a program does not find among the words of their page."""
    said = {page: letters_of(pages[page]) for page in {value.page for value in values}}
    return [value for value in values if letters_of(value.words) not in said[value.page]]
