"""A PDF opened by two programs that know nothing of each other, and what they do not agree on.

qpdf mends what is broken without a word; PDFium shows what it can. A file is whole when both find the same pages and
qpdf had nothing to mend.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Pdf

from caseapp.core.refused import Refused
from caseapp.intake.report import Notice, Question

MARK = b"%PDF-"
MOST_PAGES = 2000
# What one stream may grow to when it is unpacked.
MOST_UNPACKED = 64 << 20
# Operators that must be read one by one take up to three hundred times their own size.
MOST_OPERATORS = 20 << 20
_MOST_WARNINGS = 100
# A page that draws with nothing may leave out the list of what it draws with.
_HARMLESS = "Resources is missing or invalid; repairing"


@dataclass
class Opened:
    """`reader` is None where PDFium cannot open the file at all."""

    path: Path
    password: str
    pdf: Pdf
    reader: pypdfium2.PdfDocument | None
    pages: int
    starts_late: bool
    mended: int = 0
    notices: list[Notice] = field(default_factory=list)

    def warnings(self) -> int:
        """How often qpdf had something to mend so far. It tells each only once."""
        self.mended += repairs(self.pdf)
        return self.mended

    def damage(self, unsound: int) -> Question | None:
        """What was found amiss, beside `unsound` parts. qpdf's warnings are counted as they come, so ask this last."""
        shown = len(self.reader) if self.reader else 0
        warnings = self.warnings()
        if shown == self.pages and not warnings and not unsound and not self.starts_late:
            return None
        detail = [f"qpdf={self.pages}", f"pdfium={shown}"] + ["starts-late"] * self.starts_late
        return Question("damaged", warnings + unsound, tuple(detail))


def repairs(pdf: Pdf) -> int:
    """How often qpdf had something to mend since this was last asked."""
    try:
        return sum(_HARMLESS not in str(warning) for warning in pdf.get_warnings())
    except UnicodeDecodeError:  # what is wrong may be told in bytes of the file
        return 1


class PasswordNeeded(Exception):
    """`tried` says whether a password was given that did not fit."""

    def __init__(self, tried: bool) -> None:
        super().__init__()
        self.tried = tried

    def question(self) -> Question:
        return Question("password", detail=("wrong",) if self.tried else ())


def limit_unpacking() -> None:
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        dct_max_memory=4 * MOST_UNPACKED,
        doc_max_warnings=_MOST_WARNINGS,
    )


@contextmanager
def opened(path: Path, password: str) -> Iterator[Opened]:
    """Raises `PasswordNeeded`, and `Refused` where there is nothing to show."""
    limit_unpacking()
    pdf = _open(path, password)
    with closing(pdf):
        pages = _page_count(pdf)
        reader = _open_to_show(path, password)
        try:
            found = Opened(path, password, pdf, reader, pages, _starts_late(path))
            if pdf.is_encrypted:
                found.notices.append(Notice("unlocked" if password else "owner-lock"))
            yield found
        finally:
            if reader is not None:
                reader.close()


def _open(path: Path, password: str) -> Pdf:
    try:
        return Pdf.open(path, password=password)
    except pikepdf.PasswordError as error:
        raise PasswordNeeded(bool(password)) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:  # a UnicodeDecodeError too is a ValueError
        raise Refused("no-pages" if "no pages found" in str(error) else "unreadable") from error


def _page_count(pdf: Pdf) -> int:
    try:
        pages = len(pdf.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        raise Refused("unreadable") from error
    if not pages:
        raise Refused("no-pages")
    if pages > MOST_PAGES:
        raise Refused("pdf-too-long", pages=pages, most=MOST_PAGES)
    return pages


def _open_to_show(path: Path, password: str) -> pypdfium2.PdfDocument | None:
    try:
        return pypdfium2.PdfDocument(path, password=password or None)
    except pypdfium2.PdfiumError:
        return None


def _starts_late(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) != MARK
