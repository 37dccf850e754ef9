"""Words that a line end divides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.intake.pdf.hyphens import MARK, settle

# A document that divides its words: three of them stand whole elsewhere.
DIVIDES = f"govern-{MARK}ment repre-{MARK}sentation con-{MARK}sidered government representation considered "


@pytest.mark.parametrize(
    ("page", "expected", "kept"),
    [
        pytest.param(
            f"the govern-{MARK}ment and a government", "the government and a government", 0, id="whole elsewhere"
        ),
        pytest.param(f"a well-{MARK}known and well-known", "a well-known and well-known", 0, id="compound elsewhere"),
        pytest.param(f"a well-{MARK}known man", "a well-known man", 1, id="nothing known"),
        pytest.param(f"Salva-{MARK}Ruiz", "Salva-Ruiz", 0, id="a name"),
        pytest.param(f"from 12-{MARK}14 March", "from 12-14 March", 0, id="numbers"),
        pytest.param(f"pre-{MARK}and post-war", "pre- and post-war", 0, id="a listing"),
        pytest.param(
            f"in the gov\u2010{MARK}ernment", "in the government", 0, id="a hyphen that only typesetters write"
        ),
        pytest.param(
            f"a well\u2010known gov\u2010{MARK}ernment", "a well\u2010known gov\u2010ernment", 1, id="its own"
        ),
        pytest.param(f"mother-in-{MARK}law", "mother-in-law", 1, id="three parts"),
        pytest.param(f"{DIVIDES} inad-{MARK}missible", None, 0, id="halves that mean nothing"),
        pytest.param(f"{DIVIDES} semi-{MARK}feudal", None, 1, id="a beginning that takes a hyphen"),
        pytest.param(f"{DIVIDES} police-{MARK}issued by the police", None, 1, id="a half that is a word"),
        pytest.param(f"at gnu.org/why-{MARK}not", "at gnu.org/why-not", 0, id="an address"),
        pytest.param(f"{DIVIDES} why-oblig-{MARK}ations", None, 1, id="a compound of its own"),
        pytest.param(f"ends with a hyphen-{MARK}", "ends with a hyphen-", 0, id="nothing after"),
    ],
)
def test_a_divided_word_is_joined_only_when_sure(page, expected, kept):
    settled = settle([page])
    if expected is None:
        divided = page.removeprefix(DIVIDES).strip()
        expected = "government representation considered government representation considered  " + (
            divided.replace(MARK, "") if kept else divided.replace(f"-{MARK}", "")
        )
    assert settled.pages == [expected]
    assert settled.kept == kept


def test_what_another_page_prints_whole_counts():
    assert settle([f"the govern-{MARK}ment", "no government"]).pages == ["the government", "no government"]


@given(st.lists(st.text(st.sampled_from(f"ab-\u2010 {MARK}A1é"), max_size=40), max_size=4))
def test_nothing_but_marks_hyphens_and_spaces_is_ever_changed(pages):
    settled = settle(pages)
    bare = [page.translate({ord(letter): None for letter in f"-\u2010 {MARK}"}) for page in pages]
    assert [page.translate({ord(letter): None for letter in "-\u2010 "}) for page in settled.pages] == bare
