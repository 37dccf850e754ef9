"""The clean copy of a PDF, from which exhibits are built: what the pages show, and nothing else.

Nothing is taken away by name. A new catalog and new pages are made, and what is known to be harmless and needed is put
into them; whatever else the file held is left behind. Then the copy is opened by the second program, and each page is
held against what it showed before.
"""

import importlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from caseapp.core.refused import Refused
from caseapp.intake.pdf import forms
from caseapp.intake.pdf.annotations import Annotations, OnPage
from caseapp.intake.pdf.appearances import own_appearance
from caseapp.intake.pdf.contents import Contents, Drawing
from caseapp.intake.pdf.destinations import destinations_of, leaves
from caseapp.intake.pdf.forms import Value
from caseapp.intake.pdf.geometry import Box, Frame, frame_of, has_size
from caseapp.intake.pdf.layers import Layers
from caseapp.intake.pdf.mending import mend
from caseapp.intake.pdf.outlines import Bookmarks
from caseapp.intake.pdf.resources import Resources
from caseapp.intake.pdf.values import dictionary, inherited, name, number, whole, words

_PAGE_KEYS = {"/Type", "/Contents", "/Resources"}
_LABEL_STYLES = {"D", "R", "r", "A", "a"}
_LONGEST_LABEL = 40


@dataclass
class Cleaned:
    """The clean copy and what came of making it. `excused` are boxes by page where something was drawn anew."""

    pdf: bytes
    pages: int
    values: list[Value]
    counts: Counter[str]
    excused: dict[int, list[Box]] = field(default_factory=dict)


def cleaned(pdf: Pdf, anew: frozenset[tuple[int, int]] = frozenset()) -> Cleaned:
    """The clean copy of an open file, which is used up by it.

    `anew` names fields, by page and place on it, whose own drawing does not show what was filled in.
    """
    return _Cleaning(pdf, anew).run()


class _Cleaning:
    def __init__(self, pdf: Pdf, anew: frozenset[tuple[int, int]]) -> None:
        self._pdf = pdf
        self._anew = anew
        self._pages = [page.obj for page in pdf.pages]
        self._frames = [frame_of(page, number) for number, page in enumerate(self._pages, start=1)]
        self._layers = Layers(pdf)
        self._resources = Resources(pdf, self._layers)
        self._contents = Contents(pdf, self._layers)
        self._destinations = destinations_of(pdf, self._pages, self._frames)
        self._defaults = forms.defaults_of(pdf)
        self._values: list[Value] = []
        self._to_set: list[Value] = []
        self._counts: Counter[str] = Counter(unsound=sum(not has_size(page) for page in self._pages))

    def run(self) -> Cleaned:
        annotations = Annotations(self._pdf, self._resources, self._layers, self._destinations)
        found = []
        for index, (page, frame) in enumerate(zip(self._pages, self._frames, strict=True)):
            on_page = annotations.of_page(page, frame)
            self._fill_in(index, on_page, annotations)
            self._type_on(index, on_page)
            self._counts.update(on_page.counts)
            found.append(on_page)
        self._set_values(found)
        bookmarks = Bookmarks(self._pdf, self._destinations)
        self._counts["bookmark"] += bookmarks.dropped
        labels = _labels(self._pdf)
        for page, frame, on_page in zip(self._pages, self._frames, found, strict=True):
            self._settle(page, frame, on_page)
        self._counts["unsound"] += self._contents.unsound
        self._counts["layer"] += self._layers.hidden_parts
        self._renew_catalog(labels)
        bookmarks.write(self._pdf)
        made, mended = _whole(self._pdf)
        self._counts["unsound"] += mended
        return Cleaned(made, len(self._pages), self._values, self._counts, self._excused(found))

    def _fill_in(self, index: int, on_page: OnPage, annotations: Annotations) -> None:
        for place, widget in enumerate(on_page.widgets):
            value = forms.value_of(widget, index, place, self._defaults)
            if value is not None:
                self._values.append(value)
            self._counts["signature"] += forms.is_signed(widget)
            form = own_appearance(widget)
            if value is not None and ((index, place) in self._anew or not forms.shows_words(form)):
                self._to_set.append(value)
                form = forms.ground_of(self._pdf, widget)
                on_page.changed.append(value.box)
            mark = forms.made_mark(self._pdf, widget)
            if mark is not None:
                form = mark
                on_page.changed.append(tuple(float(side) for side in mark.BBox))  # type: ignore[arg-type]
            if form is None or not len(self._defaults) or forms.is_choice(widget):
                # PDFium draws a field its own way, or not at all; and on one of choices an arrow, or all of them.
                on_page.changed += forms.area_of(widget)
            annotations.draw_form_over(widget, form, on_page)

    def _type_on(self, index: int, on_page: OnPage) -> None:
        for place, annotation in enumerate(on_page.typed, start=1):
            value = forms.typed_on(annotation, index, -place)
            self._counts["blank"] += value is None
            if value is not None:
                self._values.append(value)
                self._to_set.append(value)
                on_page.changed.append(value.box)

    def _set_values(self, found: Sequence[OnPage]) -> None:
        if not self._to_set:
            return
        filled = importlib.import_module("caseapp.intake.pdf.filled")
        with Pdf.open(BytesIO(filled.set_values(self._to_set))) as pages:
            for value, page in zip(self._to_set, pages.pages, strict=True):
                form: Any = self._pdf.copy_foreign(pages.make_indirect(page.as_form_xobject()))
                self._resources.of_form(form)
                found[value.page].over.append(Drawing(form, (1.0, 0.0, 0.0, 1.0, value.box[0], value.box[1])))

    def _settle(self, page: Dictionary, frame: Frame, on_page: OnPage) -> None:
        found = dictionary(inherited(page, Name.Resources))
        page[Name.Resources] = self._resources.of_page(found)
        self._contents.settle(page, dictionary(found.get(Name.Properties)), frame, on_page.over)
        group = page.get(Name.Group)
        for key in set(page.keys()) - _PAGE_KEYS:
            del page[key]
        page[Name.Type] = Name.Page
        page[Name.MediaBox] = Array([0, 0, frame.x(frame.box[2]), frame.y(frame.box[3])])
        if frame.turned:
            page[Name.Rotate] = frame.turned
        if name(dictionary(group).get(Name.S)) == "Transparency":
            page[Name.Group] = _plain_group(dictionary(group))
        if on_page.kept:
            page[Name.Annots] = Array([self._pdf.make_indirect(annotation) for annotation in on_page.kept])

    def _renew_catalog(self, labels: Array | None) -> None:
        tree = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(self._pages), Count=len(self._pages)))
        for page in self._pages:
            page[Name.Parent] = tree
        root = self._pdf.Root
        for key in set(root.keys()):
            del root[key]
        root[Name.Type], root[Name.Pages] = Name.Catalog, tree
        if labels is not None:
            root[Name.PageLabels] = Dictionary(Nums=labels)

    def _excused(self, found: Sequence[OnPage]) -> dict[int, list[Box]]:
        return {
            index: [_as_shown(box, self._frames[index]) for box in on_page.changed]
            for index, on_page in enumerate(found)
            if on_page.changed
        }


def _plain_group(group: Dictionary) -> Dictionary:
    kept = Dictionary(Type=Name.Group, S=Name.Transparency)
    for key in (Name.CS, Name.I, Name.K):
        if key in group:
            kept[key] = group.get(key)
    return kept


def _labels(pdf: Pdf) -> Array | None:
    """The printed page labels of the file, as one flat list."""
    found: dict[int, Dictionary] = {}
    for start, told in leaves(pdf.Root.get(Name.PageLabels), Name.Nums):
        place = number(start)
        if place is None or place < 0 or not isinstance(told, Dictionary):
            continue
        label = Dictionary()
        if name(told.get(Name.S)) in _LABEL_STYLES:
            label[Name.S] = told.get(Name.S)
        prefix = words(told.get(Name.P))[:_LONGEST_LABEL]
        if prefix:
            label[Name.P] = pikepdf.String(prefix)
        if whole(told.get(Name.St), 1) > 1:
            label[Name.St] = whole(told.get(Name.St))
        found[int(place)] = label
    if 0 not in found:
        return None
    return Array([part for place in sorted(found) for part in (place, found[place])])


def _as_shown(box: Box, frame: Frame) -> Box:
    """A box of the page in parts of its width and height as shown, from the upper left."""
    left, bottom, right, top = frame.box
    x1, x2 = (box[0] - left) / (right - left), (box[2] - left) / (right - left)
    y1, y2 = (box[1] - bottom) / (top - bottom), (box[3] - bottom) / (top - bottom)
    return {
        0: (x1, 1 - y2, x2, 1 - y1),
        90: (y1, x1, y2, x2),
        180: (1 - x2, y1, 1 - x1, y2),
        270: (1 - y2, 1 - x2, 1 - y1, 1 - x1),
    }[frame.turned]


def saved(pdf: Pdf) -> bytes:
    """The same bytes for the same file, whatever version, encryption and identity it came with.

    qpdf writes a stream that it compresses a little differently from one that was compressed before, so only what was
    written twice is written the same for ever after.
    """
    with _written_once(pdf) as once:
        return _written(once)


def _written_once(pdf: Pdf) -> Pdf:
    # A file without a trailer was opened all the same, and qpdf writes none that lacks these.
    pdf.trailer[Name.Root], pdf.trailer[Name.Size] = pdf.Root, 1
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]
    once = Pdf.open(BytesIO(_written(pdf)))
    del once.trailer[Name.ID]
    return once


def _whole(pdf: Pdf) -> tuple[bytes, int]:
    """The file as it is saved, and how many parts of it had to be mended for that."""
    with _written_once(pdf) as once:
        mended = mend(once)
        return (saved(once) if mended else _written(once)), mended


def _written(pdf: Pdf) -> bytes:
    target = BytesIO()
    try:
        pdf.save(
            target,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
            force_version="1.7",
            encryption=False,
        )
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:  # such as a number that no program can hold
        raise Refused("unreadable") from error
    return target.getvalue()
