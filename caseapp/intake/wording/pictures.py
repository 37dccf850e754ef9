"""What is said of pictures."""

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


def _turn_unread(notice: Notice) -> str:
    return _(
        "What the file says of how the camera was held cannot be read. If the picture lies on its side, turn it in a "
        "picture program, save it, and add that."
    )


def _colours_unread(notice: Notice) -> str:
    return _("What the file says of its colours cannot be read: they may look a little different from the original.")


def _on_white(notice: Notice) -> str:
    return _("Parts of the picture are transparent; they are printed white.")


def _more_data(notice: Notice) -> str:
    return _("Something else stands in the file after the picture, such as a short video; it is left out.")


def _blank(notice: Notice) -> str:
    if notice.detail:
        return _("Nothing can be seen on these pages, each has one colour: %(pages)s. Look at the original.") % {
            "pages": ", ".join(notice.detail)
        }
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


def _too_many(params: Params) -> str:
    return (
        _("This file holds more than %(most)s scanned sheets. Divide it, or save it as a PDF, and add that.") % params
    )


def _colours(params: Params) -> str:
    return _(
        "This picture stores its colours in a way (%(mode)s) that cannot be printed. Open it in a picture program, "
        "save it as PNG or JPEG, and add that."
    ) % {"mode": params["mode"]}


def _packing(params: Params) -> str:
    return (
        _(
            "This picture is packed in a way (%(way)s) that cannot be read here. Open it in a picture program, save it "
            "as PNG or JPEG, and add that."
        )
        % params
    )


NOTICES: dict[str, Callable[[Notice], str]] = {
    "picture-size-unknown": _size_unknown,
    "picture-turned": _turned,
    "picture-turn-unread": _turn_unread,
    "picture-colours-unread": _colours_unread,
    "picture-on-white": _on_white,
    "picture-more-data": _more_data,
    "picture-blank": _blank,
}
QUESTIONS: dict[str, Callable[[Question], str]] = {"picture-frames": _frames}
REFUSALS: dict[str, Callable[[Params], str]] = {
    "picture-too-large": _too_large,
    "picture-damaged": _damaged,
    "picture-too-many": _too_many,
    "picture-colours": _colours,
    "picture-packing": _packing,
}
