"""The clean copy of ordinary PDFs: the same pages, words and look, links that lead where they led, and nothing else."""

import re
from contextlib import closing
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp import intake
from caseapp.core.refused import Refused
from caseapp.intake.pdf import examining, ink
from caseapp.intake.pdf.examining import examined, ranges
from caseapp.intake.pdf.normalising import clean
from tests.intake import hostile
from tests.intake.hostile import CASES, token


@pytest.fixture
def copy_of(tmp_path):
    """copy_of(bytes) → the clean copy, opened"""
    opened = []

    def make(data: bytes, **how) -> Pdf:
        (tmp_path / "input").write_bytes(data)
        opened.append(Pdf.open(BytesIO(examined(tmp_path / "input", **{"password": "", **how}).pdf)))
        return opened[-1]

    yield make
    for pdf in opened:
        pdf.close()


def box(page: pikepdf.Page) -> list[float]:
    return [float(side) for side in page.obj.MediaBox]


def place_of(words: str, data: bytes, page: int = 0) -> tuple[float, float]:
    """Where the first letter of these words stands, from the lower left of the page as shown, in points."""
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        sheet = pdf[page]
        text = sheet.get_textpage()
        found = text.search(words).get_next()
        left, bottom, _right, _top = text.get_charbox(found[0])
        text.close()
        sheet.close()
    return round(left), round(bottom)


def bytes_of(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target)
    return target.getvalue()


def destinations(pdf: Pdf) -> list[tuple[int, float | None, float | None]]:
    """For each link of the first page: the page it leads to, from 1, and the left and top there."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return [
        (numbers[link.Dest[0].objgen], *(None if side is None else float(side) for side in list(link.Dest)[2:4]))
        for link in pdf.pages[0].obj.Annots
    ]


def outline(pdf: Pdf) -> list:
    def told(items):
        return [(item.title, item.destination[0].objgen, told(item.children)) for item in items]

    with pdf.open_outline() as entries:
        return told(entries.root)


def test_the_door_writes_the_copy_and_tells_its_words(tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.plain(3))
    made = intake.clean_pdf(tmp_path / "a.pdf", name="a.pdf", kind="pdf", out=tmp_path / "b.pdf")
    again = intake.clean_pdf(tmp_path / "b.pdf", name="b.pdf", kind="pdf", out=tmp_path / "c.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()
    assert made == again
    assert made.pages == 3
    assert [text[:8] for text in made.text_pages] == [token(page) for page in (1, 2, 3)]


def test_the_door_does_not_open_before_every_question_was_answered(tmp_path):
    (tmp_path / "a.pdf").write_bytes(CASES["words_white_on_white"].make())
    out = tmp_path / "b.pdf"
    with pytest.raises(intake.Unsettled) as unsettled:
        intake.clean_pdf(tmp_path / "a.pdf", name="a.pdf", kind="pdf", out=out)
    [question] = unsettled.value.questions
    assert question.code == "hidden-text"
    assert question.detail == (f"1: {hostile.SECRET}",)
    assert not out.exists()
    made = intake.clean_pdf(tmp_path / "a.pdf", name="a.pdf", kind="pdf", out=out, accepted=frozenset({"hidden-text"}))
    assert made.pages == 1


def test_a_password_is_asked_for_before_anything_is_written(tmp_path):
    (tmp_path / "input").write_bytes(CASES["locked_with_a_password"].make())
    assert [question["code"] for question in clean(tmp_path)["questions"]] == ["password"]
    assert clean(tmp_path, password="secret")["pages"] == 2


def test_the_visible_part_of_a_page_comes_to_the_origin(copy_of):
    pdf = copy_of(CASES["box_cropped"].make())
    assert box(pdf.pages[0]) == [0, 0, 512, 160]
    assert place_of("Token001", bytes_of(pdf)) == (22, 100)
    pdf = copy_of(CASES["box_far_from_the_origin"].make())
    assert box(pdf.pages[0]) == [0, 0, 612, 792]
    assert place_of("Token001", bytes_of(pdf)) == (100, 700)


def test_a_unit_becomes_points(copy_of):
    pdf = copy_of(CASES["unit_of_an_inch"].make())
    assert box(pdf.pages[0]) == [0, 0, 600, 300]
    assert place_of("Token001", bytes_of(pdf)) == (15, 150)


def test_a_page_too_large_to_be_shown_is_made_smaller(copy_of):
    assert box(copy_of(CASES["page_of_a_mile"].make()).pages[0]) == [0, 0, 14400, 7200]


def test_turns_are_kept_and_words_stand_upright(copy_of):
    assert [page.obj.get(Name.Rotate, 0) for page in copy_of(CASES["turned_by_45"].make()).pages] == [0]
    upright = copy_of(CASES["turned_every_way"].make())
    assert [page.obj.get(Name.Rotate, 0) for page in upright.pages] == [0] * 8
    [sideways] = copy_of(CASES["words_stand_sideways"].make()).pages
    assert sideways.obj.Rotate == 90


def test_a_scan_keeps_the_turn_that_it_has(copy_of):
    def turn(pdf):
        for page, by in zip(pdf.pages, (90, -90, 540), strict=True):
            page.obj[Name.Rotate] = by
            page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, b"0 0 300 20 re f"))

    assert [page.obj.Rotate for page in copy_of(hostile.changed(turn, 3)).pages] == [90, 270, 180]


def test_every_page_has_resources_of_its_own(copy_of):
    pdf = copy_of(CASES["everything_inherited"].make())
    pdf.pages[0].obj.Resources.Font[Name.New] = Dictionary()
    assert "/New" not in pdf.pages[1].obj.Resources.Font


def test_links_lead_where_they_led(copy_of):
    pdf = copy_of(CASES["links_of_every_kind"].make())
    assert destinations(pdf) == [
        (2, 0, 700),
        (2, None, 500),
        (3, 10, 20),
        (2, 0, 792),
        (3, 5, 8),
    ]


def test_links_move_with_the_pages_that_they_lead_to(copy_of):
    def tie(pdf):
        for page in pdf.pages:
            page.obj[Name.MediaBox], page.obj[Name.UserUnit] = Array([100, 100, 400, 500]), 2
            page.obj[Name.Contents] = pdf.make_indirect(Stream(pdf, hostile.text_operators(1, 110, 300)))
        target = Array([pdf.pages[1].obj, Name.XYZ, 150, 400, 0])
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[110, 300, 200, 320], Dest=target)
        pdf.pages[0].obj[Name.Annots] = Array([pdf.make_indirect(link)])

    pdf = copy_of(hostile.changed(tie, 2))
    assert destinations(pdf) == [(2, 100, 600)]
    assert [float(side) for side in pdf.pages[0].obj.Annots[0].Rect] == [20, 400, 200, 440]


def test_bookmarks_are_kept_and_dead_ones_are_not(copy_of):
    pdf = copy_of(CASES["bookmarks_that_go_round"].make())
    pages = [page.obj.objgen for page in pdf.pages]
    assert outline(pdf) == [("One", pages[0], [("Deep", pages[2], [])])]
    deep = outline(copy_of(CASES["bookmarks_nested_too_deep"].make()))
    assert str(deep).count("Level ") == 200
    deeper = outline(copy_of(CASES["bookmarks_nested_by_the_thousand"].make()))
    assert re.findall(r"Level \d+", str(deeper)) == [f"Level {level}" for level in range(8000)]


def test_printed_labels_are_kept(copy_of):
    labels = copy_of(CASES["labels_that_are_broken"].make()).Root.PageLabels.Nums
    assert (int(labels[0]), str(labels[1].S)) == (0, "/r")
    assert (int(labels[2]), str(labels[3].P), int(labels[3].St)) == (2, "A-", 57)


def test_what_was_filled_in_stands_in_its_field(copy_of):
    pdf = copy_of(CASES["filled_in_without_a_drawing"].make())
    data = bytes_of(pdf)
    left, bottom = place_of("Amina Diallo", data)
    assert 100 <= left <= 110
    assert 500 <= bottom <= 515
    left, bottom = place_of("Conakry", data)
    assert 300 <= bottom <= 315
    assert Name.Annots not in pdf.pages[0].obj
    assert Name.AcroForm not in pdf.Root


def test_a_value_wider_than_its_field_is_set_smaller_and_not_cut(copy_of):
    value = "The applicant was held for eleven days without charge and beaten on each of them"
    pdf = copy_of(hostile.form(hostile.field(b"Tx", b"(%s)" % value.encode())))
    with closing(pypdfium2.PdfDocument(bytes_of(pdf))) as read:
        text = read[0].get_textpage()
        assert value in " ".join(text.get_text_bounded(100, 500, 300, 520).split())


def test_ink_in_a_form_stays(copy_of):
    """A merge alone loses what was filled in."""
    data = CASES["filled_in_without_a_drawing"].make()
    with closing(pypdfium2.PdfDocument(bytes_of(copy_of(data)))) as after:
        shown = after[0].render(grayscale=True, scale=2).to_pil().crop((200, 500, 620, 620))
    assert sum(shown.histogram()[:128]) > 500


def test_a_highlight_lets_the_words_through(copy_of):
    pdf = copy_of(CASES["words_under_a_highlight_that_covers_them"].make())
    [mark] = pdf.pages[0].obj.Annots
    assert mark.Subtype == Name.Highlight
    assert str(mark.Contents) == "look here"
    with closing(pypdfium2.PdfDocument(bytes_of(pdf))) as read:
        picture = read[0].render(scale=1).to_pil().convert("RGB").crop((72, 78, 300, 92))
    colours = {colour for _count, colour in picture.getcolors(10_000)}
    assert (255, 255, 0) in colours
    assert min(sum(colour) for colour in colours) < 150


def test_marks_of_every_kind_have_a_drawing(copy_of):
    [page] = copy_of(CASES["notes_and_marks"].make()).pages
    assert [str(mark.Subtype) for mark in page.obj.Annots] == [
        *("/Text", "/Underline", "/Squiggly", "/StrikeOut", "/Circle", "/Square", "/Line", "/Ink", "/Polygon"),
    ]
    assert all(len(mark.AP.N.read_bytes()) > 10 for mark in page.obj.Annots)


def test_a_page_that_lost_its_ink_is_not_taken(tmp_path, monkeypatch):
    """Whatever goes wrong while the copy is made, nobody files a page that says less."""
    made = examining.cleaned

    def lossy(pdf, anew):
        pdf.pages[1].obj[Name.Contents] = pdf.make_indirect(Stream(pdf, b""))
        return made(pdf, anew)

    monkeypatch.setattr(examining, "cleaned", lossy)
    (tmp_path / "input").write_bytes(hostile.plain(3))
    with pytest.raises(Refused) as refused:
        examined(tmp_path / "input", "")
    assert (refused.value.code, refused.value.params) == ("looks-different", {"page": 2})


def test_what_damage_was_found_is_told_by_its_numbers(tmp_path):
    (tmp_path / "input").write_bytes(CASES["page_tree_counts_a_million"].make())
    [question] = examined(tmp_path / "input", "").report.questions
    assert question.detail == ("qpdf=2", "pdfium=1000000")


def test_ranges_of_pages():
    assert ranges([1, 2, 3, 5, 7, 8]) == ["1–3", "5", "7–8"]
    assert ranges([]) == []


sides = some.integers(min_value=-500, max_value=500)
turns = some.sampled_from([0, 90, 180, 270, -90, 450])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=sides, bottom=sides, width=some.integers(200, 900), height=some.integers(200, 900), turned=turns,
       unit=some.sampled_from([1, 2, 0.5]), cropped=some.booleans())  # fmt: skip
def test_any_page_is_copied_once_and_for_all(left, bottom, width, height, turned, unit, cropped, tmp_path):
    """Wherever its box lies and however it is turned, it looks the same, and its copy is its own copy."""

    def set_up(pdf):
        page = pdf.pages[0].obj
        page[Name.MediaBox] = Array([left, bottom, left + width, bottom + height])
        if cropped:
            page[Name.CropBox] = Array([left + 20, bottom + 30, left + width - 10, bottom + height - 40])
        page[Name.Rotate], page[Name.UserUnit] = turned, unit
        words = b"BT /F1 12 Tf %d %d Td (Token001) Tj ET" % (left + 40, bottom + 60)
        drawn = words + b" Q 1 0 0 rg %d %d 60 30 re f" % (left + 50, bottom + 90)
        page[Name.Contents] = pdf.make_indirect(Stream(pdf, drawn))
        mark = Dictionary(
            Type=Name.Annot, Subtype=Name.Square, Rect=[left + 50, bottom + 100, left + 150, bottom + 150]
        )
        page[Name.Annots] = Array([pdf.make_indirect(mark)])

    data = hostile.changed(set_up)
    (tmp_path / "input").write_bytes(data)
    once = examined(tmp_path / "input", "")
    assert once.report.pages == 1
    (tmp_path / "input").write_bytes(once.pdf)
    assert examined(tmp_path / "input", "").pdf == once.pdf
    with closing(pypdfium2.PdfDocument(data)) as before, closing(pypdfium2.PdfDocument(once.pdf)) as after:
        assert ink.change(ink.picture(before[0]), ink.picture(after[0]), ()) == ink.Change(lost=False, gained=False)
        assert token(1) in after[0].get_textpage().get_text_range()
