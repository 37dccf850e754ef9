"""What the doors call for a scan: what a few of its pages say, and the copy with those words.

A page is read by itself, in a child that reads only a few; what they say waits in the room for the child that lays it
over the pages.
"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from caseapp.intake.ocr.engine import RESOLUTION, Word, engine
from caseapp.intake.ocr.layer import PlacedWord, laid_over

_POINTS = 72
_MOST_PIXELS = 36_000_000
# A page of which no more than this is sure on the whole is a photograph, handwriting or a page on its side.
_LEAST_SURE_PAGE = 55.0


def read(folder: Path, *, pages: list[int], languages: str) -> list[int]:
    """Note what these pages say. Those are given back on which words were found."""
    found = []
    with closing(pypdfium2.PdfDocument(folder / "input")) as document, engine(languages) as reader:
        for number in pages:
            page = document[number]
            image, scale = _picture(page)
            page.close()
            words = reader.words(image)
            if words and sum(word.sure for word in words) / len(words) >= _LEAST_SURE_PAGE:
                placed = [_placed(word, scale).to_list() for word in words]
                (folder / f"words-{number}.json").write_text(json.dumps(placed))
                found.append(number)
    return found


def lay(folder: Path) -> dict[str, Any]:
    """Leave `clean.pdf` with what was read. `pages`, from 0, are those that have words now; `words` are theirs."""
    noted = {
        int(path.stem.partition("-")[2]): [PlacedWord.from_list(row) for row in json.loads(path.read_text())]
        for path in folder.glob("words-*.json")
    }
    pdf, pages = laid_over((folder / "input").read_bytes(), noted)
    (folder / "clean.pdf").write_bytes(pdf)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return {"pages": pages, "words": [_words(document[number]) for number in pages]}


def _words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    words = text.get_text_range()
    text.close()
    page.close()
    return words


def _picture(page: pypdfium2.PdfPage) -> tuple[Image.Image, float]:
    """The page in grey, and how many points a pixel is wide."""
    width, height = page.get_size()
    scale = RESOLUTION / _POINTS
    scale *= min(1.0, (_MOST_PIXELS / (width * height * scale * scale)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    image = bitmap.to_pil().convert("L")
    bitmap.close()
    return image, width / image.width


def _placed(word: Word, scale: float) -> PlacedWord:
    measures = (round(side * scale, 2) for side in (word.left, word.top, word.width, word.height))
    return PlacedWord(word.text, *measures)
