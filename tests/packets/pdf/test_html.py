import ctypes
from contextlib import closing

import pypdfium2
import pytest

from caseapp.forums import forum
from caseapp.packets.indexing import Layout
from caseapp.packets.manifest import Cover
from caseapp.packets.pdf.index_pages import render_index
from caseapp.packets.pdf.packet import render_part
from caseapp.typesetting.readback import stands
from tests.packets.pdf import samples
from tests.packets.pdf.reading import bare, page_texts, whole_text


def test_the_cover_of_an_immigration_court(rendered):
    text = whole_text(rendered["cover"].pdf)
    for words in (
        "Ana Example, Esq.",
        "DETAINED",
        "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW",
        "SAN FRANCISCO, CALIFORNIA",
        "In the Matter of: ",
        samples.CLIENT,
        "A 000-000-000",
        "Next hearing 15 March 2027, 9:00",
        "RESPONDENT’S EVIDENCE OF COUNTRY CONDITIONS",
    ):
        assert words in text
    assert rendered["cover"].pages == 1


def test_empty_cover_fields_leave_no_label():
    manifest = samples.manifest(cover=Cover("Exhibits", (("Respondent", "A"), ("Immigration judge", " "))))
    assert "Immigration judge" not in whole_text(render_part(manifest, "cover").pdf)


def test_a_tab_sheet_names_its_exhibit(rendered):
    assert whole_text(rendered["tab-e1"].pdf) == "TAB A Two Shot at Home The Sample Herald March 4, 2019 A"


def test_the_head_of_an_exhibit_carries_its_origin(rendered):
    text = page_texts(rendered["exhibit-e1"].pdf)[0]
    for words in (
        "Two Shot at Home",
        "Publisher The Sample Herald",
        "Author Ana Muster",
        "Published March 4, 2019",
        "Address https://herald.example/two-shot",
        "Captured November 20, 2026, uploaded as a file",
        "Accessed November 19, 2026",
        f"SHA-256 {'c0ffee' * 10}abcd",
        "Shown the whole of the captured text",
    ):
        assert words in text


def test_what_is_unknown_is_said_to_be_unknown(rendered):
    text = page_texts(rendered["exhibit-e2"].pdf)[0]
    assert "Author not stated" in text
    assert "Address not stated" in text


def test_the_whole_article_is_on_paper_with_its_themes_beside_it(rendered):
    text = whole_text(rendered["exhibit-e1"].pdf)
    for paragraph in samples.HERALD.split("\n"):
        assert bare(paragraph) in bare(text)
    assert text.count("Officers are killed when off duty") == 3


def test_each_passage_has_its_place(rendered):
    places = rendered["exhibit-e1"].places
    assert set(places) == {"x1", "x2", "x3", "x4"}
    assert all(place.pages == (1,) for place in places.values())
    tops = [places[key].top_pt for key in ("x1", "x2", "x3", "x4")]
    assert tops == sorted(tops)
    assert len(set(tops)) > 2


def test_markup_in_a_source_is_words():
    text = "He wrote <script>alert(1)</script> & <img src=file:///etc/passwd> in it. {{ x }} {% y %}"
    manifest = samples.with_text(
        text, samples.passage("x1", text, "<script>alert(1)</script> & <img"), title="<b>T & {{"
    )
    printed = whole_text(render_part(manifest, "exhibit-e1").pdf)
    assert bare(text) in bare(printed)
    assert "<b>T & {{" in printed


@pytest.mark.parametrize(
    "title",
    ["Č & <Doe> " * 30, "تقرير عن حماية أفراد الشرطة " * 11, "x" * 300, "Kurz"],
    ids=["marks", "arabic", "one-word", "short"],
)
def test_titles_of_any_length_wrap_and_are_never_cut(title):
    manifest = samples.manifest(samples.herald(title=title.strip()))
    for name in ("tab-e1", "exhibit-e1"):
        page = page_texts(render_part(manifest, name).pdf)[0]
        assert stands(title.strip(), [page])


def test_what_cannot_be_printed_is_shown_and_said():
    text = "It read \u202eevil\u202c and \U0001f600."
    part = render_part(samples.with_text(text), "exhibit-e1")
    printed = whole_text(part.pdf)
    assert "It read [U+202E]evil[U+202C] and [U+1F600]." in printed
    assert "3 characters of the captured text cannot be printed" in printed
    assert part.notices[0].endswith("U+1F600 (1), U+202C (1), U+202E (1).")


def test_a_paragraph_whose_first_letter_is_shown_by_its_code_runs_the_way_of_the_code():
    text = "\U00010900\U00010901 said so."
    assert "[U+10900][U+10901] said so." in whole_text(render_part(samples.with_text(text), "exhibit-e1").pdf)


def test_an_empty_text_says_so():
    assert "The captured text is empty." in whole_text(render_part(samples.with_text(" \n "), "exhibit-e1").pdf)


def test_headings_are_set_as_headings_and_have_bookmarks():
    text = samples.REPORT_WITH_HEADINGS
    quote = text[text.index("at home") : text.index(" on their own")]
    part = render_part(samples.with_headings(samples.passage("x1", text, quote, samples.OFF_DUTY)), "exhibit-e1")
    assert bare(text) in bare(whole_text(part.pdf))
    assert stands(quote, [page_texts(part.pdf)[part.places["x1"].pages[0] - 1]])
    marks = [(mark.title, mark.level, mark.page) for mark in part.bookmarks]
    assert marks == [(line, depth - 1, 1) for line, depth in samples.OUTLINE]
    tops = [mark.top_pt for mark in part.bookmarks]
    assert tops == sorted(tops)
    assert {15.5, 13.5, 12} <= set(sizes_of_type(part.pdf))


def test_a_text_without_headings_has_neither_larger_lines_nor_bookmarks():
    part = render_part(samples.with_text(samples.REPORT_WITH_HEADINGS), "exhibit-e1")
    assert part.bookmarks == ()
    assert 15.5 not in set(sizes_of_type(part.pdf))


def test_only_headings_that_are_shown_have_bookmarks():
    text = samples.REPORT_WITH_HEADINGS
    cited = samples.passage("x1", text, "Attacks at home")
    part = render_part(samples.with_headings(cited, include="extract"), "exhibit-e1")
    assert [mark.title for mark in part.bookmarks] == ["Attacks at home"]


def test_a_heading_is_never_the_last_line_of_its_page():
    paragraphs = [line for n in range(60) for line in (f"Heading {n:02}", f"What is told under it, {n:02}. " * 9)]
    text = "\n".join(paragraphs)
    outline = [(line, 1) for line in paragraphs if line.startswith("Heading")]
    part = render_part(samples.with_headings(text=text, outline=outline), "exhibit-e1")
    pages = page_texts(part.pdf)
    assert part.pages == len(pages) > 5
    for number, mark in enumerate(part.bookmarks):
        assert f"told under it, {number:02}" in " ".join(pages[mark.page - 1].split())


def test_a_text_of_nothing_but_headings_is_set():
    lines = [f"Heading {number:04}" for number in range(1500)]
    text = "\n".join(lines)
    part = render_part(samples.with_headings(text=text, outline=[(line, 1) for line in lines]), "exhibit-e1")
    assert len(part.bookmarks) == 1500
    printed = " ".join(page_texts(part.pdf))
    assert [line for line in lines if line not in printed] == []


def test_a_heading_longer_than_a_block_is_one_heading():
    text = "word " * 3000 + "end\nA paragraph."
    part = render_part(samples.with_headings(text=text, outline=[(text.partition("\n")[0], 1)]), "exhibit-e1")
    (mark,) = part.bookmarks
    begins = next(number for number, page in enumerate(page_texts(part.pdf), start=1) if "word" in page)
    assert (mark.title, mark.page) == ("word " * 11 + "word…", begins)
    assert whole_text(part.pdf).count("word") == 3000


def test_a_passage_from_the_middle_of_an_endless_word_stays_on_the_page():
    word = "ж" * 700 + "ю" * 500 + "ж" * 300
    manifest = samples.with_text(f"Before {word} after.", samples.passage("x1", f"Before {word} after.", "ю" * 500))
    printed = bare(whole_text(render_part(manifest, "exhibit-e1").pdf))
    assert (printed.count("ж"), printed.count("ю")) == (1000, 500)


def test_a_long_text_is_rendered_in_chunks_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr("caseapp.typesetting.blocks.CHUNK_CHARACTERS", 3000)
    text = " ".join(f"word{n}" for n in range(1500))
    wanted = "word400 word401 word402"
    part = render_part(samples.with_text(text, samples.passage("x1", text, wanted)), "exhibit-e1")
    printed = page_texts(part.pdf)
    assert len(printed) == part.pages > 4
    assert part.places["x1"].pages == tuple(
        number for number, page in enumerate(printed, start=1) if bare(wanted) in bare(page)
    )
    order = [word for word in " ".join(printed).split() if word.startswith("word")]
    assert order == text.split()


def test_a_passage_over_a_chunk_stands_on_both_sides(monkeypatch):
    monkeypatch.setattr("caseapp.typesetting.blocks.CHUNK_CHARACTERS", 1500)
    text = "First paragraph. " * 60 + "\n" + "Second paragraph. " * 60
    middle = len("First paragraph. " * 60)
    quote = text[middle - 17 : middle + 17]
    part = render_part(samples.with_text(text, samples.passage("x1", text, quote, samples.OFF_DUTY)), "exhibit-e1")
    pages = part.places["x1"].pages
    assert len(pages) == 2
    assert "(continued)" in page_texts(part.pdf)[pages[1] - 1]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("bia", "BOARD OF IMMIGRATION APPEALS In the Matter of: {client}"),
        ("uscis", "U.S. CITIZENSHIP AND IMMIGRATION SERVICES THE ASYLUM OFFICE Applicant for asylum: {client}"),
        (
            "uk_ftt",
            "FIRST-TIER TRIBUNAL IMMIGRATION AND ASYLUM CHAMBER THE HEARING CENTRE Appellant: {client} "
            "Respondent: The Secretary of State for the Home Department",
        ),
        (
            "uk_ut",
            "UPPER TRIBUNAL IMMIGRATION AND ASYLUM CHAMBER THE HEARING CENTRE Between: {client} "
            "and The Secretary of State for the Home Department",
        ),
        ("ca_rpd", "REFUGEE PROTECTION DIVISION THE REGISTRY Claimant: {client} IRB file number"),
    ],
)
def test_a_cover_is_headed_as_its_forum_is(key, words):
    text = whole_text(render_part(samples.manifest_for(forum(key)), "cover").pdf)
    assert words.format(client=samples.CLIENT) in text


@pytest.mark.parametrize(("key", "smallest"), [("ca_rpd", 12), ("uk_ftt", 8)])
def test_a_least_size_of_type_holds_on_index_and_exhibits(key, smallest):
    manifest = samples.manifest_for(forum(key))
    layout = Layout(
        dict.fromkeys(("x1", "x2", "x3", "x4", "y1", "y2", "y3"), ("5",)), {"e1": ("5", "6"), "e2": ("7", "7")}
    )
    index = set(sizes_of_type(render_index(manifest, layout).pdf))
    assert min(index) == (12 if smallest == 12 else 8.5)
    notes = {7.5, 6, 5}
    assert min(set(sizes_of_type(render_part(manifest, "exhibit-e1").pdf)) - notes) == smallest


def sizes_of_type(pdf):
    """The sizes, to half a point, of the letters on all pages."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for index in range(len(document)):
            page = document[index]
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                size = ctypes.c_float()
                pypdfium2.raw.FPDFTextObj_GetFontSize(item.raw, size)
                yield round(size.value * abs(item.get_matrix().d) * 2) / 2
            page.close()


@pytest.mark.parametrize(
    ("key", "paper"),
    [
        *((key, (612, 792)) for key in ("generic", "eoir", "bia", "uscis", "ca_rpd")),
        *((key, (595.28, 841.89)) for key in ("uk_ftt", "uk_ut")),
    ],
)
def test_pages_have_the_forums_paper(key, paper):

    part = render_part(samples.manifest(forum_key=key), "exhibit-e1")
    document = pypdfium2.PdfDocument(part.pdf)
    sizes = [document.get_page_size(index) for index in range(len(document))]
    document.close()
    assert sizes == [pytest.approx(paper, abs=0.01)] * part.pages
