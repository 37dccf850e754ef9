"""The doors to a PDF's words and to the marks on its pages, with real child processes behind them."""

import pypdfium2
import pytest

from caseapp.intake import Passage, Unusable, mark_passages, read_words
from caseapp.intake.report import Notice
from caseapp.intake.sentences import notice_sentence
from tests.intake.pdf.papers import by_hand, lines_at


@pytest.fixture(autouse=True)
def _rooms(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(by_hand(lines_at(40, 250, ["The words of a page."]), pages=2))
    return path


def test_words_are_read_and_passages_marked(paper, tmp_path):
    words = read_words(paper)
    assert words.text == "The words of a page.\n\nThe words of a page."
    assert words.pages == ((0, 20, ""), (22, 42, ""))
    assert words.notices == ()

    out = tmp_path / "marked.pdf"
    [spots] = mark_passages(
        paper, text=words.text, pages=words.pages, passages=[Passage(26, 31, ("#b3432b",))], out=out
    )
    assert [(spot.page, round(spot.left), round(spot.right)) for spot in spots] == [(2, 66, 99)]
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == 2


def test_a_passage_that_is_not_there_is_refused_in_words(paper, tmp_path):
    out = tmp_path / "marked.pdf"
    with pytest.raises(Unusable, match=r"letter for letter, on page 1 of the PDF") as refused:
        mark_passages(paper, text="Other words", pages=[(0, 11, "")], passages=[Passage(0, 5)], out=out)
    assert refused.value.code == "passage-not-on-page"
    assert not out.exists()


def test_what_is_no_pdf_is_refused(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(Unusable):
        read_words(path)


@pytest.mark.parametrize(
    ("notice", "begins"),
    [
        (Notice("unknown-characters", 1, ("3",)), "1 sign on these pages stands"),
        (Notice("unknown-characters", 1200, ("3", "5–7")), "1,200 signs on these pages stand"),
        (Notice("hyphens-kept", 2), "2 words are divided"),
    ],
)
def test_what_was_noticed_is_said(notice, begins):
    assert notice_sentence(notice).startswith(begins)
