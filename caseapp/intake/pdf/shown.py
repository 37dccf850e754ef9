"""The pages of a file as they are shown before anything was done to them, to hold the clean copy against."""

import warnings

import pypdfium2
from pikepdf import Pdf

from caseapp.core.refused import Refused
from caseapp.intake.pdf.cleaning import saved
from caseapp.intake.pdf.forms import defaults_of
from caseapp.intake.pdf.opening import Opened


class Shown:
    """Pages as PDFium shows them; as qpdf mends them, where PDFium finds other pages or cannot show one."""

    def __init__(self, file: Opened) -> None:
        self._file = file
        agrees = file.reader is not None and len(file.reader) == file.pages
        self._reader = file.reader if agrees else None
        self._mended: pypdfium2.PdfDocument | None = None
        self.mended_pages = 0
        if self._reader is not None and len(defaults_of(file.pdf)):
            self._reader.init_forms()  # what was filled in is part of what is shown

    def page(self, index: int) -> pypdfium2.PdfPage:
        try:
            if self._reader is not None:
                return self._reader[index]
        except pypdfium2.PdfiumError:
            pass
        self.mended_pages += 1
        try:
            return self._mend()[index]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise Refused("page-unreadable", page=index + 1) from error

    def close(self) -> None:
        if self._mended is not None:
            self._mended.close()

    def _mend(self) -> pypdfium2.PdfDocument:
        """Pages alone, from the file opened anew: the one that was opened first is used up by its cleaning."""
        if self._mended is None:
            with Pdf.open(self._file.path, password=self._file.password) as broken, Pdf.new() as whole:
                with warnings.catch_warnings(action="ignore"):  # fields and links are not shown
                    whole.pages.extend(broken.pages)
                self._mended = pypdfium2.PdfDocument(saved(whole))
        return self._mended
