"""Where a page's visible part lies, and how to bring it to the origin, in points, without boxes inside boxes."""

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name

from caseapp.core.refused import Refused
from caseapp.intake.pdf.values import inherited, number, rectangle, short, whole

# The largest page that every reader shows, and the smallest on which anything can be seen.
LARGEST, SMALLEST = 14_400.0, 3.0
# What every reader takes a page without a usable size for.
_LETTER = (0.0, 0.0, 612.0, 792.0)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """The visible box in the page's own space, what its unit is worth in points, and its turn."""

    box: Box
    unit: float
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        return (self.box[2] - self.box[0]) * self.unit, (self.box[3] - self.box[1]) * self.unit

    @property
    def in_place(self) -> bool:
        return self.unit == 1 and self.box[:2] == (0, 0)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        return (self.unit, 0.0, 0.0, self.unit, -self.box[0] * self.unit, -self.box[1] * self.unit)

    def x(self, value: float) -> int | float:
        return short((value - self.box[0]) * self.unit)

    def y(self, value: float) -> int | float:
        return short((value - self.box[1]) * self.unit)

    def points(self, values: list[float]) -> Array:
        """Coordinates in pairs, moved along."""
        return Array([self.y(value) if place % 2 else self.x(value) for place, value in enumerate(values)])

    def top_left(self) -> tuple[float, float]:
        """The corner that stands at the upper left of the page as it is shown, in the page's own space."""
        left, bottom, right, top = self.box
        return {0: (left, top), 90: (left, bottom), 180: (right, bottom), 270: (right, top)}[self.turned]


def frame_of(page: Dictionary, number_of_page: int) -> Frame:
    """Raises `Refused` for a page on which nothing could be seen."""
    media = rectangle(inherited(page, Name.MediaBox)) or _LETTER
    box = _common(media, rectangle(inherited(page, Name.CropBox)) or media) or media
    unit = number(page.get(Name.UserUnit)) or 1.0
    unit = unit if unit > 0 else 1.0
    longest, shortest = max(box[2] - box[0], box[3] - box[1]), min(box[2] - box[0], box[3] - box[1])
    if longest * unit > LARGEST:
        unit = LARGEST / longest
    if shortest * unit < SMALLEST:
        raise Refused("page-too-small", page=number_of_page)
    return Frame(box, unit, whole(inherited(page, Name.Rotate)) // 90 * 90 % 360)


def has_size(page: Dictionary) -> bool:
    """Whether the file says how large the page is, and leaves something of it to be seen."""
    media = rectangle(inherited(page, Name.MediaBox))
    crop = inherited(page, Name.CropBox)
    return media is not None and (crop is None or _common(media, rectangle(crop) or media) is not None)


def _common(one: Box, other: Box) -> Box | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if right > left and top > bottom else None
