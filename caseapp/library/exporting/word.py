"""Passages by theme with their citations, and the codebook of themes, as Word files. Pure."""

import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing import citation
from caseapp.library.exporting.model import PassageOut, ThemeOut

_DEEPEST_HEADING = 9
_APPROVED = "approved"
_STATES: dict[str, Promise] = {
    "proposed": gettext_lazy("Proposed: nobody has checked it yet"),
    "checked": gettext_lazy("Checked, not approved"),
    _APPROVED: gettext_lazy("Approved"),
}
# What XML, and so Word, cannot hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def passages_docx(passages: Iterable[PassageOut], *, style: CitationStyle, now: dt.datetime) -> bytes:
    """Under each theme its quotations with their citations, and how far each is vetted. A passage of two themes stands
    under both."""
    document = _document(_("Passages by theme"), now)
    by_theme: dict[str, list[PassageOut]] = defaultdict(list)
    every = list(passages)
    document.add_paragraph(_how_far(every), style="Caption")
    for passage in every:
        for theme in passage.themes or (_("No theme yet"),):
            by_theme[theme].append(passage)
    for theme in sorted(by_theme, key=str.casefold):
        document.add_heading(_fit(theme), level=1)
        for passage in by_theme[theme]:
            _passage(document, passage, style)
    return _bytes(document)


def codebook_docx(themes: Iterable[ThemeOut], *, now: dt.datetime) -> bytes:
    document = _document(_("Codebook of themes"), now)
    for theme in themes:
        document.add_heading(_fit(theme.name), level=min(theme.depth + 1, _DEEPEST_HEADING))
        _labelled(document, "", theme.definition)
        _labelled(document, _("Belongs here"), theme.belongs)
        _labelled(document, _("Does not"), theme.excludes)
        for label, quotes in ((_("Example"), theme.examples), (_("Not an example"), theme.counterexamples)):
            for quote in quotes:
                _labelled(document, label, f"“{quote}”")
        count = ngettext("%(n)d passage", "%(n)d passages", theme.passages) % {"n": theme.passages}
        document.add_paragraph(count, style="Caption")
    return _bytes(document)


def _document(title: str, now: dt.datetime) -> WordDocument:
    document = Document()
    told = document.core_properties
    told.author, told.comments, told.title = "", "", title
    told.created = told.modified = now.astimezone(dt.UTC).replace(tzinfo=None)
    document.add_heading(title, level=0)
    return document


def _passage(document: WordDocument, passage: PassageOut, style: CitationStyle) -> None:
    document.add_paragraph(_fit(f"“{passage.anchor.quote}”"), style="Quote")
    _labelled(document, _("Translation"), passage.translation)
    paragraph = document.add_paragraph()
    for run in citation(passage.source.facts, style):
        paragraph.add_run(_fit(run.text)).italic = run.is_italic or None
    paragraph.add_run(f" · {passage.page}" if passage.page else "")
    document.add_paragraph(_fit(" · ".join(_standing(passage))), style="Caption")
    if passage.is_adverse:
        _labelled(document, _("Our answer"), passage.answer or _("none yet"))


def _how_far(passages: list[PassageOut]) -> str:
    approved = sum(passage.state == _APPROVED for passage in passages)
    words = ngettext(
        "%(approved)d of %(n)d passage is approved. Beneath each stands how far it is vetted.",
        "%(approved)d of %(n)d passages are approved. Beneath each stands how far it is vetted.",
        len(passages),
    )
    return words % {"approved": approved, "n": len(passages)}


def _standing(passage: PassageOut) -> list[str]:
    """What whoever quotes it has to know: how far it is vetted, whose report it is, how it is cut, whom it helps."""
    origin = passage.source.origin
    said = [
        str(_STATES[passage.state]),
        _("Origin: %(origin)s") % {"origin": origin} if origin else _("Origin: nobody has said who first reported it"),
        *_trimmed(passage),
    ]
    return [*said, _("Cuts against us")] if passage.is_adverse else said


def _trimmed(passage: PassageOut) -> list[str]:
    cut = passage.cut
    how = [
        _("begins mid-sentence") if cut.begins_mid_sentence else "",
        _("ends mid-sentence") if cut.ends_mid_sentence else "",
    ]
    trimmed = ", ".join(filter(None, how))
    said = [_("Trimmed: %(how)s") % {"how": trimmed}] if trimmed else []
    return [*said, _("The source itself leaves words out (…)")] if cut.has_ellipsis else said


def _labelled(document: WordDocument, label: str, words: str) -> Paragraph | None:
    if not words:
        return None
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(_fit(words))
    return paragraph


def _fit(words: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def _bytes(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
