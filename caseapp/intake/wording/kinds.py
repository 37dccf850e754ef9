"""Files of kinds that cannot be used, and what to do with each."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

Params = Mapping[str, str | int]


def _document(params: Params) -> str:
    return (
        _(
            "A file of the kind %(kind)s cannot be used. Open it in Word, or in the program it was made with, save it "
            "as a PDF, and add that."
        )
        % params
    )


def _picture(params: Params) -> str:
    return (
        _(
            "A picture of the kind %(kind)s cannot be used. Open it, save it as PNG or JPEG, or print it as a PDF, and "
            "add that."
        )
        % params
    )


def _web(params: Params) -> str:
    return (
        _(
            "A file of the kind %(kind)s cannot be used. Open it in a browser, print it as a PDF, and add that. What "
            "was published belongs among the sources."
        )
        % params
    )


def _message(params: Params) -> str:
    return (
        _(
            "A file of the kind %(kind)s cannot be used. Open it in the mail program, print it as a PDF, and add that. "
            "Save what is attached to it and add each file by itself."
        )
        % params
    )


def _table(params: Params) -> str:
    return (
        _(
            "A file of the kind %(kind)s cannot be used. Open it in the program it was made with, set what is to be "
            "printed, save it as a PDF, and add that."
        )
        % params
    )


def _archive(params: Params) -> str:
    return (
        _("A file of the kind %(kind)s cannot be used. Unpack it, and add each file that is in it by itself.") % params
    )


def _recording(params: Params) -> str:
    return (
        _(
            "A recording (%(kind)s) cannot be printed. Keep it, and add a PDF with its transcript, or with pictures "
            "from it and a note of what it is."
        )
        % params
    )


def _program(params: Params) -> str:
    return (
        _(
            "A file of the kind %(kind)s can run as a program and is not taken in. Do not open it; ask who sent it for "
            "the document as a PDF."
        )
        % params
    )


def _unknown(params: Params) -> str:
    return (
        _(
            "“%(kind)s” does not tell what kind of file this is. PDF, Word (.docx), PNG, JPEG, TIFF, HEIC and plain "
            "text (.txt) can be used. Open it in the program it was made with, save or print it as a PDF, and add that."
        )
        % params
    )


def _not_the_kind(params: Params) -> str:
    if not params.get("found"):
        return (
            _(
                "The name of this file ends in %(extension)s, but what it holds is something else. Open it in the "
                "program it was made with, save it again, and add that."
            )
            % params
        )
    return _(
        "The name of this file ends in %(extension)s, but it is %(found)s. If that is what it should be, correct the "
        "end of its name and add it again; if not, ask for it anew from where it came."
    ) % {"extension": params["extension"], "found": _(str(params["found"]))}


def _word_locked(params: Params) -> str:
    return _(
        "This Word file is locked with a password, or is of the old kind (.doc). Open it in Word, save it as a PDF "
        "without a password, and add that."
    )


REFUSALS: dict[str, Callable[[Params], str]] = {
    "kind-document": _document,
    "kind-picture": _picture,
    "kind-web": _web,
    "kind-message": _message,
    "kind-table": _table,
    "kind-archive": _archive,
    "kind-recording": _recording,
    "kind-program": _program,
    "kind-unknown": _unknown,
    "not-the-kind": _not_the_kind,
    "word-locked": _word_locked,
}
