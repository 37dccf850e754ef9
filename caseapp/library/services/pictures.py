"""Pages of a source as pictures, to be compared with the text that was read from them."""

from caseapp import intake
from caseapp.core import storage
from caseapp.library.models import Capture


def picture_of_page(capture: Capture, number: int, *, width: int) -> bytes:
    """A PNG so many pixels wide; pages count from 1. Raises storage.FileAltered and intake.Unusable."""
    path = storage.path_of(capture.clean_sha256)
    if not path.exists():
        raise storage.FileAltered(capture.clean_sha256)
    return intake.page_picture(path, page=number, width=width)
