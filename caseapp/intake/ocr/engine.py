"""Tesseract's own library, called from the child: no other program is started, so the child may be forbidden to."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image

from caseapp.core.refused import Refused
from caseapp.intake.ocr.languages import data_folder, library

RESOLUTION = 300
_WORD = 5  # the level of a word in what Tesseract tells
_LEAST_SURE = 30.0  # of 100: below, it is a stain and no word


@dataclass(frozen=True)
class Word:
    """`left`, `top`, `width` and `height` in pixels; words of one `line` stand beside each other."""

    text: str
    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int
    sure: float


class Engine:
    def __init__(self, tesseract: ctypes.CDLL, handle: int) -> None:
        self._tesseract = tesseract
        self._handle = ctypes.c_void_p(handle)

    def words(self, image: Image.Image) -> list[Word]:
        """The words of a grey picture, in the order of reading."""
        data = image.tobytes()
        width, height = image.size
        self._tesseract.TessBaseAPISetImage(self._handle, data, width, height, 1, width)
        self._tesseract.TessBaseAPISetSourceResolution(self._handle, RESOLUTION)
        told = self._tesseract.TessBaseAPIGetTsvText(self._handle, 0)
        if not told:
            return []
        try:
            table = ctypes.string_at(told).decode("utf-8", "replace")
        finally:
            self._tesseract.TessDeleteText(ctypes.c_void_p(told))
        return list(_words(table))


@contextmanager
def engine(languages: str) -> Iterator[Engine]:
    """`languages` as Tesseract names them, such as `spa+eng`. Raises `Refused` where they cannot be read here."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one page, one thread: other children have their pages too
    path, folder = library(), data_folder()
    if path is None or folder is None:
        raise Refused("ocr-missing")
    tesseract = ctypes.CDLL(str(path))
    for name in ("TessBaseAPICreate", "TessBaseAPIGetTsvText"):
        getattr(tesseract, name).restype = ctypes.c_void_p
    handle = tesseract.TessBaseAPICreate()
    try:
        if tesseract.TessBaseAPIInit3(ctypes.c_void_p(handle), str(folder).encode(), languages.encode()):
            raise Refused("ocr-missing")
        yield Engine(tesseract, handle)
    finally:
        tesseract.TessBaseAPIEnd(ctypes.c_void_p(handle))
        tesseract.TessBaseAPIDelete(ctypes.c_void_p(handle))


def _words(table: str) -> Iterator[Word]:
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != str(_WORD):
            continue
        block, paragraph, line = (int(cell) for cell in cells[2:5])
        left, top, width, height = (int(cell) for cell in cells[6:10])
        sure, text = float(cells[10]), "\t".join(cells[11:]).strip()
        if text and sure >= _LEAST_SURE and width > 0 and height > 0:
            yield Word(text, (block, paragraph, line), left, top, width, height, sure)
