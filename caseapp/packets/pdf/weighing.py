"""What some pages of a part weigh by themselves: asked only where an exhibit is larger than a volume may be."""

from collections.abc import Mapping
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from caseapp.packets.pdf.rendered import RenderedPart

# An object's own syntax, beside the bytes of its stream.
_OBJECT_BYTES = 60


class Scales:
    """Weighs pages of parts; what pages share (a font, a picture) is counted once."""

    def __init__(self, rendered: Mapping[str, RenderedPart], page_bytes: int) -> None:
        self._rendered = rendered
        self._page_bytes = page_bytes
        self._known: dict[str, list[dict[int, int]]] = {}

    def weigh(self, name: str, first: int, last: int) -> int:
        if name not in self._known:
            self._known[name] = _weights(self._rendered[name])
        together: dict[int, int] = {}
        for weights in self._known[name][first - 1 : last]:
            together |= weights
        return sum(together.values()) + (last - first + 1) * self._page_bytes


def _weights(part: RenderedPart) -> list[dict[int, int]]:
    """For each page, the bytes of every object that it needs, by the object's number."""
    source = BytesIO(part.pdf) if isinstance(part.pdf, bytes) else part.pdf
    with Pdf.open(source) as pdf:
        return [_reached(page.obj) for page in pdf.pages]


def _reached(page: pikepdf.Object) -> dict[int, int]:
    found: dict[int, int] = {}
    waiting = [value for name, value in page.items() if name != "/Parent"]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Dictionary | pikepdf.Stream | pikepdf.Array):
            if value.is_indirect:
                if value.objgen[0] in found or _is_page(value):
                    continue
                found[value.objgen[0]] = _OBJECT_BYTES + _stream_bytes(value)
            waiting += list(value) if isinstance(value, pikepdf.Array) else [item for _, item in value.items()]
    return found


def _is_page(value: pikepdf.Object) -> bool:
    return isinstance(value, Dictionary) and value.get(Name.Type) == Name.Page


def _stream_bytes(value: pikepdf.Object) -> int:
    return len(value.read_raw_bytes()) if isinstance(value, pikepdf.Stream) else 0
