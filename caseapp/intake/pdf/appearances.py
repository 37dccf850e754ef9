"""How an annotation looks: the drawing that it brings, or one made from what it says of itself."""

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.intake.pdf.contents import Drawing
from caseapp.intake.pdf.values import dictionary, name, number, numbers, rectangle

_NOTE_COLOUR = (1.0, 0.82, 0.0)
_DRAWN = {"Highlight", "Underline", "StrikeOut", "Squiggly", "Square", "Circle", "Line", "Polygon", "PolyLine", "Ink"}
# Four curves that pass for a circle.
_ROUND = 0.5523


def own_appearance(annotation: Dictionary) -> Stream | None:
    """The drawing for the state that the annotation is in."""
    normal = dictionary(annotation.get(Name.AP)).get(Name.N)
    if isinstance(normal, Stream):
        return normal
    if isinstance(normal, Dictionary):
        state = annotation.get(Name.AS)
        drawn = normal.get(state) if isinstance(state, Name) and state in normal else None
        return drawn if isinstance(drawn, Stream) else None
    return None


def drawing_of(annotation: Dictionary, form: Stream) -> Drawing | None:
    """The form laid into the annotation's rectangle, as every reader must lay it; None where it has no area."""
    target, source = rectangle(annotation.get(Name.Rect)), rectangle(form.get(Name.BBox))
    if target is None or source is None:
        return None
    given = numbers(form.get(Name.Matrix))
    a, b, c, d, e, f = given if given is not None and len(given) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in source[0::2] for y in source[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if right <= left or top <= bottom:
        return None
    across, up = (target[2] - target[0]) / (right - left), (target[3] - target[1]) / (top - bottom)
    return Drawing(form, (across, 0.0, 0.0, up, target[0] - left * across, target[1] - bottom * up))


def made_appearance(pdf: Pdf, annotation: Dictionary) -> Stream | None:
    """A drawing for an annotation that brings none, in the page's own space; None where there is nothing to draw.

    A highlight always gets a new one: whatever drew it, the words must be read through it.
    """
    kind, box = name(annotation.get(Name.Subtype)), rectangle(annotation.get(Name.Rect))
    if box is None:
        return None
    if kind == "Text":
        return _form(pdf, _note(box), box)
    operators = _operators(kind, annotation, box) if kind in _DRAWN else ""
    return _form(pdf, operators, box, multiply=kind == "Highlight") if operators else None


def _form(pdf: Pdf, operators: str, box: Sequence[float], *, multiply: bool = False) -> Stream:
    form = Stream(pdf, operators.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box)))
    if multiply:
        operators = f"/Wash gs {operators}"
        form = Stream(pdf, operators.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box)))
        state = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
        form[Name.Resources] = Dictionary(ExtGState=Dictionary(Wash=state))
        form[Name.Group] = Dictionary(Type=Name.Group, S=Name.Transparency)
    return pdf.make_indirect(form)


def _operators(kind: str, annotation: Dictionary, box: Sequence[float]) -> str:
    colour, width = _colour(annotation.get(Name.C)), line_width(annotation)
    inside = _colour(annotation.get(Name.IC))
    if kind == "Highlight":
        fill = _paint(colour or (1.0, 0.9, 0.3), "rg")
        return fill + "".join(f" {_path(quad)} h f" for quad in _quads(annotation, box))
    pen = f"{_paint(colour or (0.0, 0.0, 0.0), 'RG')} {_n(width)} w"
    if kind in {"Underline", "Squiggly", "StrikeOut"}:
        return pen + "".join(
            f" {_stroke(quad, 0.5 if kind == 'StrikeOut' else 0.1)}" for quad in _quads(annotation, box)
        )
    if not width and not inside:
        return ""
    brush = f" {_paint(inside, 'rg')}" if inside else ""
    ending = ("B" if width else "f") if inside else "S"
    return "".join(f"{pen}{brush} {path} {ending} " for path in _paths(kind, annotation, box, width)).strip()


def _paths(kind: str, annotation: Dictionary, box: Sequence[float], width: float) -> list[str]:
    if kind in {"Square", "Circle"}:
        left, bottom, right, top = box
        inner = (left + width / 2, bottom + width / 2, right - width / 2, top - width / 2)
        return [_oval(inner) if kind == "Circle" else _box(inner)]
    if kind == "Ink":
        strokes = annotation.get(Name.InkList)
        found = [numbers(stroke) for stroke in strokes] if isinstance(strokes, Array) else []
    else:
        found = [numbers(annotation.get(Name.L if kind == "Line" else Name.Vertices))]
    closing = " h" if kind == "Polygon" else ""
    return [_path(_pairs(points)) + closing for points in found if points and len(points) >= 4]


def _quads(annotation: Dictionary, box: Sequence[float]) -> list[list[tuple[float, float]]]:
    """The marked lines, each as its lower left, lower right, upper right and upper left corner."""
    values = numbers(annotation.get(Name.QuadPoints)) or []
    left, bottom, right, top = box
    whole = [(left, bottom), (right, bottom), (right, top), (left, top)]
    quads = [_ordered(_pairs(values[start : start + 8])) for start in range(0, len(values) - 7, 8)]
    return quads or [whole]


def _ordered(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Programs write the corners of a line in two orders: row by row, or round about."""
    upper_left, upper_right, lower_left, lower_right = corners
    if (lower_right[0] - lower_left[0]) * (upper_right[0] - upper_left[0]) < 0:
        lower_left, lower_right = lower_right, lower_left
    return [lower_left, lower_right, upper_right, upper_left]


def _stroke(quad: list[tuple[float, float]], height: float) -> str:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = quad
    start, end = (x1 + (x4 - x1) * height, y1 + (y4 - y1) * height), (x2 + (x3 - x2) * height, y2 + (y3 - y2) * height)
    return f"{_path([start, end])} S"


def _note(box: Sequence[float]) -> str:
    """A slip of paper with lines on it, at the upper left of where the note stands."""
    left, top = box[0], box[3]
    side = min(box[2] - box[0], box[3] - box[1], 20.0)
    paper = _box((left + 0.5, top - side + 0.5, left + side - 0.5, top - 0.5))
    lines = "".join(
        f" {_path([(left + side * 0.2, top - side * at), (left + side * 0.8, top - side * at)])} S"
        for at in (0.3, 0.5, 0.7)
    )
    return f"{_paint(_NOTE_COLOUR, 'rg')} 0.3 0.3 0.3 RG 0.7 w {paper} B{lines}"


def _pairs(values: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(values[0::2], values[1::2], strict=False))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)} {_n(y)} {'l' if place else 'm'}" for place, (x, y) in enumerate(points))


def _box(box: Sequence[float]) -> str:
    return f"{_n(box[0])} {_n(box[1])} {_n(box[2] - box[0])} {_n(box[3] - box[1])} re"


def _oval(box: Sequence[float]) -> str:
    left, bottom, right, top = box
    x, y, w, h = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    curves = [
        (w, h * _ROUND, w * _ROUND, h, 0, h),
        (-w * _ROUND, h, -w, h * _ROUND, -w, 0),
        (-w, -h * _ROUND, -w * _ROUND, -h, 0, -h),
        (w * _ROUND, -h, w, -h * _ROUND, w, 0),
    ]
    drawn = (" ".join(_n(v + (y if p % 2 else x)) for p, v in enumerate(curve)) + " c" for curve in curves)
    return f"{_n(right)} {_n(y)} m {' '.join(drawn)} h"


def _colour(thing: object) -> tuple[float, ...] | None:
    values = numbers(thing)
    return tuple(min(max(value, 0.0), 1.0) for value in values) if values and len(values) in {1, 3, 4} else None


def _paint(colour: Sequence[float], operator: str) -> str:
    operators = {1: ("G", "g"), 3: ("RG", "rg"), 4: ("K", "k")}[len(colour)]
    return f"{' '.join(map(_n, colour))} {operators[0 if operator == 'RG' else 1]}"


def line_width(annotation: Dictionary) -> float:
    styled = number(dictionary(annotation.get(Name.BS)).get(Name.W))
    if styled is not None:
        return max(styled, 0.0)
    border = numbers(annotation.get(Name.Border))
    return max(border[2], 0.0) if border and len(border) > 2 else 1.0


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
