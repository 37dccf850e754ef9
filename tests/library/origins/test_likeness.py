import random

from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.origins.likeness import ALIKE, KEPT, alike, share, sketch

WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrst"), max_size=120).map(" ".join)


def prose(seed: int, words: int) -> str:
    source = random.Random(seed)
    return " ".join(f"w{source.randrange(5000)}" for _ in range(words))


@given(WORDS, WORDS)
def test_likeness_goes_both_ways_and_stays_between_nothing_and_all(one, other):
    found = share(sketch(one), sketch(other))
    assert found == share(sketch(other), sketch(one))
    assert 0 <= found <= 1


def test_a_text_is_wholly_like_itself_whatever_its_case_and_punctuation():
    text = prose(1, 60)
    assert share(sketch(text), sketch(text.upper().replace(" ", ",  "))) == 1


def test_texts_without_a_run_of_words_in_common_are_not_alike():
    assert share(sketch(prose(1, 400)), sketch(prose(2, 400))) == 0


def test_a_reprint_with_another_beginning_is_found_and_how_much_of_it():
    article = prose(1, 900)
    reprint = f"{prose(2, 100)} {article[: len(article) * 2 // 3]}"
    (found,) = alike({"a": sketch(article), "b": sketch(prose(3, 800)), "c": sketch(reprint)})
    assert (found.one, found.other) == ("a", "c")
    assert 0.8 < found.share < 0.95


def test_a_text_of_any_length_is_kept_in_a_small_sketch_that_still_tells():
    book = prose(4, 60_000)
    assert len(sketch(book).hashes) == KEPT
    assert 0.9 < share(sketch(book), sketch(f"{prose(5, 6_000)} {book}")) <= 1
    assert share(sketch(book), sketch(prose(6, 60_000))) < 0.05


def test_two_short_notes_that_share_a_phrase_are_no_repetition():
    phrase = "no patrol came until morning"
    assert alike({"a": sketch(phrase), "b": sketch(f"Neighbours said that {phrase}.")}) == []
    assert ALIKE > 0
