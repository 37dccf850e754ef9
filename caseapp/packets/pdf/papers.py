"""The papers around the exhibits: translations, their certificates, source records, proof of service.

What a person has to sign stays unsigned: name, date and signature are lines to write on where nothing is known.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from caseapp.forums import Forum
from caseapp.forums.papers import Certificate
from caseapp.forums.profile import DateOrder
from caseapp.packets.manifest import Exhibit, Manifest, PagedFile, Translation
from caseapp.packets.pdf import words
from caseapp.packets.pdf.rendered import RenderedPart
from caseapp.packets.pdf.setting import set_pages
from caseapp.packets.pdf.templates import page_html
from caseapp.typesetting.blocks import blocks, breakable, chunks
from caseapp.typesetting.join import joined
from caseapp.typesetting.printed import PrintedText, direction, printed_form
from caseapp.typesetting.typeset import Typeset

BLANK = "_" * 32
"""A line to write on."""
KIND = "paper"

Row = tuple[str, str]


@dataclass(frozen=True)
class Paper:
    """One part of a packet that is no exhibit. `bookmark` is its line in the outline, "" for none; `inputs` decide
    its pages; `lines` are all that they print, in order. Of a confidential one nothing but their number may be told."""

    name: str
    title: str
    bookmark: str
    inputs: dict[str, Any]
    lines: Callable[[], list[str]]
    render: Callable[[], RenderedPart]
    is_confidential: bool = False


@dataclass(frozen=True)
class _Sheet:
    """What a page says, before it is set: a heading, paragraphs, what it covers, facts, and a line to sign on."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    signer: tuple[Row, ...] = ()
    foot: str = ""

    def lines(self) -> list[str]:
        signing = [word for row in self.signer for word in row]
        facts = [word for row in self.rows for word in row]
        said = [self.heading, *self.paragraphs, *self.covers, *facts, *signing, self.foot]
        return [printed_form(line) for line in said if line]

    def context(self) -> dict[str, Any]:
        """The lines as the template wants them: each with the direction it is read in."""
        return {
            "heading": _line(self.heading),
            "paragraphs": [_line(text) for text in self.paragraphs],
            "covers": [_line(text) for text in self.covers],
            "rows": [(label, _line(value)) for label, value in self.rows],
            "signer": [(label, _line(value)) for label, value in self.signer],
            "foot": self.foot,
        }


def _line(text: str) -> dict[str, str]:
    printed = printed_form(text)
    return {"text": breakable([printed])[0], "direction": direction(printed)}


@dataclass(frozen=True)
class _Translator:
    name: str
    address: str
    telephone: str
    qualification: str


def front(manifest: Manifest) -> list[Paper]:
    """What comes between the index and the first exhibit: why the evidence is new, or late."""
    return list(_reasons(manifest)) if "reasons" in manifest.forum.front else []


def back(manifest: Manifest) -> list[Paper]:
    """What comes after the last exhibit, in the forum's order; only what somebody has said something for."""
    makers: dict[str, Callable[[Manifest], Iterable[Paper]]] = {
        "translation": _certificates,
        "interpretation": _interpretation,
        "records": _records,
        "service": _service,
    }
    return [made for name in manifest.forum.back for made in makers[name](manifest)]


def _reasons(manifest: Manifest) -> Iterable[Paper]:
    filing, is_new = manifest.filing, manifest.forum.rule_named("new-evidence") is not None
    if is_new and filing.remand_reason:
        sheet = _Sheet("Why This Evidence Was Not Offered Below", _paragraphs(filing.remand_reason))
        yield _paper(manifest, "reasons-new", _("Why it was not offered below"), sheet, confidential=True)
    if filing.late_reason:
        sheet = _Sheet("Why This Evidence Comes Late", _paragraphs(filing.late_reason))
        yield _paper(manifest, "reasons-late", _("Why it is late"), sheet, confidential=True)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def translation(manifest: Manifest, exhibit: Exhibit, into: Translation) -> Paper:
    """The translation of an exhibit, which follows the original within its tab."""
    title = f"{manifest.forum.tab_word} {exhibit.label}"
    return Paper(
        name=f"translation-{exhibit.key}",
        title=_("%(tab)s: translation") % {"tab": title},
        bookmark=_translated_from(exhibit),
        inputs={
            "forum": _measures(manifest.forum),
            "head": [exhibit.label, exhibit.title, exhibit.language],
            "translation": {name: value for name, value in asdict(into).items() if name != "certificate"},
        },
        lines=lambda: _translation_lines(manifest, exhibit, into),
        render=lambda: _render_translation(manifest, exhibit, into),
    )


def _translated_from(exhibit: Exhibit) -> str:
    return f"Translation from {words.language_words(exhibit.language)}"


def _translation_head(manifest: Manifest, exhibit: Exhibit, into: Translation) -> _Sheet:
    translator = f"Translated by {into.translator}" if into.translator else ""
    where = f"{manifest.forum.tab_word} {exhibit.label}: {exhibit.title}"
    return _Sheet(_translated_from(exhibit), tuple(filter(None, (where, translator))))


def _translation_lines(manifest: Manifest, exhibit: Exhibit, into: Translation) -> list[str]:
    return [*_translation_head(manifest, exhibit, into).lines(), PrintedText(into.text).whole()]


def _render_translation(manifest: Manifest, exhibit: Exhibit, into: Translation) -> RenderedPart:
    text, head = PrintedText(into.text), _translation_head(manifest, exhibit, into)
    sheets, pages = [], 0
    for number, chunk in enumerate(chunks(blocks(into.text))):
        article = [
            {
                "text": breakable([text.between(block.start, block.end)])[0],
                "direction": direction(text.between(block.start, block.end)),
                "continues": block.continues,
            }
            for block in chunk
        ]
        context = {"article": article, "language": into.language, "begins": not number}
        context |= {} if number else head.context()
        laid = _typeset(manifest.forum, context)
        sheets.append(laid.pdf)
        pages += laid.pages
    return RenderedPart(joined(sheets), pages, notices=text.notices())


def signed_certificate(manifest: Manifest, exhibit: Exhibit, certificate: PagedFile) -> Paper:
    """The sheet before the pages of what the translator signed, which follows the translation."""
    title = f"{manifest.forum.tab_word} {exhibit.label}"
    sheet = _Sheet(manifest.forum.translation.title, (_named(manifest.forum, exhibit), "As the translator signed it."))
    return Paper(
        name=f"signed-{exhibit.key}",
        title=_("%(tab)s: signed certificate") % {"tab": title},
        bookmark=sheet.heading,
        inputs={"forum": _measures(manifest.forum), "sheets": [asdict(sheet)], "file": asdict(certificate)},
        lines=sheet.lines,
        render=lambda: _render_sheets(manifest.forum, [sheet]),
    )


def _certificates(manifest: Manifest) -> Iterable[Paper]:
    """To be signed: one for each translator and pair of languages, naming every exhibit that it covers and that has
    none that is signed."""
    covered: dict[tuple[str, str, _Translator], list[Exhibit]] = defaultdict(list)
    for exhibit in manifest.exhibits:
        into = exhibit.translation
        if into is not None and into.certificate is None:
            who = _Translator(into.translator, into.address, into.telephone, into.qualification)
            covered[(_short(exhibit.language), _short(into.language), who)].append(exhibit)
    certificate = manifest.forum.translation
    for number, ((source, target, who), exhibits) in enumerate(covered.items(), start=1):
        filled = {"language": words.language_words(source), "into": words.language_words(target)}
        filled |= {"translator": who.name or BLANK, "qualification": who.qualification or BLANK}
        sheet = _signed(certificate, filled, asdict(who), [_named(manifest.forum, exhibit) for exhibit in exhibits])
        yield _paper(manifest, f"certificate-{number}", _("Certificate of translation"), sheet, confidential=True)


def _short(language: str) -> str:
    return language.partition("-")[0]


def _interpretation(manifest: Manifest) -> Iterable[Paper]:
    """Of the declarations in the packet, where somebody interpreted."""
    filing = manifest.filing
    read = [_named(manifest.forum, exhibit) for exhibit in manifest.exhibits if exhibit.kind in DECLARATIONS]
    if not read or not (filing.interpreter or filing.interpreted_language):
        return
    filled = {"interpreter": filing.interpreter or BLANK, "language": filing.interpreted_language or BLANK}
    known = {
        "name": filing.interpreter,
        "address": filing.interpreter_address,
        "telephone": filing.interpreter_telephone,
    }
    sheet = _signed(manifest.forum.interpretation, filled, known, read)
    yield _paper(manifest, "interpretation", _("Certificate of interpretation"), sheet, confidential=True)


DECLARATIONS = frozenset({"declaration", "statement"})
"""The kinds of document that somebody signs, and may need read to them."""


def _signed(certificate: Certificate, filled: dict[str, str], known: dict[str, str], covers: Sequence[str]) -> _Sheet:
    labels = {"name": "Name", "address": "Address", "telephone": "Telephone", "qualification": "Qualifications"}
    told = [(labels[name], value or BLANK) for name, value in known.items() if value or name in certificate.asks]
    return _Sheet(
        certificate.title,
        tuple(said.format(**filled) for said in certificate.wording),
        covers=tuple(covers),
        signer=(("Signature", BLANK), ("Date", BLANK), *told),
    )


def _named(forum: Forum, exhibit: Exhibit) -> str:
    return f"{forum.tab_word} {exhibit.label}: {exhibit.title}"


def _service(manifest: Manifest) -> Iterable[Paper]:
    filing, forum = manifest.filing, manifest.forum
    if not forum.needs_service(
        filing.channel, all_parties_electronic=filing.all_parties_electronic, party=filing.served_party
    ):
        return
    sheet = _Sheet(
        forum.service.title,
        (forum.service.wording.format(title=manifest.cover.title),),
        rows=(
            ("Name", filing.served_party or BLANK),
            ("Address", filing.served_address or BLANK),
            ("Means", filing.served_means or BLANK),
            ("Date of service", BLANK),
        ),
        signer=(("Signature", BLANK), ("Date", BLANK), ("Name", filing.preparer or BLANK)),
    )
    yield _paper(manifest, "service", _("Proof of service"), sheet, confidential=True)


def _records(manifest: Manifest) -> Iterable[Paper]:
    """From a page back to what was captured: one page for each exhibit, a document of the client's without detail."""
    sheets = [_record(manifest, exhibit) for exhibit in manifest.exhibits]
    if sheets:
        yield _paper(manifest, "records", _("Source records"), *sheets)


def _record(manifest: Manifest, exhibit: Exhibit) -> _Sheet:
    told = _document_facts(exhibit) if exhibit.section == "client" else _capture_facts(manifest, exhibit)
    rows = [("Exhibit", _named(manifest.forum, exhibit)), *told, ("SHA-256 of the original", exhibit.sha256)]
    return _Sheet(
        "Source Record",
        rows=tuple((label, value) for label, value in rows if value),
        foot="The original is kept as it came. Whoever holds it can compute the same SHA-256 from it.",
    )


def _capture_facts(manifest: Manifest, exhibit: Exhibit) -> list[Row]:
    order = manifest.forum.date_order
    return [
        ("Publisher", exhibit.publisher or words.NOT_STATED),
        ("Author", exhibit.author or words.NOT_STATED),
        ("Published", words.date_words(exhibit.published_on, order) or words.NOT_STATED),
        ("Language", words.language_words(exhibit.language)),
        ("Address", exhibit.url or words.NOT_STATED),
        ("Archived copy", exhibit.archive_url),
        ("Captured", _captured(exhibit, order)),
        ("How", words.method_words(exhibit.method)),
        ("Accessed", words.date_words(exhibit.accessed_on, order)),
    ]


def _captured(exhibit: Exhibit, order: DateOrder) -> str:
    minute = exhibit.captured_at.partition("T")[2].removesuffix("Z")
    return ", ".join(filter(None, (words.date_words(exhibit.captured_on, order), minute and f"{minute} UTC")))


def _document_facts(exhibit: Exhibit) -> list[Row]:
    """Neither who made it nor when: its own pages say that, to whom it concerns."""
    pages = words.counted(exhibit.file.pages, "page", "pages") if exhibit.file else ""
    return [("Origin", "document of the case, held by the office"), ("Length", pages)]


def _measures(forum: Forum) -> dict[str, Any]:
    return {
        name: getattr(forum, name)
        for name in ("paper_width_mm", "paper_height_mm", "body_size_pt", "line_height", "smallest_type_pt", "tab_word")
    }


def _paper(manifest: Manifest, name: str, title: str, *sheets: _Sheet, confidential: bool = False) -> Paper:
    return Paper(
        name=name,
        title=title,
        bookmark="Source Records" if len(sheets) > 1 else sheets[0].heading,
        inputs={"forum": _measures(manifest.forum), "sheets": [asdict(sheet) for sheet in sheets]},
        lines=lambda: [line for sheet in sheets for line in sheet.lines()],
        render=lambda: _render_sheets(manifest.forum, sheets),
        is_confidential=confidential,
    )


def _render_sheets(forum: Forum, sheets: Sequence[_Sheet]) -> RenderedPart:
    laid = [_typeset(forum, sheet.context()) for sheet in sheets]
    return RenderedPart(joined([each.pdf for each in laid]), sum(each.pages for each in laid))


def _typeset(forum: Forum, context: dict[str, Any]) -> Typeset:
    page = page_html(KIND, context | {"forum": forum})
    return set_pages(page, forum, KIND)
