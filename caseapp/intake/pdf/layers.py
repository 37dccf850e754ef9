"""Layers that a reader does not show. In the clean copy they are gone, and the others are always there.

A packet is put together from pages; the list of layers belongs to the file and would be lost. Then every layer shows.
What counts as shown is what PDFium shows, since its picture is what people were asked about.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream

from caseapp.core.refused import Refused
from caseapp.intake.pdf.opening import MOST_OPERATORS
from caseapp.intake.pdf.values import dictionary, items, name

_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_SHOWN = {"Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"}
# What a mark becomes whose layer is always there.
_PLAIN = "Layer"


class Layers:
    def __init__(self, pdf: Pdf) -> None:
        properties = dictionary(pdf.Root.get(Name.OCProperties))
        self._default = dictionary(properties.get(Name.D))
        self._on = _identities(self._default.get(Name.ON))
        self._off = _identities(self._default.get(Name.OFF))
        self.hidden_parts = 0

    def shows(self, layer: object) -> bool:
        if not isinstance(layer, Dictionary):
            return True
        if name(layer.get(Name.Type)) == "OCMD":
            return self._membership(layer)
        return self._group(layer)

    def _membership(self, layer: Dictionary) -> bool:
        if isinstance(layer.get(Name.VE), Array):
            return self._expression(layer.get(Name.VE), 0)
        groups = [group for group in items(layer.get(Name.OCGs)) if isinstance(group, Dictionary)]
        if not groups:
            return True
        shown = [self._group(group) for group in groups]
        return {
            "AllOn": all(shown),
            "AnyOff": not all(shown),
            "AllOff": not any(shown),
        }.get(name(layer.get(Name.P)), any(shown))

    def _expression(self, expression: object, level: int) -> bool:
        if isinstance(expression, Dictionary):
            return self._group(expression)
        parts = items(expression)
        if level > 32 or not parts:
            return False
        values = (self._expression(part, level + 1) for part in parts[1:])
        kind = name(parts[0])
        if kind == "Not":
            return not next(values, False)
        return any(values) if kind == "Or" else all(values)

    def _group(self, group: Dictionary) -> bool:
        intents = {name(intent) for intent in items(group.get(Name.Intent))} or {"View"}
        if not intents & {"View", "All"}:
            return True
        view = dictionary(dictionary(group.get(Name.Usage)).get(Name.View))
        if Name.ViewState in view:
            return name(view.get(Name.ViewState)) != "OFF"
        if group.objgen in self._off:
            return False
        return group.objgen in self._on or name(self._default.get(Name.BaseState)) != "OFF"

    def without_hidden(self, content: Object, properties: Dictionary) -> bytes | None:
        """The operators of a page or form without what hidden layers paint; None where no layer is named in them."""
        named = {key: value for key, value in properties.items() if _is_layer(value)}
        if not named:
            return None
        if _size(content) > MOST_OPERATORS:
            raise Refused("too-much-drawn")
        kept: list[Any] = []
        marks: list[bool] = []
        for instruction in pikepdf.parse_content_stream(content):
            operator = bytes(instruction.operator).decode("latin-1")
            if operator in {"BDC", "BMC"}:
                operands = list(instruction.operands)
                is_layer = operator == "BDC" and name(operands[0]) == "OC" and f"/{name(operands[1])}" in named
                marks.append(is_layer and not self.shows(named[f"/{name(operands[1])}"]))
                self.hidden_parts += marks[-1]
                kept.append(([Name(f"/{_PLAIN}")], Operator("BMC")) if is_layer else instruction)
                continue
            if operator == "EMC" and marks:
                marks.pop()
            if not any(marks) or operator not in _PAINT | _SHOWN:
                kept.append(instruction)
            elif operator in _PAINT:
                kept.append(([], Operator("n")))
        return pikepdf.unparse_content_stream(kept)


def _identities(groups: object) -> set[tuple[int, int]]:
    return {group.objgen for group in items(groups) if isinstance(group, Dictionary)}


def _is_layer(value: object) -> bool:
    return isinstance(value, Dictionary) and name(value.get(Name.Type)) in {"OCG", "OCMD"}


def _size(content: Object) -> int:
    parts = [content] if isinstance(content, Stream) else items(content.get(Name.Contents))
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, Stream))


def emptied(pdf: Pdf) -> Stream:
    """Something to draw in place of what a layer hides."""
    return pdf.make_indirect(Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0])))
