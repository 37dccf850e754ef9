"""Pages of the PDF files of a case as pictures, for screens."""

from caseapp.cases.files import CaseFiles
from caseapp.core import sandbox
from caseapp.intake import page_picture

PICTURE_WIDTH = 900


def drawn_page(files: CaseFiles, sha256: str, number: int) -> bytes:
    """A page of a stored PDF, from 1, as a PNG. Raises Unusable, FileAltered."""
    with sandbox.room() as room:
        files.lay_out(sha256, room / "clean.pdf")
        return page_picture(room / "clean.pdf", page=number, width=PICTURE_WIDTH)
