"""Words over a picture: found where they are seen, and the picture as it was."""

from contextlib import closing
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.intake import images
from caseapp.intake.ocr.layer import PlacedWord, laid_over
from caseapp.intake.pdf.cleaning import cleaned
from caseapp.intake.pdf.examining import examined
from tests.intake.ocr.scans import SPANISH, scan
from tests.packets.pdf.reading import page_texts


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    (folder / "input").write_bytes(scan())
    images.clean(folder, accepted=[])
    return (folder / "clean.pdf").read_bytes()


def turned(pdf, degrees):
    with pikepdf.open(BytesIO(pdf)) as file:
        file.pages[0].Rotate = degrees
        target = BytesIO()
        file.save(target, deterministic_id=True)
    with pikepdf.open(target) as file:
        return cleaned(file).pdf


def placed(lines=SPANISH):
    """About where `scan` draws them, in points."""
    words = []
    for number, line in enumerate(lines):
        left = 72.0
        for word in line.split():
            words.append(PlacedWord(word, left, 72 + number * 28.8 + 4, len(word) * 8.0, 13))
            left += len(word) * 8.0 + 5
    return words


def picture(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        image = page.render(scale=1).to_pil().copy()
        page.close()
    return image


def boxes(pdf):
    """The word at each place of the page as it is shown."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        text = page.get_textpage()
        found = [text.get_charbox(number, loose=True) for number in range(text.count_chars())]
        text.close()
        page.close()
    return found


def test_the_words_are_read_in_order_and_nothing_else_changes(page):
    pdf, pages = laid_over(page, {0: placed()})
    assert pages == [0]
    assert " ".join(page_texts(pdf)[0].split()) == " ".join(SPANISH)
    assert picture(pdf).tobytes() == picture(page).tobytes()
    assert laid_over(page, {0: placed()})[0] == pdf


def test_a_copy_with_words_is_a_clean_copy_and_hides_nothing(page, tmp_path):
    pdf, _ = laid_over(page, {0: placed()})
    (tmp_path / "input").write_bytes(pdf)
    again = examined(tmp_path / "input", "")
    assert again.pdf == pdf
    assert (again.report.questions, again.report.notices) == ((), ())


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_on_a_page_on_its_side_the_words_stand_as_they_are_seen(page, degrees):
    pdf, _ = laid_over(turned(page, degrees), {0: [PlacedWord("Words", 100, 50, 60, 12)]})
    assert page_texts(pdf)[0].strip() == "Words"
    left, bottom, right, top = (
        f(values) for f, values in zip((min, min, max, max), zip(*boxes(pdf)[:5], strict=True), strict=True)
    )
    width, height = (612, 792)
    expected = {
        90: (50, 100, 62, 160),
        180: (width - 160, 50, width - 100, 62),
        270: (width - 62, height - 160, width - 50, height - 100),
    }[degrees]
    assert (left, bottom, right, top) == pytest.approx(expected, abs=0.6)


def test_right_to_left_words_are_read_as_they_are_spelt(page):
    pdf, _ = laid_over(page, {0: [PlacedWord("שלום", 100, 50, 40, 12)]})
    assert page_texts(pdf)[0].strip() == "שלום"


def test_a_page_without_words_is_not_touched(page):
    assert laid_over(page, {0: []}) == (page, [])
    assert laid_over(page, {}) == (page, [])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.builds(
            PlacedWord,
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
            *[st.floats(-50, 900, width=32)] * 2,
            *[st.floats(0.015625, 900, width=32)] * 2,
        ),
        max_size=4,
    )
)
def test_whatever_was_read_the_page_stays_as_it_was(page, words):
    pdf, _ = laid_over(page, {0: words})
    assert picture(pdf).tobytes() == picture(page).tobytes()
