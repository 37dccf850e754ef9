"""What a report says, in the reader's language. Codes that a later version found are said by their name."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from caseapp.intake.report import Notice, Question
from caseapp.intake.wording import kinds, passages, pdfs, pictures, scans, texts, word_files

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


def _empty(params: Params) -> str:
    return _("This file is empty. Copy it again from where it came from, and add that.")


def _too_large(params: Params) -> str:
    return _(
        "This file has %(size)s bytes; at most %(most)s can be taken in. Divide it into parts and add each part."
    ) % {"size": f"{params['size']:,}", "most": f"{params['most']:,}"}


_NOTICES: dict[str, Callable[[Notice], str]] = {
    **passages.NOTICES,
    **pdfs.NOTICES,
    **pictures.NOTICES,
    **scans.NOTICES,
    **texts.NOTICES,
    **word_files.NOTICES,
}

_QUESTIONS: dict[str, Callable[[Question], str]] = {
    **pdfs.QUESTIONS,
    **pictures.QUESTIONS,
    **scans.QUESTIONS,
    **word_files.QUESTIONS,
}

_REFUSALS: dict[str, Callable[[Params], str]] = {
    "empty": _empty,
    "too-large": _too_large,
    **kinds.REFUSALS,
    **passages.REFUSALS,
    **pdfs.REFUSALS,
    **pictures.REFUSALS,
    **texts.REFUSALS,
    **word_files.REFUSALS,
}
