from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseapp.typesetting import blocks as setting
from caseapp.typesetting.blocks import Block, blocks, breakable, chunks

texts = st.text(st.sampled_from("ab é\u0301\u200d\n\r\u2028 \t字"), max_size=400)


def spans(text):
    return [(block.start, block.end) for block in blocks(text)]


def test_paragraphs_come_from_line_ends_without_their_white_space():
    assert [
        ("  one \n\n\ttwo three\r\nfour"[block.start : block.end], block.continues)
        for block in blocks("  one \n\n\ttwo three\r\nfour")
    ] == [("one", False), ("two three", False), ("four", False)]


@given(texts, st.integers(1, 30), st.integers(1, 20))
def test_blocks_hold_every_letter_once_and_in_order(text, longest_block, longest_word):
    whole = setting.LONGEST_BLOCK, setting.LONGEST_WORD
    setting.LONGEST_BLOCK, setting.LONGEST_WORD = max(longest_block, longest_word), longest_word
    try:
        found = spans(text)
    finally:
        setting.LONGEST_BLOCK, setting.LONGEST_WORD = whole
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_a_line_of_any_length_becomes_blocks_that_end_at_spaces():
    text = "lorem ipsum " * 5000
    found = list(blocks(text))
    assert max(block.end - block.start for block in found) <= setting.LONGEST_BLOCK
    assert all(text[block.start : block.end].split()[-1] in {"lorem", "ipsum"} for block in found)
    assert [block.continues for block in found] == [False] + [True] * (len(found) - 1)


def test_an_endless_word_is_cut_between_letters_not_between_a_letter_and_its_mark():
    text = "e\u0301" * 3000
    assert all(text[start] == "e" for start, _ in spans(text))
    assert sum(end - start for start, end in spans(text)) == len(text)


def test_no_block_holds_a_word_longer_than_the_longest():
    text = "short words " + "x" * 10_000 + " and more"
    words = [word for start, end in spans(text) for word in text[start:end].split()]
    assert max(map(len, words)) == setting.LONGEST_WORD
    assert "".join(words) == "".join(text.split())


@given(st.lists(st.integers(1, 6000), max_size=200))
def test_chunks_are_bounded_and_lose_nothing(lengths):
    pieces, start = [], 0
    for length in lengths:
        pieces.append(Block(start, start + length, continues=False))
        start += length
    found = list(chunks(pieces))
    assert [block for chunk in found for block in chunk] == pieces
    assert len(found) >= 1
    assert all(sum(b.end - b.start for b in chunk) <= setting.CHUNK_CHARACTERS for chunk in found)


def test_ordinary_words_are_left_alone():
    pieces = ["Ordinary words, ", "even antidisestablishmentarianism", ", stay."]
    assert breakable(pieces) == pieces


@given(st.lists(st.text(st.sampled_from("abé\u0301 ك"), max_size=80), max_size=5))
def test_breaking_adds_nothing_but_places_to_break(pieces):
    broken = breakable(pieces)
    assert [piece.replace("\u200b", "") for piece in broken] == pieces
    assert all("\u200b\u0301" not in piece and "ك\u200b" not in piece for piece in broken)


def test_an_endless_word_can_break_on_both_sides_of_a_marks_edge():
    first, second = breakable(["x" * 30, "x" * 30])
    assert first.count("\u200b") == 4
    assert second.startswith("\u200bxxxxxx")
