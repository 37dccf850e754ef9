"""Exhibits that are files: read back from the finished packet, page by page."""

import json
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from caseapp.forums import forum
from caseapp.packets.pdf.packet import planned_parts, render_part
from caseapp.packets.pdf.verification import verify_packet
from caseapp.typesetting.join import saved
from tests.packets.pdf import filing, samples
from tests.packets.pdf.conftest import finish
from tests.packets.pdf.filing import A0, A4, TICKET, Leaf
from tests.packets.pdf.reading import page_texts

WORDS = [
    "Chapter one. Officers were shot at home.",
    "Chapter two. Nobody was ever tried for it.",
    "A page that lies on its side.",
    "A ticket",
    "A plan of the whole town.",
    "Signed by the author.",
]
LEAVES = [
    Leaf((WORDS[0],)),
    Leaf((WORDS[1],), foot="Page 2 of 6"),
    Leaf((WORDS[2],), turned=90),
    Leaf((WORDS[3],), size=TICKET),
    Leaf((WORDS[4],), size=A0),
    Leaf((WORDS[5],), size=A4),
]
FILE = filing.made(
    *LEAVES,
    links=[(1, 3, 500), (2, 5, 3000)],
    bookmarks=[("One", 1, 0), ("Two", 2, 0), ("Side", 3, 1), ("Plan", 5, 0)],
    marks=[(1, [72, 600, 200, 620]), (5, [300, 3000, 900, 3100])],
)


def built(exhibit, *files, **changes):
    manifest = samples.manifest(samples.herald(), exhibit, **changes)
    rooms = filing.workroom(FILE, *files)
    rendered = {part.name: render_part(manifest, part.name, rooms()) for part in planned_parts(manifest)}
    return finish(manifest, rendered), rendered


@pytest.fixture(scope="module")
def whole():
    return built(filing.filed(FILE, WORDS, ("f1", "Nobody was ever tried"), ("f2", "plan of the whole town")))


@pytest.fixture(scope="module")
def facts(whole):
    return json.loads(whole[0].published)


def first_page(facts, key="exhibit-e2"):
    return next(part["first_page"] for part in facts["parts"] if part["name"] == key)


def test_a_file_is_verified(whole):
    assert verify_packet(whole[0].published, whole[0].volumes) == ()


def test_a_head_says_what_the_pages_are(whole, facts):
    head = page_texts(whole[0].volumes[0].path)[first_page(facts) - 1]
    said = " ".join(head.split())
    assert "A filed report" in said
    assert "the whole document, 6 pages" in said


def test_every_page_comes_on_the_forums_paper_upright_or_lying(whole, facts):
    with pikepdf.open(whole[0].volumes[0].path) as pdf:
        pages = [page.obj for page in pdf.pages][first_page(facts) :][:6]
        sizes = [([float(v) for v in page.MediaBox], int(page.get(Name.Rotate, 0))) for page in pages]
    assert sizes == [
        ([0, 0, 612, 792], 0),
        ([0, 0, 612, 792], 0),
        ([0, 0, 612, 792], 90),
        ([0, 0, 612, 792], 0),
        ([0, 0, 612, 792], 0),
        ([0, 0, 612, 792], 0),
    ]


def test_pages_that_stay_as_they_are_still_have_room_for_their_number():
    finished, _ = built(filing.filed(FILE, WORDS), forum=forum("generic"))
    assert verify_packet(finished.published, finished.volumes) == ()
    with pypdfium2.PdfDocument(finished.volumes[0].path) as pdf:
        first = first_page(json.loads(finished.published))
        sizes = [tuple(round(side) for side in pdf[first + place].get_size()) for place in range(len(LEAVES))]
    assert sizes == [(612, 792), (612, 792), (792, 612), (200, 166), (2384, 3370), (595, 842)]


@pytest.mark.parametrize("forum_key", ["generic", "eoir"])
@pytest.mark.parametrize("size", [filing.LETTER, (96, 144), (300, 200)])
@pytest.mark.parametrize("shade", [0.1, 0.6])
def test_a_page_filled_by_a_picture_looks_the_same_but_for_its_number(forum_key, size, shade):
    sheet = filing.painted(shade, size)
    finished, _ = built(filing.filed(sheet, [""]), sheet, forum=forum(forum_key))
    assert verify_packet(finished.published, finished.volumes) == ()


def test_all_words_are_still_there_and_every_page_has_its_number(whole, facts):
    texts = page_texts(whole[0].volumes[0].path)
    first = first_page(facts)
    for place, words in enumerate(WORDS):
        text = " ".join(texts[first + place].split())
        assert words in text
        assert text.endswith(str(first + place + 1))


def boxes(path, page, words):
    """The box of these words on a page, in its page space."""
    pdf = pypdfium2.PdfDocument(path)
    textpage = pdf[page - 1].get_textpage()
    searcher = textpage.search(words)
    index, count = searcher.get_next()
    found = [textpage.get_charbox(index + n) for n in range(count)]
    searcher.close()
    textpage.close()
    pdf.close()
    return (min(b[0] for b in found), min(b[1] for b in found), max(b[2] for b in found), max(b[3] for b in found))


def test_a_foot_line_and_the_page_number_do_not_meet(whole, facts):
    path, page = whole[0].volumes[0].path, first_page(facts) + 2
    foot = boxes(path, page, "Page 2 of 6")
    with pikepdf.open(path) as pdf:
        assert pdf.pages[page - 1].label == str(page)
    assert foot[1] > 30 + 10 + 3


def test_a_page_that_fits_is_left_as_it_was(whole, facts):
    with pikepdf.open(whole[0].volumes[0].path) as pdf:
        page = pdf.pages[first_page(facts)].obj
        assert "/XObject" not in page.Resources or "/Page" not in page.Resources.XObject


def test_links_of_the_source_lead_to_its_pages_in_the_packet(whole, facts):
    found = [link for link in facts["links"] if link["to"] == "source"]
    first = first_page(facts)
    assert [(link["page"], link["target_page"]) for link in found] == [(first + 1, first + 3), (first + 2, first + 5)]


def test_bookmarks_of_the_source_stand_under_its_tab(whole, facts):
    first = first_page(facts)
    marks = [(mark["title"], mark["level"], mark["page"]) for mark in facts["bookmarks"]]
    for mark in (("One", 1, first + 1), ("Two", 1, first + 2), ("Side", 2, first + 3), ("Plan", 1, first + 5)):
        assert mark in marks


def test_marks_of_the_source_move_with_the_page(whole, facts):
    with pikepdf.open(whole[0].volumes[0].path) as pdf:
        plan = pdf.pages[first_page(facts) + 4]
        (mark,) = [
            a for a in plan.obj.Annots if a.Subtype == Name.Highlight and float(a.Rect[2]) - float(a.Rect[0]) > 140
        ]
        scale = 612 / A0[0]
        assert [float(v) for v in mark.Rect] == pytest.approx(
            [
                300 * scale,
                3000 * scale + (792 - A0[1] * scale) / 2,
                900 * scale,
                3100 * scale + (792 - A0[1] * scale) / 2,
            ],
            abs=60,
        )
        assert len(mark.QuadPoints) == 8


def test_passages_are_marked_and_cited_on_their_pages(whole, facts):
    first = first_page(facts)
    pages = {row["key"]: row["pages"] for row in facts["quotations"] if row["key"].startswith("f")}
    assert pages == {"f1": [first + 2], "f2": [first + 5]}
    with pikepdf.open(whole[0].volumes[0].path) as pdf:
        marks = [a for a in pdf.pages[first + 1].obj.Annots if a.Subtype == Name.Highlight]
    assert len(marks) == 1


def test_only_cited_pages_with_their_context():
    exhibit = filing.filed(FILE, WORDS, ("f2", "plan of the whole town"), include="cited", context_pages=1)
    finished, rendered = built(exhibit)
    assert verify_packet(finished.published, finished.volumes) == ()
    part = rendered["exhibit-e2"]
    assert part.pages == 1 + 3
    assert part.notices == ()
    texts = page_texts(part.pdf)
    assert "pages 4–6 of 6 are shown" in " ".join(texts[0].split())
    assert [words in " ".join(text.split()) for words, text in zip(WORDS[3:], texts[1:], strict=True)] == [True] * 3
    assert [mark.title for mark in part.bookmarks] == ["Plan"]


def test_an_extract_of_a_file_is_set_as_text():
    exhibit = filing.filed(FILE, WORDS, ("f1", "Nobody was ever tried"), include="extract")
    finished, rendered = built(exhibit)
    assert verify_packet(finished.published, finished.volumes) == ()
    said = " ".join(" ".join(page_texts(rendered["exhibit-e2"].pdf)).split())
    assert "Extract 1 of 1, from page 2 of 6" in said
    assert WORDS[1] in said
    assert WORDS[0] not in said
    assert said.count("[…]") == 2


def test_a_document_of_the_client_says_nothing_of_where_it_came_from():
    exhibit = filing.filed(FILE, WORDS, section="client", kind="declaration", url="", publisher="", author="")
    finished, rendered = built(exhibit)
    assert verify_packet(finished.published, finished.volumes) == ()
    head = " ".join(page_texts(rendered["exhibit-e2"].pdf)[0].split())
    assert "Captured" not in head
    assert "Publisher" not in head


def test_the_same_file_gives_the_same_bytes(whole):
    again, _ = built(filing.filed(FILE, WORDS, ("f1", "Nobody was ever tried"), ("f2", "plan of the whole town")))
    assert again.volumes[0].path.read_bytes() == whole[0].volumes[0].path.read_bytes()
    assert again.published == whole[0].published


def test_a_ticket_that_stays_as_it_is_gets_paper_for_its_number():
    ticket = filing.made(Leaf(("Admit one", "Row 7", "Seat 12", "No refunds on this ticket"), size=(200, 110)))
    exhibit = filing.filed(ticket, ["Admit one\nRow 7\nSeat 12\nNo refunds on this ticket"])
    manifest = samples.manifest(samples.herald(), exhibit)
    manifest = replace(manifest, forum=replace(manifest.forum, page_fit="as-is"))
    rooms = filing.workroom(ticket)
    finished = finish(
        manifest, {part.name: render_part(manifest, part.name, rooms()) for part in planned_parts(manifest)}
    )
    assert verify_packet(finished.published, finished.volumes) == ()
    with pikepdf.open(finished.volumes[0].path) as pdf:
        first = first_page(json.loads(finished.published))
        assert [float(value) for value in pdf.pages[first].mediabox] == [0, 0, 200, 156]


@pytest.mark.parametrize("fit", ["paper", "as-is"])
def test_no_number_covers_a_picture_and_a_picture_beside_it_is_no_fault(fit):
    with pikepdf.Pdf.new() as pdf:
        for width, height in ((400, 300), (612, 792), (300, 500)):
            pdf.add_blank_page(page_size=(width, height))
            dark = f"0.2 g 0 0 {width} {height * 0.45} re f 0.97 g 0 {height - 20} {width} 9 re f"
            pdf.pages[-1].obj[Name.Contents] = pdf.make_stream(dark.encode())
        photos = saved(pdf)
    manifest = samples.manifest(samples.herald(), filing.filed(photos, ["", "", ""]))
    manifest = replace(manifest, forum=replace(manifest.forum, page_fit=fit))
    rooms = filing.workroom(photos)
    rendered = {part.name: render_part(manifest, part.name, rooms()) for part in planned_parts(manifest)}
    finished = finish(manifest, rendered)
    assert verify_packet(finished.published, finished.volumes) == ()
    for sheet in rendered["exhibit-e2"].seen[1:]:
        assert sheet["box"][1] >= 0
