"""What is said of PDFs."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Finding, Notice, Question

Params = Mapping[str, str | int]


def _facts(finding: Finding) -> dict[str, str]:
    """The lines of detail that are written as name=value."""
    return dict(line.split("=", 1) for line in finding.detail if "=" in line)


def _pages(finding: Finding) -> str:
    return ", ".join(finding.detail)


def _password(question: Question) -> str:
    if "wrong" in question.detail:
        return _("The password does not open this file. Type it again, or ask for it where the file came from.")
    return _("This file is locked with a password. Type the password to open it.")


def _damaged(question: Question) -> str:
    facts = _facts(question)
    if facts["qpdf"] != facts["pdfium"]:
        return _(
            "This file is damaged: one program finds %(qpdf)s pages in it, another %(pdfium)s. If you use it, "
            "%(qpdf)s pages are taken over. Compare them with the paper before you decide, or ask for a whole copy."
        ) % {"qpdf": facts["qpdf"], "pdfium": facts["pdfium"]}
    return ngettext(
        "This file is damaged and had to be mended to be opened. %(qpdf)s page was found. Compare it with the paper "
        "before you decide, or ask for a whole copy.",
        "This file is damaged and had to be mended to be opened. %(qpdf)s pages were found. Compare them with the "
        "paper before you decide, or ask for a whole copy.",
        int(facts["qpdf"]),
    ) % {"qpdf": facts["qpdf"]}


def _hidden_text(question: Question) -> str:
    return ngettext(
        "The pages hold words that cannot be seen, in %(count)s place: under a box, in the colour of the paper, or "
        "outside the page. Anyone who searches or copies will find them. Read them, then decide whether they may "
        "leave the office.",
        "The pages hold words that cannot be seen, in %(count)s places: under a box, in the colour of the paper, or "
        "outside the page. Anyone who searches or copies will find them. Read them, then decide whether they may "
        "leave the office.",
        question.count,
    ) % {"count": question.count}


def _redactions(question: Question) -> str:
    return ngettext(
        "%(count)s place is marked to be blacked out, but the words are still there and can be read. Finish the "
        "redaction in the program it was begun with, or decide to file the words as they stand.",
        "%(count)s places are marked to be blacked out, but the words are still there and can be read. Finish the "
        "redaction in the program it was begun with, or decide to file the words as they stand.",
        question.count,
    ) % {"count": question.count}


def _form_values(question: Question) -> str:
    return ngettext(
        "What was filled in to %(count)s field is on the page, but a program cannot read it there. Look at the page "
        "before you decide.",
        "What was filled in to %(count)s fields is on the pages, but a program cannot read it there. Look at the "
        "pages before you decide.",
        question.count,
    ) % {"count": question.count}


def _owner_lock(notice: Notice) -> str:
    return _(
        "The file forbids changing or copying, without a password to open it. The copy that exhibits are made from "
        "is free of that; the original is kept as it is."
    )


def _unlocked(notice: Notice) -> str:
    return _("The file was opened with its password. The copy that exhibits are made from needs none.")


def _active(notice: Notice) -> str:
    named = {
        "script": _("scripts"),
        "launch": _("commands that start a program"),
        "submit": _("commands that send the form away"),
        "import": _("commands that fetch data"),
        "other-file": _("links into other files"),
        "media": _("sounds, films or animations"),
        "layers": _("commands that switch layers"),
        "hide": _("commands that hide fields"),
        "reset": _("commands that empty the form"),
        "attachment": _("attached files"),
        "attached-file": _("attached files"),
        "stream-elsewhere": _("contents that lie in other files"),
        "xfa": _("a second form (XFA)"),
        "on-opening": _("commands that run when the file is opened"),
    }
    kinds = sorted({named[kind] for kind in _facts(notice) if kind in named})
    return _("Left out of the copy that exhibits are made from: %(kinds)s.") % {"kinds": ", ".join(kinds)}


def _told_of_people(notice: Notice) -> str:
    return _("Left out of the copy that exhibits are made from, since it may name people or tools: %(lines)s.") % {
        "lines": "; ".join(notice.detail)
    }


def _no_text(notice: Notice) -> str:
    return ngettext(
        "%(count)s page holds no words that can be searched or quoted: page %(pages)s.",
        "%(count)s pages hold no words that can be searched or quoted: pages %(pages)s.",
        notice.count,
    ) % {"count": notice.count, "pages": _pages(notice)}


def _stray_letters(notice: Notice) -> str:
    return ngettext(
        "%(count)s single letter cannot be seen, on page %(pages)s.",
        "%(count)s single letters cannot be seen, on page %(pages)s.",
        notice.count,
    ) % {"count": notice.count, "pages": _pages(notice)}


def _turned(notice: Notice) -> str:
    return ngettext(
        "%(count)s page was turned so that its words stand upright: page %(pages)s.",
        "%(count)s pages were turned so that their words stand upright: pages %(pages)s.",
        notice.count,
    ) % {"count": notice.count, "pages": _pages(notice)}


def _links_dropped(notice: Notice) -> str:
    return ngettext(
        "%(count)s link was left out: it leads neither to a page of this file nor to a web address.",
        "%(count)s links were left out: they lead neither to a page of this file nor to a web address.",
        notice.count,
    ) % {"count": notice.count}


def _bookmarks_dropped(notice: Notice) -> str:
    return ngettext(
        "%(count)s bookmark was left out: it leads to no page of this file.",
        "%(count)s bookmarks were left out: they lead to no page of this file.",
        notice.count,
    ) % {"count": notice.count}


def _hidden_layers(notice: Notice) -> str:
    return ngettext(
        "%(count)s part of the pages lies in a layer that is switched off. It was left out.",
        "%(count)s parts of the pages lie in layers that are switched off. They were left out.",
        notice.count,
    ) % {"count": notice.count}


def _hidden_annotations(notice: Notice) -> str:
    return ngettext(
        "%(count)s note or field that the pages do not show was left out.",
        "%(count)s notes or fields that the pages do not show were left out.",
        notice.count,
    ) % {"count": notice.count}


def _flattened(notice: Notice) -> str:
    return ngettext(
        "%(count)s moving or active part was replaced by its picture.",
        "%(count)s moving or active parts were replaced by their pictures.",
        notice.count,
    ) % {"count": notice.count}


def _signatures(notice: Notice) -> str:
    return ngettext(
        "%(count)s digital signature stays visible, but only the original can prove it. The original is kept.",
        "%(count)s digital signatures stay visible, but only the original can prove them. The original is kept.",
        notice.count,
    ) % {"count": notice.count}


def _blank_annotations(notice: Notice) -> str:
    return ngettext(
        "%(count)s mark that draws nothing was left out.",
        "%(count)s marks that draw nothing were left out.",
        notice.count,
    ) % {"count": notice.count}


def _unreadable(params: Params) -> str:
    return _(
        "This file cannot be opened as a PDF: it is cut off, damaged beyond repair, or something else under that "
        "name. Ask for it again, or save or print it as a new PDF in the program it was made with."
    )


def _no_pages(params: Params) -> str:
    return _("This PDF has no pages. Ask for it again, or save it again in the program it was made with.")


def _pdf_too_long(params: Params) -> str:
    return _(
        "This file has %(pages)s pages; at most %(most)s can be taken in. Divide it into parts and add each part."
    ) % {"pages": f"{params['pages']:,}", "most": f"{params['most']:,}"}


def _page_too_small(params: Params) -> str:
    return _("Page %(page)s of this file is too small to show anything. Save it again as a new PDF.") % params


def _page_unreadable(params: Params) -> str:
    return (
        _(
            "Page %(page)s of this file cannot be shown. Print the file as a new PDF in a program that shows it, and "
            "add that."
        )
        % params
    )


def _pages_lost(params: Params) -> str:
    return (
        _(
            "Of the %(before)s pages of this file, only %(after)s could be taken over. Print it as a new PDF in a "
            "program that shows them all, and add that."
        )
        % params
    )


def _looks_different(params: Params) -> str:
    return (
        _(
            "Page %(page)s would not look the same in the copy that exhibits are made from, so none was made. Print "
            "the file as a new PDF in a program that shows it as it should be, and add that."
        )
        % params
    )


def _xfa(params: Params) -> str:
    return _(
        "This is a form of a kind (XFA) that only Adobe's programs show; its pages say nothing but that. Open it "
        "there, print it as a new PDF, and add that."
    )


def _too_much_drawn(params: Params) -> str:
    return _(
        "A page of this file draws more than any page needs. Print the file as a new PDF, with the page as a picture, "
        "and add that."
    )


def _picture_too_large(params: Params) -> str:
    return _(
        "A picture in this file is too large: %(width)s by %(height)s points of colour. Save the file with smaller "
        "pictures, and add that."
    ) % {"width": f"{params['width']:,}", "height": f"{params['height']:,}"}


def _form_values_lost(params: Params) -> str:
    return (
        _(
            "What was filled in to a form on page %(page)s could not be set so that all of it is seen. Print the file "
            "as a new PDF in the program it was filled in with, and add that."
        )
        % params
    )


NOTICES: dict[str, Callable[[Notice], str]] = {
    "owner-lock": _owner_lock,
    "unlocked": _unlocked,
    "active": _active,
    "told-of-people": _told_of_people,
    "no-text": _no_text,
    "stray-letters": _stray_letters,
    "turned": _turned,
    "links-dropped": _links_dropped,
    "bookmarks-dropped": _bookmarks_dropped,
    "hidden-layers": _hidden_layers,
    "hidden-annotations": _hidden_annotations,
    "flattened": _flattened,
    "signatures": _signatures,
    "blank-annotations": _blank_annotations,
}

QUESTIONS: dict[str, Callable[[Question], str]] = {
    "password": _password,
    "damaged": _damaged,
    "hidden-text": _hidden_text,
    "redactions": _redactions,
    "form-values": _form_values,
}

REFUSALS: dict[str, Callable[[Params], str]] = {
    "unreadable": _unreadable,
    "no-pages": _no_pages,
    "pdf-too-long": _pdf_too_long,
    "page-too-small": _page_too_small,
    "page-unreadable": _page_unreadable,
    "pages-lost": _pages_lost,
    "looks-different": _looks_different,
    "xfa": _xfa,
    "too-much-drawn": _too_much_drawn,
    "pdf-picture-too-large": _picture_too_large,
    "form-values-lost": _form_values_lost,
}
