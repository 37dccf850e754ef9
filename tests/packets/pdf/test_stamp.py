from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from caseapp.forums import FORUMS
from caseapp.packets.pdf.stamp import Stamper
from caseapp.packets.pdf.viewing import FROM_EDGE, FROM_SIDE, SIZE, visible
from caseapp.typesetting.join import saved


def stamped(*, text="7", position="bottom-center", **page):
    """A page with drawing that leaves a mess behind, stamped."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        leaf = pdf.pages[0]
        for name, value in page.items():
            leaf.obj[Name(f"/{name}")] = value
        leaf.contents_add(b"q 3 0 0 3 50 50 cm 0.5 g", prepend=True)
        Stamper(pdf, position).stamp(leaf, visible(leaf), text)
        return saved(pdf)


def seen(pdf):
    """Text, and the box of its letters as seen on screen: left, top, right, bottom from the upper left."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        words = page.get_textpage()
        text = words.get_text_range()
        width, height = page.get_size()
        boxes = [words.get_charbox(index) for index in range(words.count_chars())]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        crop, turn = page.get_bbox(), page.get_rotation()
        words.close()
        page.close()
    corners = [_on_screen(x, y, crop, turn) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return text, (width, height), (min(xs), height - max(ys), max(xs), height - min(ys))


def _on_screen(x, y, crop, turn):
    left, bottom, right, top = crop
    return {
        0: (x - left, y - bottom),
        90: (y - bottom, right - x),
        180: (right - x, top - y),
        270: (top - y, x - left),
    }[turn]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", [None, [100, 50, 500, 700], [-20, -20, 400, 400]])
def test_a_stamp_is_upright_at_the_foot_of_what_can_be_seen(rotate, crop):
    page = {"Rotate": rotate} | ({"CropBox": Array(crop)} if crop else {})
    text, (width, height), (left, top, right, bottom) = seen(stamped(**page))
    assert text == "7"
    assert (left + right) / 2 == pytest.approx(width / 2, abs=1)
    assert height - bottom == pytest.approx(FROM_EDGE, abs=1)
    assert bottom - top == pytest.approx(SIZE * 0.7, abs=1)
    assert right - left < bottom - top


@pytest.mark.parametrize(
    ("position", "x"), [("bottom-left", FROM_SIDE), ("bottom-right", 612 - FROM_SIDE), ("top-right", 612 - FROM_SIDE)]
)
def test_a_stamp_stands_where_the_forum_wants_it(position, x):
    _, (_, height), (left, top, right, bottom) = seen(stamped(text="EX-001", position=position))
    assert (left if position.endswith("left") else right) == pytest.approx(x, abs=1)
    assert (height - bottom if position.startswith("bottom") else top) == pytest.approx(FROM_EDGE, abs=4)


def test_a_page_turned_by_odd_degrees_is_refused():
    with pytest.raises(ValueError, match="turned by 45 degrees"):
        stamped(Rotate=45)


def test_pages_that_share_their_resources_each_keep_their_own_number():
    with Pdf.new() as pdf:
        shared = pdf.make_indirect(Dictionary(Font=Dictionary(PageStamp=Dictionary(Type=Name.Font))))
        for _ in range(3):
            pdf.add_blank_page(page_size=(300, 300))
            pdf.pages[-1].obj[Name.Resources] = shared
        stamper = Stamper(pdf, "bottom-center")
        for number, page in enumerate(pdf.pages, start=1):
            stamper.stamp(page, visible(page), str(number))
        assert list(shared[Name.Font].keys()) == ["/PageStamp"]
        assert all("/PageStamp2" in page.resources[Name.Font] for page in pdf.pages)
        data = saved(pdf)
    with closing(pypdfium2.PdfDocument(data)) as document:
        assert [page.get_textpage().get_text_range() for page in document] == ["1", "2", "3"]


def test_all_pages_share_one_font(finished):
    with pikepdf.open(finished.volumes[0].path) as pdf:
        fonts = {page.resources[Name.Font]["/PageStamp"].objgen for page in pdf.pages}
        (number,) = fonts
        program = pdf.get_object(number)[Name.DescendantFonts][0][Name.FontDescriptor][Name.FontFile2]
        assert len(program.read_bytes()) < 10_000


def test_a_stamp_is_marked_as_no_part_of_the_text(finished):
    with pikepdf.open(finished.volumes[0].path) as pdf:
        last = pdf.pages[0].obj[Name.Contents][-1].read_bytes()
    assert b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC" in last
    assert last.strip().startswith(b"Q")
    assert last.strip().endswith(b"Q")


@pytest.mark.parametrize("profile", FORUMS.values(), ids=FORUMS)
def test_the_font_has_all_that_a_forum_prints_with_its_numbers(profile):
    assert seen(stamped(text=f"{profile.stamp_prefix}57AZ"))[0] == f"{profile.stamp_prefix}57AZ"
