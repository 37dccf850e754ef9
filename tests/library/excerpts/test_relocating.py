import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.excerpts.anchors import make_anchor
from caseapp.library.excerpts.relocating import NewerText, Standing

TEXT = (
    "Officers fear to go home.\n\nThe bill never came to a vote, said the union.\n\n"
    "His rifle stayed at the post, as the rules demand.\n\nHe was off duty. He was off duty."
)


@pytest.mark.parametrize(
    ("quote", "standing", "count", "words"),
    [
        ("The bill never came to a vote", Standing.REFRAMED, 1, ["The bill never came to a vote"]),
        ("The  bill never came", Standing.MOVED, 1, ["The bill never came"]),
        ("He was off duty.", Standing.AMBIGUOUS, 2, ["He was off duty.", "He was off duty."]),
        (
            "His rifle had stayed at the station, as the rule demands",
            Standing.LOST,
            0,
            ["His rifle stayed at the post, as the rules demand"],
        ),
        ("Officers go home", Standing.LOST, 0, ["Officers fear to go home"]),
        ("Three women crossed the river by boat", Standing.LOST, 0, []),
        ("Zebra " * 1000, Standing.LOST, 0, []),
    ],
)
def test_how_a_passage_stands_in_a_newer_text(quote, standing, count, words):
    found = NewerText(TEXT).relocate(quote, "", "")
    assert (found.standing, found.count, [place.words for place in found.places]) == (standing, count, words)


def test_what_stood_around_it_decides_between_two_places():
    start = TEXT.rindex("He was off duty.")
    anchor = make_anchor(TEXT, start, len(TEXT))
    found = NewerText(f"Photo: Herald.\n\n{TEXT}").relocate(anchor.quote, anchor.prefix, anchor.suffix)
    assert (found.standing, found.places[0].start) == (Standing.EXACT, start + 16)


def test_the_same_words_that_something_else_stands_around_are_no_exact_finding():
    quote = "The bill never came to a vote"
    anchor = make_anchor(TEXT, TEXT.index(quote), TEXT.index(quote) + len(quote))
    newer = f"Correction: an earlier version said “{quote}.” That was wrong."
    found = NewerText(newer).relocate(anchor.quote, anchor.prefix, anchor.suffix)
    assert (found.standing, [place.words for place in found.places]) == (Standing.REFRAMED, [quote])


@given(st.text(max_size=80), st.text(min_size=1, max_size=30).filter(lambda quote: any(map(str.isalnum, quote))))
def test_every_place_is_one_of_the_text(text, quote):
    for place in NewerText(text).relocate(quote, "", "").places:
        assert text[place.start : place.end] == place.words
        assert place.words == place.words.strip()
        assert text[: place.start].endswith(place.before)
        assert text[place.end :].startswith(place.after)
