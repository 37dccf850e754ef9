"""What is said of pages that were read by a program."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Notice, Question


def _read(notice: Notice) -> str:
    return ngettext(
        "%(count)s page is a picture. Its words were read by a program (OCR) and not proofread: page %(pages)s.",
        "%(count)s pages are pictures. Their words were read by a program (OCR) and not proofread: pages %(pages)s.",
        notice.count,
    ) % {"count": f"{notice.count:,}", "pages": ", ".join(notice.detail)}


def _read_scans(question: Question) -> str:
    return ngettext(
        "There are no words in this PDF, only a picture of a page. A program can read it (OCR, in English and Spanish, "
        "some seconds a page). Its words are then marked as not proofread: compare each quotation with the picture.",
        "There are no words in this PDF, only pictures of %(count)s pages. A program can read them (OCR, in English "
        "and Spanish, some seconds a page). Their words are then marked as not proofread: compare each quotation with "
        "the picture.",
        question.count,
    ) % {"count": f"{question.count:,}"}


def _missing(notice: Notice) -> str:
    return _(
        "Pages that are pictures cannot be searched or quoted: this server has no program that reads them (OCR) in the "
        "language of the document. An administrator can install Tesseract with that language."
    )


NOTICES: dict[str, Callable[[Notice], str]] = {"read-by-ocr": _read, "ocr-missing": _missing}
QUESTIONS: dict[str, Callable[[Question], str]] = {"read-scans": _read_scans}
