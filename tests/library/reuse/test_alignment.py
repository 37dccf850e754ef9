"""Shared passages of small texts, exactly; and of any texts, what must always hold."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.library.reuse.alignment import Passage, Text, shared_passages
from caseapp.library.reuse.words import words_of

WATCH = "The lighthouse keepers of Port Amelia voted on Sunday to end the night watch after forty years."
BOATS = "Eleven boats were lost near the reef last winter, and the harbour board blamed the fog."


def shared(one: str, other: str) -> list[tuple[str, str, bool]]:
    return [
        (one[p.one_start : p.one_end], other[p.other_start : p.other_end], p.is_verbatim)
        for p in shared_passages(Text.of(one), Text.of(other))
    ]


def test_the_same_words_are_found_amid_others():
    other = f"A letter from the coast.\n\nA clerk said: {WATCH} Nobody objected."
    assert shared(WATCH, other) == [(WATCH[:-1], WATCH[:-1], True)]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(WATCH.replace("Amelia", "Amélia"), id="accents"),
        pytest.param(WATCH.replace("keepers of Port Amelia", "keepers"), id="short omission"),
        pytest.param(WATCH.replace("voted on Sunday", "voted narrowly, and late, on Sunday"), id="inserted words"),
        pytest.param(WATCH.replace("forty", "40"), id="another figure"),
        pytest.param(WATCH.replace("lighthouse keepers", "“lighthouse” keepers’"), id="quotes"),
    ],
)
def test_small_differences_do_not_part_a_passage(told):
    assert len(shared(WATCH, told)) == 1


def test_merged_paragraphs_are_found_one_by_one():
    assert [one for one, _other, _same in shared(f"{WATCH}\n{BOATS}", f"{WATCH} {BOATS}")] == [WATCH[:-1], BOATS[:-1]]


def test_a_paragraph_told_in_other_words_is_found_whole():
    told = "The harbour board put it down to fog: near the reef, 11 boats had been lost during last winter."
    assert shared(BOATS, told) == [(BOATS[:-1], told[:-1], False)]


@pytest.mark.parametrize(
    "other",
    [
        "The harbour board met on Sunday to choose a new clerk after two weeks without one.",
        "Port Amelia has a lighthouse, a market and two schools.",
        "according to the report of the",
        "",
    ],
)
def test_a_topic_alone_is_no_passage(other):
    assert shared(f"{WATCH}\n{BOATS}", other) == []


WORDS = [*words_of(WATCH).forms, *words_of(BOATS).forms]
PARAGRAPHS = st.one_of(
    st.sampled_from([WATCH, BOATS]),
    st.binary(min_size=1, max_size=30).map(lambda numbers: " ".join(WORDS[number % len(WORDS)] for number in numbers)),
)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=5).map("\n".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_what_always_holds(one, other):
    here, there = Text.of(one), Text.of(other)
    passages = shared_passages(here, there)
    assert passages == tuple(sorted(passages))
    assert shared_passages(there, here) == tuple(sorted(passage.mirrored() for passage in passages))
    for passage, later in combinations(passages, 2):
        assert passage.one_end <= later.one_start
        assert passage.other_end <= later.other_start or later.other_end <= passage.other_start
    for passage in passages:
        _stands_in_both(passage, one, other)


def _stands_in_both(passage: Passage, one: str, other: str) -> None:
    assert 0 <= passage.one_start < passage.one_end <= len(one)
    assert 0 <= passage.other_start < passage.other_end <= len(other)
    mine = words_of(one, passage.one_start, passage.one_end).forms
    theirs = words_of(other, passage.other_start, passage.other_end).forms
    if passage.is_verbatim:
        assert (mine[0], mine[-1]) == (theirs[0], theirs[-1])
        assert passage.words <= min(len(mine), len(theirs))
        assert _common_in_order(mine, theirs) >= passage.words
    else:
        assert len(set(mine) & set(theirs)) > 2


def _common_in_order(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    row = [0] * (len(theirs) + 1)
    for word in mine:
        before = 0
        for at, peer in enumerate(theirs, start=1):
            before, row[at] = row[at], before + 1 if word == peer else max(row[at], row[at - 1])
    return row[-1]
