"""What a report says, in the reader's language. Codes that a later version found are said by their name."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from caseapp.intake.report import Notice, Question

Params = Mapping[str, str | int]


def notice_sentence(notice: Notice) -> str:
    say = _NOTICES.get(notice.code)
    return say(notice) if say else _("Something was noticed: %(code)s.") % {"code": notice.code}


def question_sentence(question: Question) -> str:
    say = _QUESTIONS.get(question.code)
    return say(question) if say else _("Something must be decided: %(code)s.") % {"code": question.code}


def refusal_sentence(code: str, params: Params) -> str:
    say = _REFUSALS.get(code)
    return say(params) if say else _("This file cannot be used: %(code)s.") % {"code": code}


def _kind_unknown(params: Params) -> str:
    return _("A file of the kind %(kind)s cannot be used. Save or print it as a PDF, and add that.") % params


def _not_the_kind(params: Params) -> str:
    return (
        _(
            "The name of this file ends in %(extension)s, but what it holds is something else. Open it in the program "
            "it was made with, save it again, and add that."
        )
        % params
    )


def _empty(params: Params) -> str:
    return _("This file is empty. Copy it again from where it came from, and add that.")


def _too_large(params: Params) -> str:
    return _(
        "This file has %(size)s bytes; at most %(most)s can be taken in. Divide it into parts and add each part."
    ) % {"size": f"{params['size']:,}", "most": f"{params['most']:,}"}


_NOTICES: dict[str, Callable[[Notice], str]] = {}

_QUESTIONS: dict[str, Callable[[Question], str]] = {}

_REFUSALS: dict[str, Callable[[Params], str]] = {
    "kind-unknown": _kind_unknown,
    "not-the-kind": _not_the_kind,
    "empty": _empty,
    "too-large": _too_large,
}
