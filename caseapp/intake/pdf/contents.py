"""A page's operators: put in place, closed where they were left open, and added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.core.refused import Refused
from caseapp.intake.pdf.geometry import Frame
from caseapp.intake.pdf.layers import Layers
from caseapp.intake.pdf.mending import salvaged
from caseapp.intake.pdf.opening import MOST_OPERATORS, MOST_UNPACKED, repairs
from caseapp.intake.pdf.values import items

Matrix = tuple[float, float, float, float, float, float]
_WHOLE = Name("/Whole")
_ELSEWHERE = (Name.F, Name("/FFilter"), Name("/FDecodeParms"))


@dataclass(frozen=True)
class Drawing:
    """A form to draw over a page, and the matrix from the form's space to the page's own."""

    form: Stream
    matrix: Matrix


class Contents:
    """Settles page after page. `unsound` counts streams that could only be unpacked in part."""

    def __init__(self, pdf: Pdf, layers: Layers) -> None:
        self._pdf = pdf
        self._layers = layers
        self.unsound = 0

    def settle(self, page: Any, properties: Dictionary, frame: Frame, over: Sequence[Drawing]) -> None:
        """Leave the page with its content at the origin and the drawings over it.

        Its resources must be its own by now; `properties` are those that its marks name in the file.
        """
        streams, size = self._streams(page)
        rewritten = self._layers.without_hidden(page, properties) if streams else None
        if rewritten is not None:
            streams = [self._stream(rewritten)]
        if streams and (over or not frame.in_place):
            streams = self._wrapped(page, streams, frame, size)
        if over:
            streams.append(self._drawn_over(page, frame, over))
        if Name.Contents in page:
            del page[Name.Contents]
        if streams:
            page[Name.Contents] = streams[0] if len(streams) == 1 else Array(streams)

    def _streams(self, page: Dictionary) -> tuple[list[Stream], int]:
        """The sound streams of the content, whatever stands between them, and their bytes unpacked."""
        streams = [part for part in items(page.get(Name.Contents)) if isinstance(part, Stream)]
        size = 0
        for stream in streams:
            for key in _ELSEWHERE:
                if key in stream:
                    del stream[key]
            size += self._unpacked(stream)
            if size > MOST_UNPACKED:
                raise Refused("too-much-drawn")
        return streams, size

    def _unpacked(self, stream: Stream) -> int:
        try:
            data = stream.read_bytes()
            mended = repairs(self._pdf)
        except (pikepdf.PdfError, UnicodeDecodeError):
            data, mended = salvaged(stream), 1
        if mended:
            self.unsound += mended
            stream.write(data)
        return len(data)

    def _stream(self, data: bytes) -> Any:
        return self._pdf.make_indirect(Stream(self._pdf, data))

    def _wrapped(self, page: Any, streams: list[Stream], frame: Frame, size: int) -> list[Stream]:
        """Whatever state the content leaves behind ends with it."""
        lowest, last = self._balance(streams) if size <= MOST_OPERATORS else (-1, 0)
        opening = self._stream(b"q " + _into_place(frame) + b"\n")
        if lowest < 0:
            return [opening, self._as_form(page, streams, frame)]
        return [opening, *streams, self._stream(b"\nQ" * (last + 1) + b"\n")]

    def _balance(self, streams: list[Stream]) -> tuple[int, int]:
        """How deep the saved states go below where they began, and how many are left open."""
        holder = self._pdf.make_indirect(Dictionary(Type=Name.Page, Contents=Array(streams)))
        depth, lowest = 0, 0
        for instruction in pikepdf.parse_content_stream(holder, "q Q"):
            depth += 1 if str(instruction.operator) == "q" else -1
            lowest = min(lowest, depth)
        return lowest, depth

    def _as_form(self, page: Any, streams: list[Stream], frame: Frame) -> Any:
        """A form has a state of its own, so nothing inside can restore more than it saved."""
        form = self._stream(b"\n".join(stream.read_bytes() for stream in streams))
        form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
        form[Name.BBox], form[Name.Resources] = Array(list(frame.box)), page.Resources
        page[Name.Resources] = Dictionary(XObject=Dictionary({str(_WHOLE): form}))
        return self._stream(f"{_WHOLE} Do Q\n".encode())

    def _drawn_over(self, page: Any, frame: Frame, over: Sequence[Drawing]) -> Any:
        if Name.XObject not in page.Resources:
            page.Resources[Name.XObject] = Dictionary()
        forms = page.Resources.XObject
        steps, count = [b"q", _into_place(frame)], 0
        for drawing in over:
            while f"/Over{count}" in forms:
                count += 1
            forms[Name(f"/Over{count}")] = drawing.form
            steps.append(f"q {matrix_operands(drawing.matrix)} cm /Over{count} Do Q".encode())
        return self._stream(b"\n".join([*steps, b"Q\n"]))


def matrix_operands(matrix: Sequence[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix)


def _into_place(frame: Frame) -> bytes:
    return b"" if frame.in_place else matrix_operands(frame.matrix).encode() + b" cm"
