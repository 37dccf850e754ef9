import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.core.cells import disarmed, rearmed


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1",
        "＝1", "＋1", "－1", "＠x", "−1", "|calc", "%x", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_disarmed(cell):
    assert disarmed(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "two men", "1 = 1", "a@b.example", "'quoted'", "12"])
def test_other_words_are_left_as_they_are(cell):
    assert disarmed(cell) == cell


@given(st.text())
def test_what_was_disarmed_comes_back(cell):
    assert rearmed(disarmed(cell)) == cell or cell.startswith("'")
