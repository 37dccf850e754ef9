"""Headings and items → an index in its final words. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from caseapp.forums import Forum
from caseapp.library.excerpts.anchors import CONTEXT
from caseapp.library.excerpts.cuts import Cut, cut_of
from caseapp.packets.indexing.arranging import Cluster, Heading, Item, arranged
from caseapp.packets.indexing.describing import cited, cited_shortly, foreign, kind_words, language_words
from caseapp.packets.indexing.meant import key_of
from caseapp.packets.indexing.model import Entry, Group, Index, Layout, Row, Section
from caseapp.packets.indexing.origins import count_words, origin_note
from caseapp.packets.manifest import Exhibit, Manifest, Passage
from caseapp.packets.pdf.words import NOT_STATED, date_words, web_address
from caseapp.packets.plan import page_range, pinpoint
from caseapp.typesetting.printed import PrintedText, printed_form

_STYLE_WORDS = {
    "theme": "by theme",
    "kind": "by kind of source",
    "date": "by date, newest first",
    "statement": "by statement of the declaration",
}


def build_index(manifest: Manifest, layout: Layout) -> Index:
    return Index(
        title=manifest.forum.index_title,
        style_words=_STYLE_WORDS.get(manifest.index_style, ""),
        sections=filled(manifest, layout, arranged(manifest)),
        rows=tuple(_row(exhibit, manifest, layout) for exhibit in manifest.exhibits),
        tab_word=manifest.forum.tab_word,
    )


def filled(manifest: Manifest, layout: Layout, headings: tuple[Heading, ...]) -> tuple[Section, ...]:
    """Every entry has an anchor of its own: the number of its section, and the key of its passage or exhibit."""
    return tuple(_section(number, heading, manifest, layout) for number, heading in enumerate(headings))


def printed_quote(exhibit: Exhibit, passage: Passage) -> str:
    """The passage as it stands on paper, printed in the context of its article."""
    return _printed(exhibit.text).between(passage.start, passage.end)


def _cut(text: str, passage: Passage) -> Cut:
    before, after = text[max(0, passage.start - CONTEXT) : passage.start], text[passage.end : passage.end + CONTEXT]
    return cut_of(before, passage.quote, after)


@lru_cache(maxsize=32)
def _printed(text: str) -> PrintedText:
    """One look through an article serves all its passages, each time the index is laid out."""
    return PrintedText(text)


def _section(number: int, heading: Heading, manifest: Manifest, layout: Layout) -> Section:
    return Section(
        numeral=heading.numeral,
        name=printed_form(heading.name),
        depth=heading.depth,
        groups=tuple(_group(number, cluster, manifest, layout) for cluster in heading.clusters),
        count="" if heading.is_sentence or not heading.exhibits else count_words(heading.passages, heading.exhibits),
        detail=printed_form(heading.detail),
        is_sentence=heading.is_sentence,
    )


def _group(number: int, cluster: Cluster, manifest: Manifest, layout: Layout) -> Group:
    source = _source_entry(number, cluster.source, manifest, layout) if cluster.source else None
    entries = tuple(_entry(number, item, manifest, layout, names_source=source is None) for item in cluster.items)
    count = count_words(cluster.passages, cluster.exhibits) if cluster.heading else ""
    return Group(cluster.heading, entries, source, count)


def _entry(number: int, item: Item, manifest: Manifest, layout: Layout, *, names_source: bool) -> Entry:
    if item.passage is None:
        entry = _source_entry(number, item.exhibit, manifest, layout, pages=item.pages)
        return replace(entry, notes=(*entry.notes, *_answer(item)))
    exhibit, passage, forum = item.exhibit, item.passage, manifest.forum
    return Entry(
        anchor=f"{number}/{passage.key}",
        to="passage",
        key=passage.key,
        pinpoint=pinpoint(
            forum.tab_word,
            exhibit.label,
            layout.passage_pages[passage.key],
            layout.passage_volumes.get(passage.key, 0),
        ),
        cite=_cite(exhibit, layout.passage_pages[passage.key], forum),
        tab=exhibit.label,
        quote=printed_quote(exhibit, passage),
        cut=_cut(exhibit.text, passage),
        language=exhibit.language,
        proposition=printed_form(passage.relevance),
        translation=printed_form(passage.translation),
        translated_from=language_words(exhibit.language) if passage.translation else "",
        citation=cited_shortly(exhibit, forum) if names_source else (),
        address=web_address(exhibit.url),
        notes=(
            *_untranslated(exhibit, passage, forum),
            *(_notes(exhibit, manifest) if names_source else ()),
            *_answer(item),
        ),
    )


def _answer(item: Item) -> tuple[str, ...]:
    """How the case meets what cuts against a statement: a judge reads both at once."""
    return (f"Answer: {printed_form(' '.join(item.answer.split()))}",) if item.answer else ()


def _untranslated(exhibit: Exhibit, passage: Passage, forum: Forum) -> tuple[str, ...]:
    if passage.translation or not foreign(exhibit, forum):
        return ()
    where = f"; translated in {forum.tab_word} {exhibit.label}" if exhibit.translation else ""
    return (f"in {language_words(exhibit.language)}{where}",)


def _source_entry(number: int, exhibit: Exhibit, manifest: Manifest, layout: Layout, pages: str = "") -> Entry:
    """An exhibit as a whole; or, where pages of it are meant and shown, these pages."""
    noun = "page" if pages.isdecimal() else "pages"
    meant = f"{noun} {printed_form(pages)} of the document" if pages else ""
    place = key_of(exhibit, pages)
    is_found = place in layout.meant_pages
    labels = layout.meant_pages[place] if is_found else tuple(dict.fromkeys(layout.exhibit_pages[exhibit.key]))
    volume = layout.meant_volumes.get(place) or layout.exhibit_volumes.get(exhibit.key, (0, 0))[0]
    return Entry(
        anchor=f"{number}/{exhibit.key}",
        to="pages" if is_found else "exhibit",
        key=place if is_found else exhibit.key,
        pinpoint=pinpoint(manifest.forum.tab_word, exhibit.label, labels, volume),
        cite=_cite(exhibit, labels, manifest.forum),
        tab=exhibit.label,
        citation=cited_shortly(exhibit, manifest.forum),
        notes=tuple(note for note in (meant, *_notes(exhibit, manifest)) if note),
    )


def _cite(exhibit: Exhibit, labels: Sequence[str], forum: Forum) -> str:
    """`Ex. F at 143–144`, as the forum's briefs have it."""
    return forum.cite_form.format(tab=exhibit.label, page=page_range(labels[0], labels[-1]))


def _notes(exhibit: Exhibit, manifest: Manifest) -> tuple[str, ...]:
    note = printed_form(origin_note(exhibit, manifest.exhibits, manifest.forum.tab_word))
    return (note,) if note else ()


def _row(exhibit: Exhibit, manifest: Manifest, layout: Layout) -> Row:
    return Row(
        key=exhibit.key,
        tab=exhibit.label,
        title=printed_form(exhibit.title),
        citation=cited(exhibit, manifest.forum),
        kind=kind_words(exhibit),
        published=date_words(exhibit.published_on, manifest.forum.date_order) or NOT_STATED,
        pages=layout.pages(exhibit.key),
        volume=layout.volumes(exhibit.key),
        notes=(*_language(exhibit, manifest), *_notes(exhibit, manifest)),
        address=web_address(exhibit.url),
    )


def _language(exhibit: Exhibit, manifest: Manifest) -> tuple[str, ...]:
    """Only what needs saying: a language that the forum does not read."""
    if not foreign(exhibit, manifest.forum):
        return ()
    if exhibit.translation is None:
        return (f"in {language_words(exhibit.language)}",)
    into = f"with a translation into {language_words(exhibit.translation.language)}"
    signed = f" and the signed {manifest.forum.translation.title}" if exhibit.translation.certificate else ""
    return (f"in {language_words(exhibit.language)} {into}{signed}",)
