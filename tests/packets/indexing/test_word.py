"""The Word index, read back with the library that wrote it and held against the pages of the PDF."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.forums import FORUMS
from caseapp.library.citing import plain_words
from caseapp.packets.indexing import Layout, build_index
from caseapp.packets.indexing.word import word_index
from caseapp.packets.manifest import Bearing, Statement
from caseapp.packets.models import IndexStyle
from caseapp.packets.pdf.index_pages import render_index
from tests.packets.indexing import evidence
from tests.packets.pdf import samples
from tests.packets.pdf.reading import bare, whole_text


def made(style="theme", forum_key="eoir"):
    manifest = evidence.manifest(style, forum_key)
    index = build_index(manifest, evidence.LAYOUT)
    return index, word_index(index, manifest.forum, "Evidence")


def read(data):
    return docx.Document(BytesIO(data))


def pinpoints(text):
    return re.findall(r"(?:Tab|Item|Exhibit|Document) (?:[A-Z]|\d+) · pp?\. \d+(?:–\d+)?", text)


@pytest.mark.parametrize("style", IndexStyle.values)
@pytest.mark.parametrize("forum_key", ["eoir", "ca_rpd"])
def test_it_says_entry_by_entry_what_the_pages_say(style, forum_key):
    index, data = made(style, forum_key)
    words = read(data)
    printed = whole_text(render_index(evidence.manifest(style, forum_key), evidence.LAYOUT).pdf)
    lines = [paragraph.text for paragraph in words.paragraphs]
    assert pinpoints(" ".join(lines)) == pinpoints(printed)
    there = bare(printed)
    for section in index.sections:
        assert section.heading in lines
        assert bare(section.heading).casefold() in there.casefold()
        for group in section.groups:
            for entry in (*((group.source,) if group.source else ()), *group.entries):
                cited = plain_words(entry.citation)
                assert f"{cited}{', ' if cited else ''}{entry.cite}\t{entry.pinpoint}" in lines
                for text in (entry.proposition, *entry.notes):
                    assert text in (*lines, "")
                    assert bare(text) in there
                assert set(entry.quoted.split("\n") if entry.quote else ()) <= set(lines)


def test_quotations_keep_their_languages_their_lines_and_their_direction():
    _, data = made("date")
    paragraphs = read(data).paragraphs
    by_text = {paragraph.text: paragraph for paragraph in paragraphs}
    spanish = next(text for text in by_text if text.startswith("“La policía"))
    assert by_text[spanish].runs[0]._r.xpath("./w:rPr/w:lang/@w:val") == ["es"]
    lines = [text for text in by_text if "as the orders demand." in text or text.startswith("A bill that would")]
    assert lines == [
        "“[…]\u00a0pistols at the end of the shift, as the orders demand.",
        "A bill that would\u00a0[…]”",
    ]
    arabic = next(paragraph for paragraph in paragraphs if paragraph.text.startswith("“قال"))
    assert arabic._p.xpath("./w:pPr/w:bidi")
    assert arabic.runs[0].font.rtl
    translated = next(paragraph for paragraph in paragraphs if paragraph.text.startswith("Translated from Spanish:"))
    assert [run.italic for run in translated.runs] == [True, None]
    assert translated.style.name == "Index translation"


def test_citations_keep_their_italics_and_exhibits_are_listed_in_a_table():
    index, data = made()
    words = read(data)
    line = next(paragraph for paragraph in words.paragraphs if paragraph.text.startswith("Ana Muster, "))
    assert [(run.text, run.italic) for run in line.runs[:3]] == [
        ("Ana Muster, ", None),
        ("Two Shot at Home", True),
        (", The Sample Herald (Mar. 4, 2019)", None),
    ]
    assert [run.text for run in line.runs[3:]] == [", Ex. A at 14", "\tTab A · p. 14"]
    (table,) = words.tables
    assert [[cell.text.split("\n")[0] for cell in row.cells] for row in table.rows] == [
        ["Tab", "Title", "Kind", "Date", "Pages"],
        *[[row.tab, row.title, row.kind, row.published, row.pages] for row in index.rows],
    ]
    assert table.rows[3].cells[1].text.split("\n")[1:] == [plain_words(index.rows[2].citation), "in Spanish"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


@pytest.mark.parametrize("forum_key", FORUMS)
def test_each_forum_has_its_paper_its_title_and_its_way_to_cite(forum_key):
    _, data = made(forum_key=forum_key)
    words, forum = read(data), FORUMS[forum_key]
    page = words.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == pytest.approx(
        (forum.paper_width_mm, forum.paper_height_mm), abs=0.1
    )
    assert words.paragraphs[0].text == forum.index_title
    cite = forum.cite_form.format(tab=evidence.manifest(forum_key=forum_key).exhibits[0].label, page="14")
    assert any(f", {cite}\t" in paragraph.text for paragraph in words.paragraphs)


def test_the_same_index_gives_the_same_bytes_and_names_nobody():
    first, second = made("statement")[1], made("statement")[1]
    assert first == second
    properties = read(first).core_properties
    assert (properties.title, properties.author, properties.last_modified_by, properties.comments) == (
        "Evidence",
        "",
        "",
        "",
    )
    assert {properties.created.year, properties.modified.year} == {2000}
    with ZipFile(BytesIO(first)) as members:
        assert {(member.date_time, member.compress_type) for member in members.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
        }
        assert not any("thumbnail" in name or "customXml" in name for name in members.namelist())
        assert b"python-docx" not in b"".join(members.read(name) for name in members.namelist())


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=40).filter(str.strip))
def test_whatever_stands_in_a_source_ends_as_words(text):
    """Controls, half characters, marks that turn the line: as a code in brackets, as on the pages."""
    exhibit = samples.exhibit(
        text,
        replace(samples.Passage("x1", 0, len(text), text, (), 1), relevance=text, translation=text),
        title=text,
        author=text,
        publisher=text,
        origin=text,
    )
    statement = Statement("s1", text, text, text, (Bearing("x1", "supports"),))
    manifest = samples.manifest(exhibit, index_style="statement", statements=(statement,), themes=())
    index = build_index(manifest, Layout({"x1": ("3",)}, {"e1": ("3", "4")}))
    lines = [paragraph.text for paragraph in read(word_index(index, manifest.forum, "T")).paragraphs]
    assert any(line.endswith("\tTab A · p. 3") for line in lines)
