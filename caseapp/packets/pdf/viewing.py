"""A page as it is seen: turned as it says, cut to what can be seen of it; and where its number stands. Pure."""

from dataclasses import dataclass

import pikepdf
from pikepdf import Name

SIZE = 10.0
FROM_EDGE = 30.0
FROM_SIDE = 54.0
PAD = 3.0
"""Of a page number, in points: its type, how far it stands from the edges, and the white around it."""

BAND = FROM_EDGE + SIZE + 2 * PAD
"""As far from its edge, all that stands on a page is clear of the number."""


@dataclass(frozen=True)
class VisiblePage:
    """Size as seen on screen, and the matrix from there (origin at the lower left) to page space."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen, in page space."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def seen_at(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space, as seen."""
        a, b, c, d, e, f = self.matrix
        return a * (x - e) + b * (y - f), c * (x - e) + d * (y - f)


def visible(page: pikepdf.Page) -> VisiblePage:
    """Raises ValueError for a page turned by anything but quarter turns."""
    left, bottom, right, top = _visible_box(page)
    turned = int(page.obj.get(Name.Rotate, 0)) % 360
    width, height = right - left, top - bottom
    matrices = {
        0: (1.0, 0.0, 0.0, 1.0, left, bottom),
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }
    if turned not in matrices:
        raise ValueError(f"A page is turned by {turned} degrees.")
    return VisiblePage(*((width, height) if turned % 180 == 0 else (height, width)), matrix=matrices[turned])


def _visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    media = [float(value) for value in page.mediabox]
    crop = [float(value) for value in page.cropbox]
    left, right = sorted((crop[0], crop[2]))
    bottom, top = sorted((crop[1], crop[3]))
    return (
        max(left, min(media[0], media[2])),
        max(bottom, min(media[1], media[3])),
        min(right, max(media[0], media[2])),
        min(top, max(media[1], media[3])),
    )
