"""What is said and asked of Word files."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Finding, Notice, Question

Params = Mapping[str, str | int]
_MOST_SHOWN = 5


def _set_anew(notice: Notice) -> str:
    return _(
        "The pages are set anew from the Word file: its words, tables and pictures are kept; typefaces, and where a "
        "page ends, can differ from what Word prints. If the pages must look as they do in Word, save it there as a "
        "PDF and add that."
    )


def _fields(notice: Notice) -> str:
    return ngettext(
        "%(count)s field, such as a date, is printed as it was when the file was last saved: %(words)s",
        "%(count)s fields, such as dates, are printed as they were when the file was last saved: %(words)s",
        notice.count,
    ) % _facts(notice)


def _contents(notice: Notice) -> str:
    return _(
        "The page numbers in its table of contents are those of Word’s pages, and may not be those of the pages here."
    )


def _form_fields(notice: Notice) -> str:
    return ngettext(
        "%(count)s form field is printed with what was filled in: %(words)s",
        "%(count)s form fields are printed with what was filled in: %(words)s",
        notice.count,
    ) % _facts(notice)


def _text_boxes(notice: Notice) -> str:
    return ngettext(
        "%(count)s text box is printed after the paragraph it hangs on: %(words)s",
        "%(count)s text boxes are printed after the paragraphs they hang on: %(words)s",
        notice.count,
    ) % _facts(notice)


def _footnotes(notice: Notice) -> str:
    return ngettext(
        "%(count)s footnote is printed at the end.", "%(count)s footnotes are printed at the end.", notice.count
    ) % _facts(notice)


def _endnotes(notice: Notice) -> str:
    return ngettext(
        "%(count)s endnote is printed at the end.", "%(count)s endnotes are printed at the end.", notice.count
    ) % _facts(notice)


def _running(notice: Notice) -> str:
    return _("What stands at the head and foot of its pages is printed once, at the end: %(words)s") % _facts(notice)


def _readings(notice: Notice) -> str:
    return _("Readings above words (ruby) are printed behind them: %(words)s") % _facts(notice)


def _pictures(notice: Notice) -> str:
    return ngettext(
        "%(count)s picture stands in the file and is no part of its text. Look at it in the original.",
        "%(count)s pictures stand in the file and are no part of its text. Look at them in the original.",
        notice.count,
    ) % {"count": f"{notice.count:,}"}


def _columns(notice: Notice) -> str:
    return _("Words that stand in columns are printed in one, in the same order.")


def _borders(notice: Notice) -> str:
    return _("The lines around its pages are not printed.")


def _comments(question: Question) -> str:
    return ngettext(
        "%(count)s comment would be left out.",
        "%(count)s comments would be left out.",
        question.count,
    ) % _facts(question)


def _hidden(question: Question) -> str:
    return ngettext(
        "%(count)s piece of text cannot be seen in Word (hidden, white or tiny) and would be left out.",
        "%(count)s pieces of text cannot be seen in Word (hidden, white or tiny) and would be left out.",
        question.count,
    ) % _facts(question)


def _equations(question: Question) -> str:
    return ngettext(
        "%(count)s equation would be printed as plain characters in one line.",
        "%(count)s equations would be printed as plain characters in one line.",
        question.count,
    ) % _facts(question)


def _charts(question: Question) -> str:
    return ngettext(
        "%(count)s chart cannot be drawn and would be left out.",
        "%(count)s charts cannot be drawn and would be left out.",
        question.count,
    ) % _facts(question)


def _diagrams(question: Question) -> str:
    return ngettext(
        "%(count)s diagram (SmartArt) cannot be drawn and would be left out.",
        "%(count)s diagrams (SmartArt) cannot be drawn and would be left out.",
        question.count,
    ) % _facts(question)


def _drawings(question: Question) -> str:
    return ngettext(
        "%(count)s drawing (lines, arrows, shapes) would be left out.",
        "%(count)s drawings (lines, arrows, shapes) would be left out.",
        question.count,
    ) % _facts(question)


def _embedded(question: Question) -> str:
    return ngettext(
        "%(count)s other file or control inside the document would be left out.",
        "%(count)s other files or controls inside the document would be left out.",
        question.count,
    ) % _facts(question)


def _unreadable(question: Question) -> str:
    return ngettext(
        "%(count)s picture is of a kind that cannot be printed, or is damaged, and would be left out.",
        "%(count)s pictures are of kinds that cannot be printed, or are damaged, and would be left out.",
        question.count,
    ) % _facts(question)


def _linked(question: Question) -> str:
    return ngettext(
        "%(count)s picture is not in the file, only where it once lay, and would be missing.",
        "%(count)s pictures are not in the file, only where they once lay, and would be missing.",
        question.count,
    ) % _facts(question)


def _accepted(question: Question) -> str:
    return ngettext(
        "%(count)s tracked change is open. Print the document as if it were accepted.",
        "%(count)s tracked changes are open. Print the document as if all were accepted.",
        question.count,
    ) % _facts(question)


def _rejected(question: Question) -> str:
    return ngettext(
        "%(count)s tracked change is open. Print the document as if it were rejected.",
        "%(count)s tracked changes are open. Print the document as if all were rejected.",
        question.count,
    ) % _facts(question)


def _facts(found: Finding) -> dict[str, str]:
    shown = [f"“{words}”" for words in found.detail[:_MOST_SHOWN]]
    more = ["…"] if len(found.detail) > _MOST_SHOWN or found.count > len(found.detail) > 0 else []
    return {"count": f"{found.count:,}", "words": ", ".join([*shown, *more]) or "—"}


def _save_as_pdf(sentence: Callable[[], str]) -> Callable[[Params], str]:
    def say(params: Params) -> str:
        return f"{sentence()} {_('Open it in Word, save it as a PDF, and add that.')}"

    return say


def _table_too_long(params: Params) -> str:
    return _(
        "A table in this document has %(rows)s rows; at most %(most)s can be printed. Open it in Word, save it as a "
        "PDF, and add that."
    ) % {"rows": f"{params['rows']:,}", "most": f"{params['most']:,}"}


NOTICES: dict[str, Callable[[Notice], str]] = {
    "pictures-not-text": _pictures,
    "word-set-anew": _set_anew,
    "fields-as-saved": _fields,
    "contents-pages": _contents,
    "form-fields": _form_fields,
    "text-boxes": _text_boxes,
    "footnotes-at-end": _footnotes,
    "endnotes-at-end": _endnotes,
    "running-words": _running,
    "readings-beside": _readings,
    "columns": _columns,
    "page-borders": _borders,
}
QUESTIONS: dict[str, Callable[[Question], str]] = {
    "comments": _comments,
    "hidden-words": _hidden,
    "equations": _equations,
    "charts": _charts,
    "diagrams": _diagrams,
    "drawings": _drawings,
    "embedded-objects": _embedded,
    "pictures-unreadable": _unreadable,
    "pictures-linked": _linked,
    "tracked-accepted": _accepted,
    "tracked-rejected": _rejected,
}
REFUSALS: dict[str, Callable[[Params], str]] = {
    "word-no-document": _save_as_pdf(lambda: _("This file is not a Word document, though its name says so.")),
    "word-damaged": _save_as_pdf(lambda: _("This Word file is damaged.")),
    "word-bomb": _save_as_pdf(
        lambda: _("What is packed into this Word file is far larger than a document is, and was not unpacked.")
    ),
    "word-twice": _save_as_pdf(
        lambda: _("A part of this Word file is in it twice, so that programs would show different words.")
    ),
    "word-doctype": _save_as_pdf(
        lambda: _("This Word file holds definitions that no Word file has, and that could hide words.")
    ),
    "word-inside": _save_as_pdf(lambda: _("Another whole document stands inside this one, and would be missing.")),
    "word-too-long": _save_as_pdf(lambda: _("This Word file has more pieces than can be printed.")),
    "word-too-deep": _save_as_pdf(lambda: _("Tables in this document stand within tables, too many deep.")),
    "word-empty": _save_as_pdf(lambda: _("There are no words and no pictures in this document that can be printed.")),
    "word-table-too-long": _table_too_long,
}
