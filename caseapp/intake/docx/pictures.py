"""The pictures of a Word file as it shows them: cropped, turned, at their size on the page; nothing of them besides."""

import math
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from PIL import Image

from caseapp.core.refused import Refused
from caseapp.intake import images
from caseapp.intake.docx.findings import Findings
from caseapp.intake.docx.names import PICTURE, WP, A, R, V
from caseapp.intake.docx.package import Package

_EMU = 12_700  # in a point
_SCREEN = 96
_MOST_PICTURES = 1_000
_MOST_POINTS = 4_000.0
_FULL = 100_000  # of a crop, in thousandths of a percent
_MOST_RESOLUTION = 300


@dataclass(frozen=True)
class Picture:
    media_type: str
    data: bytes
    width: float
    height: float


class Pictures:
    """Keys are `picture-1` and so on, in the order of the document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.by_key: dict[str, Picture] = {}

    def taken(self, drawing: etree._Element, part: str, findings: Findings) -> list[str]:
        """The keys of the pictures in a drawing. Those that cannot be read, or are not in the file, are asked about."""
        keys = []
        relations = self._package.relations(part)
        for shown in drawing.iter(f"{A}blip", f"{V}imagedata"):
            ids = [shown.get(f"{R}embed"), shown.get(f"{R}link"), shown.get(f"{R}id")]
            relation = next((relations[found] for found in ids if found in relations), None)
            if relation is None:
                continue
            data = self._package.data(relation.target)
            if relation.is_external or data is None:
                findings.found("pictures-linked", relation.target)
                continue
            picture = _picture(data, drawing, shown)
            if picture is None:
                findings.found("pictures-unreadable", relation.target.rpartition("/")[2])
                continue
            if len(self.by_key) >= _MOST_PICTURES:
                raise Refused("word-too-long")
            key = f"picture-{len(self.by_key) + 1}"
            self.by_key[key] = picture
            keys.append(key)
        return keys


def _picture(data: bytes, drawing: etree._Element, shown: etree._Element) -> Picture | None:
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return None
    try:
        image = images.upright(data)
    except Refused:
        return None
    image = _cropped(image, shown)
    natural = (image.width * 72 / _SCREEN, image.height * 72 / _SCREEN)
    width, height = _size(drawing, shown) or natural
    image = _turned(_sampled(image, width, height), shown)
    if round(_turn(shown)) % 180 == 90:
        width, height = height, width
    target = BytesIO()
    is_photo = data.startswith(b"\xff\xd8\xff")
    if image.mode == "CMYK":
        image = image.convert("RGB")
    if is_photo:
        image.convert("L" if image.mode == "1" else image.mode).save(target, "JPEG", quality=92, subsampling=0)
    else:
        image.save(target, "PNG", icc_profile=None)
    return Picture("image/jpeg" if is_photo else "image/png", target.getvalue(), round(width, 2), round(height, 2))


def _cropped(image: Image.Image, shown: etree._Element) -> Image.Image:
    """What was cut away in Word is not seen there, and must not lie in the file."""
    parent = shown.getparent()
    crop = parent.find(f"{A}srcRect") if parent is not None else None
    if crop is None:
        return image
    left, top, right, bottom = (min(max(_number(crop.get(side)), 0), _FULL) / _FULL for side in ("l", "t", "r", "b"))
    box = (
        math.floor(left * image.width),
        math.floor(top * image.height),
        math.ceil((1 - right) * image.width),
        math.ceil((1 - bottom) * image.height),
    )
    return image.crop(box) if box[0] < box[2] and box[1] < box[3] else image


def _sampled(image: Image.Image, width: float, height: float) -> Image.Image:
    """No finer than a printer prints."""
    wide, high = (max(1, math.ceil(side / 72 * _MOST_RESOLUTION)) for side in (width, height))
    if image.width <= wide or image.height <= high:
        return image
    return image.convert("L" if image.mode == "1" else image.mode).resize((wide, high), Image.Resampling.LANCZOS)


def _turn(shown: etree._Element) -> float:
    """Degrees clockwise."""
    shape = _shape(shown)
    return _number(shape.get("rot")) / 60_000 if shape is not None else 0.0


def _turned(image: Image.Image, shown: etree._Element) -> Image.Image:
    shape = _shape(shown)
    if shape is not None and shape.get("flipH") in {"1", "true"}:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if shape is not None and shape.get("flipV") in {"1", "true"}:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    quarter = round(_turn(shown) / 90) % 4
    turns = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
    return image.transpose(turns[quarter]) if quarter else image


def _shape(shown: etree._Element) -> etree._Element | None:
    for around in shown.iterancestors(f"{PICTURE}pic"):
        return around.find(f"{PICTURE}spPr/{A}xfrm")
    return None


def _size(drawing: etree._Element, shown: etree._Element) -> tuple[float, float] | None:
    """In points, where Word says it."""
    shape = _shape(shown)
    extents = [drawing.find(f".//{WP}extent")] if len(list(drawing.iter(f"{A}blip"))) == 1 else []
    if shape is not None:
        extents.append(shape.find(f"{A}ext"))
    for extent in extents:
        if extent is not None and _number(extent.get("cx")) > 0 and _number(extent.get("cy")) > 0:
            width, height = (min(_number(extent.get(side)) / _EMU, _MOST_POINTS) for side in ("cx", "cy"))
            return width, height
    return _style_size(shown)


def _style_size(shown: etree._Element) -> tuple[float, float] | None:
    for around in shown.iterancestors(f"{V}shape", f"{V}rect"):
        entries = (entry.partition(":") for entry in around.get("style", "").split(";"))
        measures = {name.strip(): measure.strip() for name, _, measure in entries}
        sides = [_number(measures.get(side, "").removesuffix("pt")) for side in ("width", "height")]
        if all(0 < side <= _MOST_POINTS for side in sides):
            return sides[0], sides[1]
    return None


def _number(value: str | None) -> float:
    try:
        number = float((value or "0").removesuffix("%"))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
