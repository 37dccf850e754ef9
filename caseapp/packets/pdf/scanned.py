"""How fine the pictures are that scanned pages consist of. Runs in a child process."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from math import hypot
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

# A page is a scan where one picture covers so much of it.
_MOST = 0.6
_INCH = 72


def dots_of_scans(file: Path, pages: Sequence[int]) -> list[int]:
    """The fewest and the most dots an inch among those of `pages` (from 1) that are scans; nothing where none is."""
    with closing(pypdfium2.PdfDocument(file)) as document:
        found = [dots for page in pages for dots in _dots(document, page)]
    return [min(found), max(found)] if found else []


def _dots(document: pypdfium2.PdfDocument, number: int) -> Iterator[int]:
    with closing(document[number - 1]) as page:
        area = page.get_width() * page.get_height()
        for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
            a, b, c, d, _e, _f = picture.get_matrix().get()
            width, height = hypot(a, b), hypot(c, d)
            across, down = picture.get_px_size()
            if area and width * height >= _MOST * area:
                yield round(min(across / width, down / height) * _INCH)
