"""A PNG or JPEG picture as one page: its pixels, upright, at its true size, and nothing else that the file holds.

A JPEG's own data stands in the PDF, so that nothing is lost a second time; only its metadata are taken out, and how
it was turned (EXIF) becomes how it is drawn. A PNG is written anew, without loss. Metadata go: place, time, device,
names, previews, what stands after the picture. Of a colour profile only what the colours need is kept.
"""

import math
import struct
import warnings
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream
from PIL import ExifTags, Image, ImageCms, ImageFile, PngImagePlugin

from caseapp.core.refused import Refused
from caseapp.intake.report import Notice, Question, Report
from caseapp.intake.setting import finished
from caseapp.typesetting.join import saved

MOST_PIXELS = 50_000_000
FRAMES = "picture-frames"

_POINTS = 72.0
# A picture that does not say its size is printed on this (inches): it fits on Letter and on A4, within margins.
_FITTED = (7.0, 9.5)
_FITTED_RESOLUTION = 150
# Programs write these where they know no size; no scanner uses them.
_SAYS_NOTHING = frozenset({72, 96})
_RESOLUTIONS = range(50, 4801)
_INEXACT = 0.02  # a PNG counts points a metre: 150 an inch becomes 150.01
_LARGEST_SHEET = 17.0
_SURE_RESOLUTION = 150
_LONGEST_SIDE = 14_400.0

# How a picture that EXIF says was taken in this orientation is put upright, as a matrix on the unit square.
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})

_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_IN_PDF = frozenset({0xC0, 0xC1, 0xC2})
_DEEP = frozenset({12, 16})  # bits a colour
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_START_OF_SCAN, _END_OF_IMAGE, _COMMENT, _ADOBE = 0xDA, 0xD9, 0xFE, 0xEE
_APPLICATION = range(0xE0, 0xF0)

_SPACES = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_COMPONENTS = {"1": 1, "L": 1, "RGB": 3, "CMYK": 4}
_PROFILE_SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
# The tags of a colour profile that turn numbers into colours; the others are words.
_COLOUR_TAGS = frozenset(
    b"rXYZ gXYZ bXYZ wtpt bkpt rTRC gTRC bTRC kTRC chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt".split()
)
_MOST_PROFILE = 4 << 20


@dataclass(frozen=True)
class Picture:
    """A picture that was decoded to its end. `jpeg` is its own data without metadata, where a PDF can hold them;
    `unread`, what the file says of it and nobody can read, by the codes of notices."""

    image: Image.Image
    orientation: int
    resolution: tuple[float, float] | None
    frames: int
    profile: bytes
    jpeg: bytes
    has_more: bool
    unread: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        width, height = self.image.size
        return (height, width) if self.orientation in _ON_ITS_SIDE else (width, height)


def examine_png(folder: Path, *, password: str = "") -> dict[str, Any]:
    return _examined("png", "image/png", (folder / "input").read_bytes())


def examine_jpeg(folder: Path, *, password: str = "") -> dict[str, Any]:
    return _examined("jpeg", "image/jpeg", (folder / "input").read_bytes())


def clean(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    picture = _picture((folder / "input").read_bytes())
    open_questions = [question for question in questions_of(picture) if question.code not in accepted]
    if not open_questions:
        (folder / "clean.pdf").write_bytes(finished([page_of(picture)]))
    return {
        "questions": [question.to_dict() for question in open_questions],
        "pages": 1,
        "notices": [notice.to_dict() for notice in _notices(picture)],
        "text_pages": [""],
    }


def upright(data: bytes) -> Image.Image:
    """The picture as a reader sees it on white paper, in 1-bit, grey, RGB or CMYK. Raises `Refused`."""
    picture = _picture(data)
    flat = _flat(picture.image)
    turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}.get(picture.orientation)
    return flat if turn is None else flat.transpose(Image.Transpose(turn))


def _examined(kind: str, media_type: str, data: bytes) -> dict[str, Any]:
    picture = _picture(data)
    return Report(kind, media_type, 1, questions_of(picture), _notices(picture)).to_dict()


def questions_of(picture: Picture) -> tuple[Question, ...]:
    return (Question(FRAMES, picture.frames),) if picture.frames > 1 else ()


def _notices(picture: Picture) -> tuple[Notice, ...]:
    return (Notice("no-text", 1, ("1",)), *noticed(picture))


def noticed(picture: Picture) -> tuple[Notice, ...]:
    """What is to know of how it is printed."""
    notices = []
    if not _is_true(picture):
        width, _height = _measures(picture)
        resolution = round(picture.size[0] / width * _POINTS)
        notices.append(Notice("picture-size-unknown", resolution))
    if picture.orientation != 1:
        notices.append(Notice("picture-turned"))
    notices += map(Notice, picture.unread)
    if _is_transparent(picture.image):
        notices.append(Notice("picture-on-white"))
    if picture.has_more:
        notices.append(Notice("picture-more-data"))
    if _is_blank(picture.image):
        notices.append(Notice("picture-blank"))
    return tuple(notices)


def _picture(data: bytes) -> Picture:
    is_png = data.startswith(_PNG_MARK)
    frames, has_more = _png_frames(data) if is_png else (1, False)
    jpeg = b"" if is_png else _jpeg_alone(data)
    if jpeg:
        _refuse_deep_colours(jpeg)
    image = _decoded(data if is_png else jpeg)
    # The metadata are read from the file itself: they are not in `jpeg`.
    told = _opened(data)
    if not is_png:
        frames = getattr(told, "n_frames", 1)
        has_more = len(data) > _end_of_jpeg(data)
    return Picture(
        image,
        orientation_of(told),
        resolution_of(told),
        frames,
        colour_profile_of(told),
        jpeg if not is_png and _fits_in_pdf(jpeg, image) else b"",
        has_more,
        unread_in(told),
    )


def _opened(data: bytes) -> Image.Image:
    """The picture, not decoded yet; too many pixels are refused by the numbers in its head."""
    with damage_refused():
        image = Image.open(BytesIO(data), formats=("PNG", "JPEG", "MPO"))
    refuse_too_many_pixels(image)
    return image


def _refuse_deep_colours(jpeg: bytes) -> None:
    """A sound file, as medical programs write it, that nothing here decodes."""
    for marker, start, _end in _jpeg_segments(jpeg):
        if marker in _JPEG_FRAMES and jpeg[start + 4] in _DEEP:
            raise Refused("picture-colours", mode=f"{jpeg[start + 4]} bit")


def refuse_too_many_pixels(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused("picture-too-large", most=MOST_PIXELS)


def _decoded(data: bytes) -> Image.Image:
    image = _opened(data)
    with damage_refused():
        image.load()
    return image


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever a decoder stumbles over, part of the picture would be missing."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the sizes that Pillow warns of are refused by `refuse_too_many_pixels`
            yield
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise Refused("picture-too-large", most=MOST_PIXELS) from None
    except Exception:
        raise Refused("picture-damaged") from None


def orientation_of(image: Image.Image) -> int:
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        return 1
    return orientation if orientation in _UPRIGHT else 1


def unread_in(image: Image.Image) -> tuple[str, ...]:
    """What cannot be read is left out, and the picture may not look as it was meant to."""
    unread = {"picture-turn-unread": _has_unread_turn(image), "picture-colours-unread": _has_unread_profile(image)}
    return tuple(code for code, is_unread in unread.items() if is_unread)


def _has_unread_turn(image: Image.Image) -> bool:
    """Programs that do not know it write 0."""
    try:
        return image.getexif().get(ExifTags.Base.Orientation, 1) not in {0, *_UPRIGHT}
    except Exception:
        return True


def _has_unread_profile(image: Image.Image) -> bool:
    try:
        _profile_of(image)
    except Exception:
        return True
    return False


def resolution_of(image: Image.Image) -> tuple[float, float] | None:
    try:
        across, down = (float(value) for value in image.info.get("dpi", ()))
    except (TypeError, ValueError):
        return None
    if not (math.isfinite(across) and math.isfinite(down)):
        return None
    across, down = (round(value) if abs(value - round(value)) < _INEXACT else value for value in (across, down))
    is_sane = round(across) in _RESOLUTIONS and round(down) in _RESOLUTIONS and 1 / 3 < across / down < 3
    return (across, down) if is_sane else None


def _is_true(picture: Picture) -> bool:
    """Whether the size that the file states can be the size of a sheet of paper."""
    if picture.resolution is None:
        return False
    sides = [pixels / resolution for pixels, resolution in zip(picture.image.size, picture.resolution, strict=True)]
    if max(sides) * _POINTS > _LONGEST_SIDE or min(sides) < 0.25:
        return False
    if {round(value) for value in picture.resolution} & _SAYS_NOTHING:
        return False
    return min(picture.resolution) >= _SURE_RESOLUTION or max(sides) <= _LARGEST_SHEET


def _measures(picture: Picture) -> tuple[float, float]:
    """Width and height of the upright picture on paper, in points."""
    if _is_true(picture) and picture.resolution:
        sides = [
            pixels / resolution * _POINTS
            for pixels, resolution in zip(picture.image.size, picture.resolution, strict=True)
        ]
        width, height = sides[::-1] if picture.orientation in _ON_ITS_SIDE else sides
    else:
        across, down = picture.size
        wide, high = _FITTED if across <= down else _FITTED[::-1]
        resolution = max(_FITTED_RESOLUTION, math.ceil(across / wide), math.ceil(down / high))
        width, height = across / resolution * _POINTS, down / resolution * _POINTS
    return max(round(width, 2), 3.0), max(round(height, 2), 3.0)


def _is_transparent(image: Image.Image) -> bool:
    if "A" in image.getbands():
        return sum(image.getchannel("A").histogram()[:255]) > 0
    return "transparency" in image.info


def _is_blank(image: Image.Image) -> bool:
    """Whether every point of it has the same colour, as it is printed."""
    return _flat(image).getcolors(1) is not None


def _flat(image: Image.Image) -> Image.Image:
    """The picture on white, in a mode that a PDF knows."""
    if image.mode in _SPACES and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return _from_sixteen_bits(image)
    if _is_transparent(image):
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        flat = Image.alpha_composite(paper, seen).convert("RGB")
    else:
        flat = image.convert("L" if image.mode in {"LA", "La"} else "RGB")
    return flat.convert("L") if _is_grey(image, flat) else flat


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    """Grey of 65,536 steps. One of them may be the transparent one (tRNS): white paper, as the others are flattened."""
    transparent = image.info.get("transparency")
    wide = image.convert("I")
    flat = wide.point(lambda value: value * (1 / 257) + 0).convert("L")
    if isinstance(transparent, int):
        values = array("i", wide.tobytes())
        mask = Image.frombytes("L", wide.size, bytes(255 if value == transparent else 0 for value in values))
        flat.paste(255, mask=mask)
    return flat


def _is_grey(image: Image.Image, flat: Image.Image) -> bool:
    if image.mode in {"LA", "La", "L", "1"}:
        return True
    if image.mode != "P" or flat.mode != "RGB":
        return False
    red, green, blue = flat.split()
    return red.tobytes() == green.tobytes() == blue.tobytes()


def page_of(picture: Picture) -> bytes:
    width, height = _measures(picture)
    with Pdf.new() as pdf:
        drawn = pdf.make_indirect(_jpeg_object(pdf, picture) if picture.jpeg else _plain_object(pdf, picture))
        a, b, c, d, e, f = _UPRIGHT[picture.orientation]
        matrix = [a * width, b * height, c * width, d * height, e * width, f * height]
        operators = f"q {' '.join(f'{value:.4f}'.rstrip('0').rstrip('.') for value in matrix)} cm /Im0 Do Q"
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(XObject=Dictionary(Im0=drawn)),
            Contents=pdf.make_indirect(Stream(pdf, operators.encode())),
        )
        pdf.pages.append(Page(page))
        return saved(pdf)


def _jpeg_object(pdf: Pdf, picture: Picture) -> Stream:
    drawn = _image_object(pdf, picture, picture.jpeg, picture.image.mode)
    drawn.Filter = Name.DCTDecode
    if picture.image.mode == "CMYK" and "adobe" in picture.image.info:
        # Adobe's programs write these inverted, and a PDF must say so.
        drawn.Decode = Array([1, 0] * 4)
    return drawn


def _plain_object(pdf: Pdf, picture: Picture) -> Stream:
    """The pixels, compressed as a PNG compresses them, which PDF readers undo by themselves."""
    flat = _flat(picture.image)
    target = BytesIO()
    if flat.mode == "CMYK":
        flat = flat.convert("RGB")
    flat.save(target, "PNG", icc_profile=None, pnginfo=PngImagePlugin.PngInfo(), compress_level=6)
    packed = b"".join(data for name, data in _png_chunks(target.getvalue()) if name == b"IDAT")
    drawn = _image_object(pdf, picture, packed, flat.mode)
    drawn.Filter = Name.FlateDecode
    drawn.DecodeParms = Dictionary(
        Predictor=15,
        Colors=_COMPONENTS[flat.mode],
        BitsPerComponent=1 if flat.mode == "1" else 8,
        Columns=flat.width,
    )
    return drawn


def _image_object(pdf: Pdf, picture: Picture, data: bytes, mode: str) -> Stream:
    width, height = picture.image.size
    drawn = Stream(pdf, data)
    drawn.Type, drawn.Subtype = Name.XObject, Name.Image
    drawn.Width, drawn.Height = width, height
    drawn.BitsPerComponent = 1 if mode == "1" else 8
    drawn.ColorSpace = _colour_space(pdf, picture.profile, mode)
    return drawn


def _colour_space(pdf: Pdf, profile: bytes, mode: str) -> Any:
    components = _COMPONENTS[mode]
    if mode == "1" or profile[16:20] != _PROFILE_SPACES[components]:
        return _SPACES[mode]
    stream = Stream(pdf, profile)
    stream.N, stream.Alternate = components, _SPACES[mode]
    return Array([Name.ICCBased, pdf.make_indirect(stream)])


def colour_profile_of(image: Image.Image) -> bytes:
    """The profile with nothing but what the colours need; nothing where it is sRGB, unsound, or none."""
    try:
        return _profile_of(image)
    except Exception:
        return b""


def _profile_of(image: Image.Image) -> bytes:
    """Raises whatever a decoder stumbles over."""
    data = image.info.get("icc_profile") or b""
    if not data:
        return b""
    if not 132 < len(data) <= _MOST_PROFILE:
        raise ValueError(len(data))
    if "srgb" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(data))).lower():
        return b""
    bare = _bare_profile(data)
    ImageCms.ImageCmsProfile(BytesIO(bare))
    return bare


def _bare_profile(data: bytes) -> bytes:
    (count,) = struct.unpack(">I", data[128:132])
    entries = [struct.unpack(">4sII", data[132 + 12 * n : 144 + 12 * n]) for n in range(min(count, 100))]
    kept = [entry for entry in entries if entry[0] in _COLOUR_TAGS]
    if any(offset + size > len(data) for _name, offset, size in kept):
        raise ValueError(len(data))
    place = 132 + 12 * len(kept)
    table, bodies = struct.pack(">I", len(kept)), b""
    for name, offset, size in kept:
        body = data[offset : offset + size]
        table += struct.pack(">4sII", name, place + len(bodies), size)
        bodies += body + b"\0" * (-len(body) % 4)
    # Of the head: no preferred engine, maker, model or creator, no date, no hash of what it was before.
    head = bytearray(data[:128])
    head[0:4] = struct.pack(">I", place + len(bodies))
    for start, end in ((4, 8), (24, 36), (40, 64), (80, 128)):
        head[start:end] = bytes(end - start)
    return bytes(head) + table + bodies


def _png_frames(data: bytes) -> tuple[int, bool]:
    """How many frames it has, and whether something stands after its end. Raises `Refused` where it is cut off."""
    frames, end, has_end = 1, len(_PNG_MARK), False
    for name, body in _png_chunks(data):
        end += 12 + len(body)
        if name == b"acTL" and len(body) == 8:
            frames = max(1, struct.unpack(">I", body[:4])[0])
        if name == b"IEND":
            has_end = True
            break
    if not has_end:
        raise Refused("picture-damaged")
    return frames, end < len(data)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG_MARK)
    while place + 12 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        body = data[place + 4 : place + 8 + length]
        (check,) = struct.unpack(">I", data[place + 8 + length : place + 12 + length].ljust(4, b"\0"))
        if len(body) < 4 + length or zlib.crc32(body) != check:
            raise Refused("picture-damaged")
        yield body[:4], body[4:]
        place += 12 + length


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of each segment to the end of the picture; a scan takes its data with it."""
    place = 2
    while True:
        while data[place : place + 2] == b"\xff\xff":
            place += 1
        if len(data) < place + 2 or data[place] != 0xFF:
            raise Refused("picture-damaged")
        marker = data[place + 1]
        if marker == _END_OF_IMAGE:
            yield marker, place, place + 2
            return
        if marker in _JPEG_ALONE:
            end = place + 2
        else:
            if len(data) < place + 4:
                raise Refused("picture-damaged")
            end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == _START_OF_SCAN:
            end = _end_of_scan(data, end)
        yield marker, place, end
        place = end


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise Refused("picture-damaged")
        following = data[place + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        elif following == 0xFF:
            place += 1
        else:
            return place


def _end_of_jpeg(data: bytes) -> int:
    return max(end for _, _, end in _jpeg_segments(data))


def _jpeg_alone(data: bytes) -> bytes:
    """The picture without comments, EXIF, previews and what stands after it."""
    kept = [b"\xff\xd8"]
    for marker, start, end in _jpeg_segments(data):
        segment = data[start:end]
        if marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(kept) == 1:
            kept.append(_JFIF)
        elif marker == _COMMENT or (marker in _APPLICATION and not _is_adobe(marker, segment)):
            continue
        else:
            kept.append(segment)
    return b"".join(kept)


def _is_adobe(marker: int, segment: bytes) -> bool:
    """Which says how the colours are stored, in twelve bytes."""
    return marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) == 16


def _fits_in_pdf(jpeg: bytes, image: Image.Image) -> bool:
    frames = [jpeg[start:end] for marker, start, end in _jpeg_segments(jpeg) if marker in _JPEG_FRAMES]
    return (
        len(frames) == 1 and frames[0][1] in _JPEG_IN_PDF and frames[0][4] == 8 and image.mode in {"L", "RGB", "CMYK"}
    )
