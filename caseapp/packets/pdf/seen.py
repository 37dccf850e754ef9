"""What a page of a file shows, in few letters, so that it can be compared with the page of the packet made from it.

`text`: how many letters it has, and a digest over them in no order, for a reader may give them in another one where
the page was scaled. `ink`: how dark it is in each field of a grid, as one hexadecimal digit a field, row by row from
the top, with the page turned as it is seen.
"""

from hashlib import sha256
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from caseapp.typesetting.wholeness import letters_of

COLUMNS, ROWS = 24, 32
_DOTS = 4  # a side of each field
_DIGITS = bytes(b"fedcba9876543210"[value >> 4] for value in range(256))
_SAME = 2.0
_PAPER = 0.5


class Box(NamedTuple):
    """In points, from the lower left."""

    left: float
    bottom: float
    right: float
    top: float


def seen_page(page: pypdfium2.PdfPage) -> dict[str, str]:
    words = page.get_textpage()
    try:
        return {"text": letters(words.get_text_range()), "ink": ink(page, Box(*page.get_bbox()))}
    finally:
        words.close()


def letters(text: str) -> str:
    sure = sorted(letters_of(text))
    return f"{len(sure)}:{sha256(''.join(sure).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def ink(page: pypdfium2.PdfPage, box: Box) -> str:
    """Of what stands in `box` of the page's space, with annotations drawn."""
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation()
    width, height = COLUMNS * _DOTS, ROWS * _DOTS
    # The box as seen, from the top left, in points.
    x, y, z, w = {
        0: (box.left - left, top - box.top, box.right - left, top - box.bottom),
        90: (box.bottom - bottom, box.left - left, box.top - bottom, box.right - left),
        180: (right - box.right, box.bottom - bottom, right - box.left, box.top - bottom),
        270: (top - box.top, right - box.right, top - box.bottom, right - box.left),
    }[turned]
    wide, high = width / max(z - x, 1.0), height / max(w - y, 1.0)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        matrix = pdfium.FS_MATRIX(wide, 0.0, 0.0, high, -x * wide, -y * high)
        clip = pdfium.FS_RECTF(0.0, 0.0, float(width), float(height))
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, pdfium.FPDF_ANNOT)
        drawn = Image.frombuffer("L", (width, height), bitmap.buffer, "raw", "L", bitmap.stride, 1)
        fields = drawn.resize((COLUMNS, ROWS), Image.Resampling.BOX).tobytes()
    finally:
        bitmap.close()
    return fields.translate(_DIGITS).decode()
