"""The exhibits of a packet, each with the passages that the case rests on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from caseapp.cases.models import Case, Document
from caseapp.cases.words import Words, words_of
from caseapp.core.storage import FileAltered
from caseapp.library.models import Capture, Excerpt
from caseapp.library.models.translation import Translation as TranslationRow
from caseapp.library.origins.undecided import undecided_among
from caseapp.library.texts.page_text import depths_of
from caseapp.packets.filed import FiledOrderChanged, tab_labels_of
from caseapp.packets.freezing.errors import (
    CannotFreeze,
    DocumentNotReady,
    PagesOutsideDocument,
    PassageOutsideArticle,
    QuoteAltered,
)
from caseapp.packets.manifest import Exhibit, PagedFile, Passage, Translation
from caseapp.packets.models import Exhibit as ExhibitRow
from caseapp.packets.models import Packet
from caseapp.packets.numbering import NoLabelBetween
from caseapp.packets.pages import PagesUnclear, page_numbers


def frozen_exhibits(packet: Packet) -> tuple[Exhibit, ...]:
    evidence, rows = _evidence_by_capture(packet.case), _rows(packet)
    labels = _tab_labels(packet, rows)
    return _doubted(rows, _each(rows, labels, evidence))


def _each(
    rows: Sequence[ExhibitRow], labels: tuple[str, ...], evidence: Mapping[int, list[tuple[int, str, Excerpt]]]
) -> tuple[Exhibit, ...]:
    return tuple(
        _of_capture(row, row.capture, (f"e{number}", label), evidence[row.capture.pk])
        if row.capture
        else _of_document(row, (f"e{number}", label))
        for number, (row, label) in enumerate(zip(rows, labels, strict=True), start=1)
    )


def _doubted(rows: Sequence[ExhibitRow], exhibits: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    """Each names those before it with which it is probably one report, where nobody has decided that yet."""
    keys: dict[int, list[str]] = defaultdict(list)
    for row, exhibit in zip(rows, exhibits, strict=True):
        if row.capture:
            keys[row.capture.source_id].append(exhibit.key)
    order = {exhibit.key: place for place, exhibit in enumerate(exhibits)}
    perhaps: dict[str, list[str]] = defaultdict(list)
    for link in undecided_among(keys):
        for pair in product(keys[link.one_id], keys[link.other_id]):
            earlier, later = sorted(pair, key=order.__getitem__)
            perhaps[later].append(earlier)
    return tuple(
        replace(exhibit, perhaps_one=tuple(sorted(perhaps[exhibit.key], key=order.__getitem__))) for exhibit in exhibits
    )


def _rows(packet: Packet) -> Sequence[ExhibitRow]:
    related = ("capture__source__origin", "capture__translation", "document__translation")
    signed = ("capture__translation__certificates", "document__translation__certificates")
    return list(packet.exhibits.select_related(*related).prefetch_related(*signed).order_by("position", "pk"))


def _tab_labels(packet: Packet, rows: Sequence[ExhibitRow]) -> tuple[str, ...]:
    try:
        return tab_labels_of(packet, rows)
    except (NoLabelBetween, FiledOrderChanged, FileAltered) as error:
        raise CannotFreeze(str(error)) from error


def _evidence_by_capture(case: Case) -> dict[int, list[tuple[int, str, Excerpt]]]:
    """The excerpts on each capture that packets quote, in the order of its text, each with its rank in the case's own
    order and the line that says what it shows.

    Why an excerpt is here, its note, and whether it cuts against the claim stay behind: they are for the office.
    """
    rows = case.evidence.select_related("excerpt").prefetch_related("excerpt__themes").order_by("position", "pk")
    found: dict[int, list[tuple[int, str, Excerpt]]] = defaultdict(list)
    for rank, row in enumerate(rows, start=1):
        if not row.is_quoted:
            continue
        found[row.excerpt.capture_id].append((rank, row.relevance, row.excerpt))
    for ranked in found.values():
        ranked.sort(key=lambda entry: (entry[2].start, entry[2].end))
    return found


def _of_capture(
    row: ExhibitRow, capture: Capture, name: tuple[str, str], evidence: Iterable[tuple[int, str, Excerpt]]
) -> Exhibit:
    """`name` is its key in the manifest, and its tab."""
    source = capture.source
    key, label = name
    file = _file_of(capture)
    text, start, end = (
        (capture.text, 0, len(capture.text)) if file else (capture.article, capture.article_start, capture.article_end)
    )
    return Exhibit(
        key=key,
        label=label,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published_on=source.published_on,
        url=source.url,
        language=source.language,
        kind=source.kind,
        country=str(source.country),
        captured_on=_day(capture.captured_at),
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        sha256=capture.original_sha256,
        method=capture.method,
        text=text,
        left_out_before=start,
        left_out_after=len(capture.text) - end,
        passages=tuple(
            _passage(excerpt, rank, relevance, f"{key}-p{place}", capture, label, (start, end))
            for place, (rank, relevance, excerpt) in enumerate(evidence, start=1)
        ),
        captured_at=capture.captured_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ"),
        archive_url=source.archive_url,
        origin=source.origin.name if source.origin else "",
        citation=source.citation,
        file=file,
        include=row.include,  # type: ignore[arg-type]
        context_pages=row.context_pages,
        pages_shown=_pages_shown(row, label, file),
        translation=_translation(getattr(capture, "translation", None)),
        headings=_headings(capture, start, end) if file is None or row.include == "extract" else (),
    )


def _of_document(row: ExhibitRow, name: tuple[str, str]) -> Exhibit:
    """A client's own paper: nothing of where its bytes came from, and none of its words beyond its pages."""
    document = row.document
    key, label = name
    if document is None or not document.clean_sha256:
        raise DocumentNotReady(label, row.title)
    words = _words_of(document)
    file = PagedFile(document.clean_sha256, document.pages, _page_map(words.page_map), tuple(document.notices))
    return Exhibit(
        key=key,
        label=label,
        title=document.printed_title,
        publisher="",
        author="" if document.is_confidential else document.author,
        published_on=document.dated_on,
        url="",
        language=document.language,
        kind=document.kind,
        country="",
        captured_on=_day(document.added_at),
        accessed_on="",
        sha256=document.original_sha256,
        method="document",
        text=words.text,
        left_out_before=0,
        left_out_after=0,
        passages=(),
        section="client",
        file=file,
        include=row.include,  # type: ignore[arg-type]
        context_pages=row.context_pages,
        pages_shown=_pages_shown(row, label, file),
        translation=_translation(_translation_of(document)),
    )


def _words_of(document: Document) -> Words:
    try:
        return words_of(document)
    except FileAltered as error:
        raise CannotFreeze(str(error)) from error


def _translation_of(document: Document) -> TranslationRow | None:
    return getattr(document, "translation", None)


def _passage(
    excerpt: Excerpt, rank: int, relevance: str, key: str, capture: Capture, label: str, article: tuple[int, int]
) -> Passage:
    start, end = article
    if capture.text[excerpt.start : excerpt.end] != excerpt.quote:
        raise QuoteAltered(label, capture.source.title)
    if not start <= excerpt.start < excerpt.end <= end:
        raise PassageOutsideArticle(label, capture.source.title)
    return Passage(
        key=key,
        start=excerpt.start - start,
        end=excerpt.end - start,
        quote=excerpt.quote,
        # By short name: the order in which themes were ticked says nothing and does not survive an export.
        themes=tuple(sorted(theme.slug for theme in excerpt.themes.all())),
        rank=rank,
        relevance=relevance,
        translation=excerpt.translation,
    )


def _headings(capture: Capture, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """Those of its text between `start` and `end`, counted from there."""
    inside = [heading for heading in capture.headings if start <= heading[0] < heading[1] <= end]
    depths = depths_of(inside)
    return tuple((first - start, last - start, depths[first]) for first, last, _level in inside)


def _file_of(capture: Capture) -> PagedFile | None:
    if not capture.clean_sha256:
        return None
    return PagedFile(capture.clean_sha256, len(capture.pages), _page_map(capture.pages))


def _page_map(pages: Iterable[Iterable[object]]) -> tuple[tuple[int, int, str], ...]:
    return tuple((start, end, label) for start, end, label in pages)  # type: ignore[misc]


def _pages_shown(row: ExhibitRow, label: str, file: PagedFile | None) -> tuple[int, ...]:
    if not row.pages_shown or file is None:
        return ()
    try:
        return page_numbers(row.pages_shown, file.pages)
    except PagesUnclear as error:
        raise PagesOutsideDocument(label, row.title, row.pages_shown, file.pages) from error


def _translation(row: TranslationRow | None) -> Translation | None:
    if row is None:
        return None
    certificate = row.certificate
    return Translation(
        language=row.language,
        text=row.text,
        file=_wordless(row.clean_sha256, row.pages) if row.clean_sha256 else None,
        translator=row.translator,
        address=row.address,
        telephone=row.telephone,
        qualification=row.qualification,
        certificate=_wordless(certificate.clean_sha256, certificate.pages) if certificate else None,
    )


def _wordless(sha256: str, pages: int) -> PagedFile:
    """A file of which no text is kept."""
    return PagedFile(sha256, pages, tuple((0, 0, "") for _page in range(pages)))


def _day(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).date().isoformat()
