"""What is said of PNG and JPEG pictures."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Notice, Question

Params = Mapping[str, str | int]


def _size_unknown(notice: Notice) -> str:
    return _(
        "The file does not say how large the picture is on paper. It is printed at %(resolution)s points an inch, so "
        "that it fits on a page."
    ) % {"resolution": notice.count}


def _turned(notice: Notice) -> str:
    return _("The picture was taken with the camera turned, and is printed upright.")


def _on_white(notice: Notice) -> str:
    return _("Parts of the picture are transparent; they are printed white.")


def _more_data(notice: Notice) -> str:
    return _("Something else stands in the file after the picture, such as a short video; it is left out.")


def _blank(notice: Notice) -> str:
    return _("The whole picture has one colour: nothing can be seen on it. Look at the original.")


def _frames(question: Question) -> str:
    return ngettext(
        "The file holds %(count)s picture.",
        "The file holds %(count)s pictures that are shown one after another or beside each other. Only the first can "
        "be printed; the others are left out. If they matter, save each as a picture of its own and add them.",
        question.count,
    ) % {"count": f"{question.count:,}"}


def _too_large(params: Params) -> str:
    return _(
        "This picture has more than %(most)s million points. Save it smaller, or print it as a PDF, and add that."
    ) % {"most": int(params["most"]) // 1_000_000}


def _damaged(params: Params) -> str:
    return _(
        "This picture is damaged or cut off, so part of it would be missing. Copy it again from where it came, or open "
        "it in a picture program, see that it is whole, save it again, and add that."
    )


NOTICES: dict[str, Callable[[Notice], str]] = {
    "picture-size-unknown": _size_unknown,
    "picture-turned": _turned,
    "picture-on-white": _on_white,
    "picture-more-data": _more_data,
    "picture-blank": _blank,
}
QUESTIONS: dict[str, Callable[[Question], str]] = {"picture-frames": _frames}
REFUSALS: dict[str, Callable[[Params], str]] = {"picture-too-large": _too_large, "picture-damaged": _damaged}
