"""Pictures that no PDF can hold as they are: TIFF, as scanners write it, and HEIC, as telephones do.

Each is decoded and written anew without loss. A TIFF becomes a page for every sheet in it; previews among them are
left out. Of a HEIC with several pictures the one it is shown by is printed. Metadata go, as with other pictures.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pi_heif
from PIL import Image, ImageSequence

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
    with damage_refused():
        file = Image.open(BytesIO((folder / "input").read_bytes()), formats=("TIFF",))
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
