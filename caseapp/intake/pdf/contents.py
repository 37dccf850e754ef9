"""A page's operators: put in place, closed where they were left open, and added to."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.intake.pdf.geometry import Frame
from caseapp.intake.pdf.resources import Resources, content_of

Matrix = tuple[float, float, float, float, float, float]
_WHOLE = Name("/Whole")


@dataclass(frozen=True)
class Drawing:
    """A form to draw over a page, and the matrix from the form's space to the page's own."""

    form: Stream
    matrix: Matrix


def settle_content(pdf: Pdf, page: Dictionary, resources: Resources, frame: Frame, over: Sequence[Drawing]) -> None:
    """Leave the page with its content at the origin and the drawings over it. Its resources must be its own."""
    streams = content_of(page)
    rewritten = resources.content(page, page.Resources) if streams else None
    if rewritten is not None:
        streams = [pdf.make_indirect(Stream(pdf, rewritten))]
    if streams and (over or not frame.in_place):
        streams = _wrapped(pdf, page, streams, frame)
    if over:
        streams.append(_drawn_over(pdf, page, frame, over))
    if Name.Contents in page:
        del page[Name.Contents]
    if streams:
        page[Name.Contents] = streams[0] if len(streams) == 1 else Array(streams)


def matrix_operands(matrix: Sequence[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix)


def _wrapped(pdf: Pdf, page: Dictionary, streams: list[Stream], frame: Frame) -> list[Stream]:
    """Whatever state the content leaves behind ends with it."""
    lowest, last = _balance(pdf, streams)
    opening = pdf.make_indirect(Stream(pdf, b"q " + _into_place(frame) + b"\n"))
    if lowest < 0:
        return [opening, _as_form(pdf, page, streams, frame)]
    return [opening, *streams, pdf.make_indirect(Stream(pdf, b"\nQ" * (last + 1) + b"\n"))]


def _balance(pdf: Pdf, streams: list[Stream]) -> tuple[int, int]:
    """How deep the saved states go below where they began, and how many are left open."""
    holder = pdf.make_indirect(Dictionary(Type=Name.Page, Contents=Array(streams)))
    depth, lowest = 0, 0
    for instruction in pikepdf.parse_content_stream(holder, "q Q"):
        depth += 1 if str(instruction.operator) == "q" else -1
        lowest = min(lowest, depth)
    return lowest, depth


def _as_form(pdf: Pdf, page: Dictionary, streams: list[Stream], frame: Frame) -> Stream:
    """A form has a state of its own, so nothing inside can restore more than it saved."""
    form = pdf.make_indirect(
        Stream(
            pdf,
            b"\n".join(stream.read_bytes() for stream in streams),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(list(frame.box)),
            Resources=page.Resources,
        )
    )
    page[Name.Resources] = Dictionary(XObject=Dictionary({str(_WHOLE): form}))
    return pdf.make_indirect(Stream(pdf, f"{_WHOLE} Do Q\n".encode()))


def _drawn_over(pdf: Pdf, page: Dictionary, frame: Frame, over: Sequence[Drawing]) -> Stream:
    if Name.XObject not in page.Resources:
        page.Resources[Name.XObject] = Dictionary()
    forms = page.Resources.XObject
    steps, count = [b"q", _into_place(frame)], 0
    for drawing in over:
        while f"/Over{count}" in forms:
            count += 1
        forms[Name(f"/Over{count}")] = drawing.form
        steps.append(f"q {matrix_operands(drawing.matrix)} cm /Over{count} Do Q".encode())
    return pdf.make_indirect(Stream(pdf, b"\n".join([*steps, b"Q\n"])))


def _into_place(frame: Frame) -> bytes:
    return b"" if frame.in_place else matrix_operands(frame.matrix).encode() + b" cm"
