"""Passages found again on the pages of a PDF, and marked there. What the pages are made of is in `papers.py`."""

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.intake.pdf.letters import Box
from caseapp.intake.pdf.marks import Marking, PassageNotOnPage, Spot, boxes, draw, mark
from caseapp.intake.pdf.text import read_pages
from tests.intake.pdf.papers import by_hand, lines_at, middles, samples, text_in, typeset

RIGHT_TO_LEFT = ("arabic", "hebrew", "mixed")


@cache
def read(data):
    with TemporaryDirectory() as folder:
        Path(folder, "clean.pdf").write_bytes(data)
        found = read_pages(Path(folder), file="clean.pdf")
    return found["text"], found["pages"], middles(data)


def spots_of(data, text, pages, passages):
    with TemporaryDirectory() as folder:
        path = Path(folder, "clean.pdf")
        path.write_bytes(data)
        return boxes(path, text, pages, passages)


def letters(text):
    """What two readings must agree in."""
    return [letter for letter in text.replace("\x02", "-") if not letter.isspace() and letter not in "-\u2010"]


def place_of(text, quote, number=0):
    start = -1
    for _ in range(number + 1):
        start = text.index(quote, start + 1)
    return start, start + len(quote)


@settings(deadline=None, max_examples=150)
@given(name=st.sampled_from(sorted(samples())), data=st.data())
def test_a_passage_is_read_back_in_its_boxes_letter_for_letter(name, data):
    text, pages, seen = read(samples()[name])
    words = data.draw(st.tuples(*[st.integers(0, len(text.split()) - 1)] * 2).map(sorted))
    start, end = bounds_of_words(text, *words)

    [spots] = spots_of(samples()[name], text, pages, [(start, end)])
    there = [letter for spot in spots for letter in letters(text_in(seen[spot.page - 1], spot.box))]

    if name in RIGHT_TO_LEFT:
        assert sorted(there) == sorted(letters(text[start:end]))
    else:
        assert there == letters(text[start:end])


def bounds_of_words(text, first, last):
    """From the beginning of one word to the end of another, counted from 0."""
    places, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        places.append((start, place))
    return places[first][0], places[last][1]


def test_each_of_several_equal_passages_is_found_in_its_own_place():
    data = samples()["two columns"]
    text, pages, seen = read(data)
    passages = [place_of(text, "Two officers were shot", number) for number in range(6)]

    found = spots_of(data, text, pages, passages)

    heights = [(spots[0].box.left > 200, -spots[0].box.top) for spots in found]
    assert heights == sorted(set(heights))
    assert {"".join(letters(text_in(seen[0], spots[0].box)))[:3] for spots in found} == {"Two"}


def test_there_is_one_rectangle_a_line_and_no_two_lie_over_one_another():
    data = samples()["two columns"]
    text, pages, _ = read(data)
    [spots] = spots_of(data, text, pages, [(0, len(text))])

    lines = sorted(spot.box for spot in spots)
    assert len(lines) == len({(round(box.left > 200), round(box.top)) for box in lines})
    for one in lines:
        for other in lines:
            if one is not other:
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.top, other.top) - max(one.bottom, other.bottom)
                assert wide <= 0.01 or high <= 0.01


def test_a_passage_over_pages_has_spots_on_each():
    data = samples()["over pages"]
    text, pages, _ = read(data)
    [spots] = spots_of(data, text, pages, [(pages[0][1] - 10, pages[1][0] + 10)])
    assert [spot.page for spot in spots] == [1, 2]


def test_the_hyphen_at_a_line_end_is_marked_where_the_passage_goes_on():
    data = by_hand(lines_at(40, 250, ["The words of the govern-", "ment of a country-"]), pages=2)
    text, pages, seen = read(data)
    begins = text.index("govern")

    [spots] = spots_of(data, text, pages, [(begins, pages[1][0] + 9)])
    assert [text_in(seen[spot.page - 1], spot.box).replace("\x02", "-") for spot in spots] == [
        "govern-",
        "ment of a country-",
        "The words",
    ]
    [spots] = spots_of(data, text, pages, [(begins, begins + 6)])
    assert [text_in(seen[0], spot.box) for spot in spots] == ["govern"]


@pytest.mark.parametrize(("name", "turn"), [("turned content", 1), ("content upside down", 2), ("turned both", 3)])
def test_lines_that_stand_on_their_side_are_known_to(name, turn):
    text, pages, _ = read(samples()[name])
    [spots] = spots_of(samples()[name], text, pages, [place_of(text, "Neither man was on duty")])
    assert {spot.turn for spot in spots} == {turn}


def test_letters_that_differ_are_not_marked():
    data = by_hand(lines_at(40, 250, ["The words of a page and the words of it."]))
    text, _, _ = read(data)
    altered = text.replace("a page", "no page")
    start, end = place_of(altered, "words", 1)

    with pytest.raises(PassageNotOnPage) as refused:
        spots_of(data, altered, [[0, len(altered), ""]], [(start, end)])
    assert (refused.value.code, refused.value.params) == ("passage-not-on-page", {"page": 1})


def test_words_that_stand_once_are_sure_though_the_page_was_read_in_another_order():
    data = by_hand(lines_at(40, 250, ["The first line of it,", "and a second one of it."]))
    earlier = "and a second one of it.\nThe first line of it,"

    [[spot]] = spots_of(data, earlier, [[0, len(earlier), ""]], [place_of(earlier, "first line")])
    assert text_in(middles(data)[0], spot.box).split() == ["first", "line"]
    with pytest.raises(PassageNotOnPage):
        spots_of(data, earlier, [[0, len(earlier), ""]], [place_of(earlier, "of it")])


@pytest.mark.parametrize("passage", ["-", " ", "\n"])
def test_a_passage_without_letters_stands_nowhere(passage):
    data = by_hand(lines_at(40, 250, ["A self-made", "- page"]))
    text, _, _ = read(data)
    with pytest.raises(PassageNotOnPage):
        spots_of(data, f"{text} -\n", [[0, len(text) + 3, ""]], [place_of(f"{text} -\n", passage)])


def test_a_page_that_the_file_lacks_is_said():
    data = by_hand(lines_at(40, 250, ["One page"]))
    with pytest.raises(PassageNotOnPage) as refused:
        spots_of(data, "One page\n\nanother", [[0, 8, ""], [10, 17, ""]], [(10, 17)])
    assert refused.value.params == {"page": 2}


def marked(data, passages, colours, folder):
    text, pages, _ = read(data)
    (folder / "clean.pdf").write_bytes(data)
    found = mark(folder, file="clean.pdf", out="marked.pdf", text=text, pages=pages, passages=passages, colours=colours)
    return found, (folder / "marked.pdf").read_bytes()


def pixels(data, number=0):
    with pypdfium2.PdfDocument(data) as document:
        return document[number].render(scale=2).to_pil().convert("RGB")


def test_a_passage_is_drawn_on_the_page_and_is_an_annotation_of_it(tmp_path):
    data = samples()["plain"]
    text, _, _ = read(data)
    passage = place_of(text, "handed in their pistols at the end of the shift")

    [spots], made = marked(data, [passage], [["#b3432b"]], tmp_path)

    with pikepdf.Pdf.open(BytesIO(made)) as pdf:
        [annotation] = pdf.pages[0].obj.Annots
        assert annotation.Subtype == "/Highlight"
        assert len(annotation.QuadPoints) == 8 * len(spots)
        left, bottom, right, top = spots[0][1]
        assert [float(v) for v in annotation.QuadPoints[:8]] == pytest.approx(
            [left, top, right, top, left, bottom, right, bottom], abs=0.01
        )
        assert annotation.F == 4
        assert pdf.check_pdf_syntax() == []
    assert "".join(letter for page in middles(made) for letter, _, _ in page) == "".join(
        letter for page in middles(data) for letter, _, _ in page
    )
    assert pixels(made).getpixel(middle_of(spots[0][1], pixels(made))) != (255, 255, 255)


def middle_of(box, picture):
    """The upper edge of a box in a picture of twice its size, where a line has no ink."""
    left, _, right, top = box
    return int(left + right), picture.height - int(top * 2) + 1


def test_no_letter_is_covered_and_nothing_but_the_passage_is_coloured(tmp_path):
    data = samples()["turned both"]
    text, _, _ = read(data)
    passages = [place_of(text, "Neither man was on duty"), place_of(text, "man was on duty. Both had", 0)]

    _, made = marked(data, passages, [["#000000"], ["#2b6cb3", "#3f7d3a"]], tmp_path)

    before, after = pixels(data), pixels(made)
    grey, shown = before.convert("L").tobytes(), after.convert("L").tobytes()
    assert all(after <= 90 for was, after in zip(grey, shown, strict=True) if was < 80)
    changed = sum(one != other for one, other in zip(grey, shown, strict=True))
    assert 0 < changed < 0.05 * before.width * before.height


def test_overlapping_passages_still_let_text_be_read(tmp_path):
    data = samples()["plain"]
    text, _, _ = read(data)
    passages = [place_of(text, quote) for quote in ("Neither man was on duty. Both", "man was on duty", "was on")] * 2

    found, made = marked(data, passages, [["#000000"], ["#123456"], ["#800000"]] * 2, tmp_path)

    picture = pixels(made).convert("L")
    innermost = found[2][0][1]
    assert 110 <= picture.getpixel(middle_of(innermost, picture)) < 230


def test_a_colour_that_is_none_never_reaches_the_page(tmp_path):
    data = by_hand(lines_at(40, 250, ["Some words"]))
    _, made = marked(data, [(0, 4)], [["red rg (x) Tj", "#12345"]], tmp_path)
    with pikepdf.Pdf.open(BytesIO(made)) as pdf:
        drawn = pdf.pages[0].Contents[-1].read_bytes()
    assert drawn.count(b"0.42 0.42 0.42 rg") == 2
    assert b"(x) Tj" not in drawn


def test_the_same_passages_give_the_same_bytes(tmp_path):
    data = typeset(["A few words to mark, and some more."], times=1)
    text, _, _ = read(data)
    first, second = (marked(data, [place_of(text, "words to")], [["#b3432b"]], tmp_path)[1] for _ in range(2))
    assert first == second


def test_marks_are_drawn_whatever_state_the_page_leaves_behind():
    data = by_hand("q 0.1 0 0 0.1 500 500 cm " + lines_at(40, 250, ["Some words"]))
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        draw(pdf, [Marking((Spot(1, Box(40, 40, 100, 60), 0),), ("#b3432b",))])
        target = BytesIO()
        pdf.save(target)
    assert pixels(target.getvalue()).getpixel((140, 500)) != (255, 255, 255)
