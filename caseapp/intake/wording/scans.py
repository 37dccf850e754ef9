"""What is said of pages that were read by a program."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Notice


def _read(notice: Notice) -> str:
    return ngettext(
        "%(count)s page is a picture. Its words were read by a program (OCR) and not proofread: page %(pages)s.",
        "%(count)s pages are pictures. Their words were read by a program (OCR) and not proofread: pages %(pages)s.",
        notice.count,
    ) % {"count": f"{notice.count:,}", "pages": ", ".join(notice.detail)}


def _missing(notice: Notice) -> str:
    return _(
        "Pages that are pictures cannot be searched or quoted: this server has no program that reads them (OCR) in the "
        "language of the document. An administrator can install Tesseract with that language."
    )


NOTICES: dict[str, Callable[[Notice], str]] = {"read-by-ocr": _read, "ocr-missing": _missing}
