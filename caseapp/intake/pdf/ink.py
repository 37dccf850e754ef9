"""Whether a page shows the same as before: its picture, small and grey, held against that of its clean copy."""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from caseapp.intake.pdf.geometry import Box

_LONGEST_SIDE = 300
# A letter drawn a quarter of a pixel elsewhere changes greys; ink that is lost or gained changes this much more.
_DIFFERENT = 56
# So many pixels may differ at edges without anything being there or not.
_FEW = 12


def picture(page: pypdfium2.PdfPage, turned: int = 0) -> Image.Image:
    """`turned` by so many degrees clockwise beyond what the page itself says."""
    width, height = page.get_size()
    scale = _LONGEST_SIDE / max(width, height, 1)
    bitmap = page.render(scale=scale, grayscale=True, rotation=turned)
    image = bitmap.to_pil().copy()
    bitmap.close()
    return image


@dataclass(frozen=True)
class Change:
    """Whether ink that was there is missing, and whether there is some that was not."""

    lost: bool
    gained: bool


def change(before: Image.Image, after: Image.Image, excused: Sequence[Box]) -> Change:
    """`excused` are boxes in parts of the picture's width and height, where something was drawn anew."""
    if max(abs(a - b) for a, b in zip(before.size, after.size, strict=True)) > 1:
        return Change(lost=True, gained=True)
    if before.size == after.size and ImageChops.difference(before, after).getbbox() is None:
        return Change(lost=False, gained=False)
    before, after = before.copy(), after.resize(before.size) if after.size != before.size else after.copy()
    for image in (before, after):
        _whiten(image, excused)
    return Change(_lost(before, after) > _FEW, _lost(after, before) > _FEW)


def _whiten(image: Image.Image, boxes: Sequence[Box]) -> None:
    pen = ImageDraw.Draw(image)
    width, height = image.size
    for left, upper, right, lower in boxes:
        pen.rectangle((left * width - 2, upper * height - 2, right * width + 2, lower * height + 2), fill=255)


def _lost(one: Image.Image, other: Image.Image) -> int:
    """How many pixels of `one` are much darker than anything near them in `other`."""
    near = other.filter(ImageFilter.MinFilter(3))
    return sum(ImageChops.subtract(near, one).histogram()[_DIFFERENT:])
