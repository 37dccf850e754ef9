"""What lies on a page: links with explicit targets, highlights and notes, and the rest drawn into the page itself."""

from collections import Counter
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.intake.pdf.appearances import drawing_of, line_width, made_appearance, own_appearance
from caseapp.intake.pdf.contents import Drawing
from caseapp.intake.pdf.destinations import Destinations
from caseapp.intake.pdf.geometry import Box, Frame
from caseapp.intake.pdf.layers import Layers
from caseapp.intake.pdf.resources import Resources
from caseapp.intake.pdf.values import items, name, number, numbers, rectangle, short, whole, words

MOST_ON_A_PAGE = 20_000
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_PRINT, _NO_ZOOM, _NO_ROTATE = 1 << 2, 1 << 3, 1 << 4
_KEPT = {
    *("Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly"),
    *("StrikeOut", "Stamp", "Caret", "Ink"),
}
# Shown by no reader, or only when asked for.
_UNSEEN = {"Popup", "PrinterMark", "TrapNet"}
_LONGEST_ADDRESS = 2048
_LONGEST_NOTE = 20_000


@dataclass
class OnPage:
    """What becomes of a page's annotations. `typed` are words put on the page that bring no drawing."""

    kept: list[Dictionary] = field(default_factory=list)
    over: list[Drawing] = field(default_factory=list)
    widgets: list[Dictionary] = field(default_factory=list)
    typed: list[Dictionary] = field(default_factory=list)
    changed: list[Box] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Annotations:
    def __init__(self, pdf: Pdf, resources: Resources, layers: Layers, destinations: Destinations) -> None:
        self._pdf = pdf
        self._resources = resources
        self._layers = layers
        self._destinations = destinations

    def of_page(self, page: Dictionary, frame: Frame) -> OnPage:
        found = OnPage()
        for annotation in items(page.get(Name.Annots))[:MOST_ON_A_PAGE]:
            if isinstance(annotation, Dictionary) and rectangle_or_line(annotation) is not None:
                self._settle(annotation, frame, found)
        return found

    def _settle(self, annotation: Dictionary, frame: Frame, found: OnPage) -> None:
        kind = name(annotation.get(Name.Subtype))
        if kind in _UNSEEN:
            return
        if whole(annotation.get(Name.F)) & (_HIDDEN | _NO_VIEW) or not self._layers.shows(annotation.get(Name.OC)):
            found.counts["hidden"] += kind != "Link"
        elif kind == "Link":
            self._link(annotation, frame, found)
        elif kind == "Widget":
            found.widgets.append(annotation)
        elif kind == "FreeText" and own_appearance(annotation) is None:
            found.typed.append(annotation)
        elif kind in _KEPT:
            self._mark(annotation, kind, frame, found)
        else:
            found.counts["redaction" if kind == "Redact" else "flattened"] += 1
            self.draw_form_over(annotation, own_appearance(annotation), found)

    def _link(self, annotation: Dictionary, frame: Frame, found: OnPage) -> None:
        box = rectangle(annotation.get(Name.Rect))
        destination, address = self._destinations.of(annotation), _web_address(annotation)
        if box is None or (destination is None and not address):
            found.counts["link"] += box is not None
            return
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=frame.points(list(box)))
        _copy_border(annotation, link)
        quads = numbers(annotation.get(Name.QuadPoints))
        if quads and len(quads) % 8 == 0:
            link[Name.QuadPoints] = frame.points(quads)
        if destination is not None:
            link[Name.Dest] = destination
        else:
            link[Name.A] = Dictionary(Type=Name.Action, S=Name.URI, URI=pikepdf.String(address))
        found.kept.append(link)

    def _mark(self, annotation: Dictionary, kind: str, frame: Frame, found: OnPage) -> None:
        box = rectangle(annotation.get(Name.Rect))
        if box is None:
            found.counts["blank"] += 1
            return
        kept = _moved(annotation, kind, frame, box)
        form = None if kind == "Highlight" else own_appearance(annotation)
        if form is None or drawing_of(annotation, form) is None:
            form = made_appearance(self._pdf, kept)
            found.changed.append(box)
        if form is None:
            found.counts["blank"] += 1
            return
        self._resources.of_form(form)
        kept[Name.AP] = Dictionary(N=form)
        found.kept.append(kept)

    def draw_form_over(self, annotation: Dictionary, form: Stream | None, found: OnPage) -> None:
        """Draw the form where the annotation lies, as part of the page."""
        drawing = drawing_of(annotation, form) if form is not None else None
        if form is not None and drawing is not None:
            self._resources.of_form(form)
            found.over.append(drawing)


def rectangle_or_line(annotation: Dictionary) -> list[float] | None:
    values = numbers(annotation.get(Name.Rect))
    return values if values is not None and len(values) == 4 else None


def _web_address(annotation: Dictionary) -> str:
    action = annotation.get(Name.A)
    if not isinstance(action, Dictionary) or name(action.get(Name.S)) != "URI":
        return ""
    address = words(action.get(Name.URI)).strip()
    is_plain = address.isprintable() and len(address) <= _LONGEST_ADDRESS
    return address if is_plain and address.lower().startswith(("http://", "https://")) else ""


def _copy_border(annotation: Dictionary, link: Dictionary) -> None:
    border = numbers(annotation.get(Name.Border))
    if border and len(border) >= 3:
        link[Name.Border] = Array(border[:3])
    width = annotation.get(Name.BS)
    if isinstance(width, Dictionary) and number(width.get(Name.W)) is not None:
        link[Name.Border] = Array([0, 0, width.get(Name.W)])
    colour = numbers(annotation.get(Name.C))
    if colour is not None:
        link[Name.C] = Array(colour)


def _moved(annotation: Dictionary, kind: str, frame: Frame, box: Box) -> Dictionary:
    kept = Dictionary(
        Type=Name.Annot,
        Subtype=Name(f"/{kind}"),
        Rect=frame.points(list(box)),
        F=whole(annotation.get(Name.F)) & (_NO_ZOOM | _NO_ROTATE) | _PRINT,
    )
    said = words(annotation.get(Name.Contents))[:_LONGEST_NOTE]
    if said:
        kept[Name.Contents] = pikepdf.String(said)
    for key in (Name.QuadPoints, Name.L, Name.Vertices):
        values = numbers(annotation.get(key))
        if values and len(values) % 2 == 0:
            kept[key] = frame.points(values)
    strokes = [numbers(stroke) for stroke in items(annotation.get(Name.InkList))]
    if kind == "Ink" and strokes and all(strokes):
        kept[Name.InkList] = Array([frame.points(stroke) for stroke in strokes if stroke])
    for key in (Name.C, Name.IC):
        colour = numbers(annotation.get(key))
        if colour is not None:
            kept[key] = Array(colour)
    opacity = number(annotation.get(Name.CA))
    if opacity is not None:
        kept[Name.CA] = annotation.get(Name.CA)
    width = short(line_width(annotation) * frame.unit)
    if width != 1:
        kept[Name.BS] = Dictionary(W=width)
    if kind == "FreeText" and words(annotation.get(Name.DA)):
        kept[Name.DA] = pikepdf.String(words(annotation.get(Name.DA)))
    return kept
