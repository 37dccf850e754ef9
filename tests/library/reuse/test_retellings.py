"""Figures, names and dates, and what is told by them."""

import pytest

from caseapp.library.reuse.alignment import Text
from caseapp.library.reuse.differences import side_by_side
from caseapp.library.reuse.fingerprints import RUN, WINDOW, of_words
from caseapp.library.reuse.retellings import all_passages
from caseapp.library.reuse.signs import signs_of

ENGLISH = """The inspectors counted 1,412 nights without relief, and on 3 February Inês Kalder left the eastern lamp.

The board will pay 2.5 million crowns, which the treasurer Aurelio Prat called too much."""
SPANISH = """Los inspectores contaron 1.412 noches sin relevo, y el 3 de febrero Inês Kalder dejó el faro oriental.

La junta pagará 2,5 millones de coronas, lo que el tesorero Aurelio Prat calificó de excesivo."""


def signs(text: str) -> set[tuple[str, str]]:
    return {(sign.kind, sign.value) for sign in signs_of(Text.of(text))}


@pytest.mark.parametrize("odd", ["²", "②", "9" * 5_000])
def test_what_looks_like_a_number_and_is_none_is_no_date(odd):
    assert {kind for kind, _value in signs(f"They left on 4 March {odd} and in March {odd} million.")} <= {
        "date",
        "figure",
    }
    assert ("date", "03-04") in signs(f"They left on 4 March {odd}.")


def test_figures_names_and_dates_are_the_same_in_two_languages():
    assert (
        signs(ENGLISH)
        == signs(SPANISH)
        >= {
            ("figure", "1412"),
            ("figure", "2500000"),
            ("date", "02-03"),
            ("name", "ines kalder"),
            ("name", "aurelio prat"),
        }
    )


@pytest.mark.parametrize("text", ["ALL IS LOST IN THE STORM", "Nobody came. Everybody slept.", "in 2019 and 1998"])
def test_headlines_first_words_and_years_are_no_signs(text):
    assert signs(text) == set()


def test_a_translation_is_paired_paragraph_by_paragraph():
    by_words, by_signs = all_passages(Text.of(ENGLISH), Text.of(SPANISH))
    assert by_words == ()
    assert [ENGLISH[one.one_start : one.one_end].split()[1] for one in by_signs] == ["inspectors", "board"]
    assert [SPANISH[one.other_start : one.other_end].split()[1] for one in by_signs] == ["inspectores", "junta"]


def test_the_same_people_in_another_story_are_not():
    other = "Inês Kalder and Aurelio Prat opened the regatta together on the last day of March."
    assert all_passages(Text.of(ENGLISH), Text.of(other)) == ((), ())


def test_texts_that_share_enough_words_in_a_row_share_a_fingerprint():
    shared = [f"shared{number}" for number in range(RUN + WINDOW - 1)]
    for before in range(20):
        one = [f"a{number}" for number in range(before)] + shared + ["a", "b", "c"]
        other = ["x", "y"] + shared + [f"z{number}" for number in range(20 - before)]
        assert of_words(one) & of_words(other)


def test_the_index_is_a_fraction_of_the_text():
    forms = [f"w{number * number % 997}" for number in range(10_000)]
    assert len(of_words(forms)) < 0.25 * len(forms)


def test_differences_are_cut_by_words_and_lose_nothing():
    one, other = "said Mr Díaz, in “fear” of it", 'said Mr Diaz, in "fear" of her'
    mine, theirs = side_by_side(one, other)
    assert ("".join(piece.text for piece in mine), "".join(piece.text for piece in theirs)) == (one, other)
    assert [piece.text for piece in mine if piece.differs] == ["Díaz", "it"]
    assert [piece.text for piece in theirs if piece.differs] == ["Diaz", "her"]
