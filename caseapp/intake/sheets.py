"""Pictures that no PDF can hold as they are: TIFF, as scanners write it, and HEIC, as telephones do.

Each is decoded and written anew without loss. A TIFF becomes a page for every sheet in it; previews among them are
left out. Of a HEIC with several pictures the one it is shown by is printed. Metadata go, as with other pictures.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pi_heif
from PIL import Image, ImageSequence
from PIL.TiffImagePlugin import (
    BITSPERSAMPLE,
    COMPRESSION,
    PHOTOMETRIC_INTERPRETATION,
    SAMPLEFORMAT,
    ImageFileDirectory_v2,
)

from caseapp.core.refused import Refused
from caseapp.intake.images import (
    Picture,
    colour_profile_of,
    damage_refused,
    noticed,
    orientation_of,
    page_of,
    questions_of,
    refuse_too_many_pixels,
    resolution_of,
    unread_in,
)
from caseapp.intake.report import Notice, Question, Report, ranges
from caseapp.intake.setting import finished

MOST_SHEETS = 500

_SUBFILE_TYPE = 254
_PREVIEW = 1
_PRINTABLE = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16", "I;16B", "I;16L"})
_CONVERTED = frozenset({"YCbCr", "LAB", "HSV"})
# What sound files hold that nothing here decodes: science and photography write these, scanners do not.
_COLOURS = {32803: "CFA", 32844: "LogL", 32845: "LogLuv", 34892: "LinearRaw"}
_PACKINGS = {
    9: "JBIG",
    10: "JBIG",
    34661: "JBIG",
    34676: "SGILog",
    34677: "SGILog",
    34712: "JPEG 2000",
    34887: "LERC",
    34925: "LZMA",
    50000: "Zstandard",
    50001: "WebP",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
_WHOLE_NUMBERS, _FLOATING = frozenset({1, 2}), 3
_MOST_BITS = 32


def examine_tiff(folder: Path, *, password: str = "") -> dict[str, Any]:
    sheets = [noticed(picture) for picture in _sheets_of_tiff(folder)]
    return Report("tiff", "image/tiff", len(sheets), (), _notices(sheets)).to_dict()


def clean_tiff(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    return _cleaned(folder, _sheets_of_tiff(folder), ())


def examine_heic(folder: Path, *, password: str = "") -> dict[str, Any]:
    picture = _picture_of_heic(folder)
    return Report("heic", "image/heic", 1, questions_of(picture), _notices([noticed(picture)])).to_dict()


def clean_heic(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    picture = _picture_of_heic(folder)
    open_questions = tuple(question for question in questions_of(picture) if question.code not in accepted)
    return _cleaned(folder, iter([picture]), open_questions)


def _cleaned(folder: Path, pictures: Iterator[Picture], open_questions: tuple[Question, ...]) -> dict[str, Any]:
    pages, sheets = [], []
    for picture in pictures:
        pages.append(page_of(picture))
        sheets.append(noticed(picture))
    if not open_questions:
        (folder / "clean.pdf").write_bytes(finished(pages))
    return {
        "questions": [question.to_dict() for question in open_questions],
        "pages": len(pages),
        "notices": [notice.to_dict() for notice in _notices(sheets)],
        "text_pages": [""] * len(pages),
    }


def _notices(sheets: Sequence[tuple[Notice, ...]]) -> tuple[Notice, ...]:
    """Each thing that was noticed once, where there are several sheets with the numbers of those it concerns."""
    several = len(sheets) > 1
    notices = [Notice("no-text", len(sheets), tuple(ranges(range(1, len(sheets) + 1))))]
    for code in dict.fromkeys(notice.code for sheet in sheets for notice in sheet):
        numbers = [number for number, sheet in enumerate(sheets, 1) if code in {notice.code for notice in sheet}]
        first = next(notice for notice in sheets[numbers[0] - 1] if notice.code == code)
        notices.append(Notice(code, first.count, tuple(ranges(numbers)) if several else ()))
    return tuple(notices)


def _sheets_of_tiff(folder: Path) -> Iterator[Picture]:
    """One sheet after another, so that only one is in memory."""
    data = (folder / "input").read_bytes()
    try:
        yield from _sheets(data)
    except Refused as refused:
        if refused.code == "picture-damaged":
            for tags in _directories(data):
                _refuse_what_nothing_decodes(tags)
        raise


def _sheets(data: bytes) -> Iterator[Picture]:
    with damage_refused():
        file = Image.open(BytesIO(data), formats=("TIFF",))
        if getattr(file, "n_frames", 1) > MOST_SHEETS:
            raise Refused("picture-too-many", most=MOST_SHEETS)
    frames = ImageSequence.Iterator(file)
    is_found = False
    while True:
        with damage_refused():
            frame = next(frames, None)
            if frame is None:
                break
            if _is_preview(frame):
                continue
            picture = _printed(frame)
        is_found = True
        yield picture
    if not is_found:
        raise Refused("picture-damaged")


def _directories(data: bytes) -> Iterator[Mapping[int, Any]]:
    """What the file says of each sheet, as far as that can be read."""
    file = BytesIO(data)
    head = file.read(8)
    with contextlib.suppress(Exception):  # it is damaged, then, and that is said
        tags = ImageFileDirectory_v2(head + file.read(8) if head[2:3] == b"+" else head)
        for _ in range(MOST_SHEETS):
            if not tags.next:
                break
            file.seek(tags.next)
            tags.load(file)
            yield tags


def _refuse_what_nothing_decodes(tags: Mapping[int, Any]) -> None:
    colours, packing = tags.get(PHOTOMETRIC_INTERPRETATION), tags.get(COMPRESSION)
    if colours in _COLOURS:
        raise Refused("picture-colours", mode=_COLOURS[colours])
    if packing in _PACKINGS:
        raise Refused("picture-packing", way=_PACKINGS[packing])
    bits, formats = max(tags.get(BITSPERSAMPLE, (1,))), set(tags.get(SAMPLEFORMAT, (1,)))
    if bits > _MOST_BITS or not formats <= _WHOLE_NUMBERS:
        raise Refused("picture-colours", mode=f"{bits} bit" + " float" * (_FLOATING in formats))


def _is_preview(frame: Image.Image) -> bool:
    kinds = frame.tag_v2.get(_SUBFILE_TYPE, 0)  # type: ignore[attr-defined]
    return bool(int(kinds) & _PREVIEW)


def _picture_of_heic(folder: Path) -> Picture:
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with damage_refused():
        file = Image.open(BytesIO((folder / "input").read_bytes()), formats=("HEIF",))
        return _printed(file, frames=getattr(file, "n_frames", 1))


def _printed(image: Image.Image, *, frames: int = 1) -> Picture:
    refuse_too_many_pixels(image)
    orientation, resolution = orientation_of(image), resolution_of(image)
    profile, unread = colour_profile_of(image), unread_in(image)
    image.load()
    shown = image.convert("RGB") if image.mode in _CONVERTED else image
    if shown.mode not in _PRINTABLE:
        raise Refused("picture-colours", mode=shown.mode)
    return Picture(shown, orientation, resolution, frames, profile, b"", False, unread)
