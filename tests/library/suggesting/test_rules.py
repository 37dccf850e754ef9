import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.suggesting.rules import MOST_WORDS, Rule, Span, UnusableRule, read_rule
from caseapp.library.suggesting.stems import stems_of

TEXT = "The off-duty officer was killed, and the police (policía) kept killing files on MS-13."


def found(kind: str, rule: str, text: str = TEXT, language: str = "en") -> list[str]:
    stems = stems_of(text, language)
    return [
        text[stems[first].start : stems[end - 1].end] for first, end in read_rule(kind, rule, language).match(stems)
    ]


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    [
        ("word", "kills", ["killed", "killing"]),
        ("word", "POLICIA", ["policía"]),
        ("word", "murder", []),
        ("phrase", "off duty officers", ["off-duty officer"]),
        ("phrase", "duty off", []),
        ("phrase", "MS13", ["MS-13"]),
        ("pattern", "offi*", ["officer"]),
        ("pattern", "ms 13", ["MS-13"]),
        ("pattern", "off duty near/2 kill*", ["off-duty officer was killed"]),
        ("pattern", "kill* NEAR/2 duty", ["duty officer was killed"]),
        ("pattern", "off duty near/1 kill*", []),
        ("pattern", "kept near/3 polic* near/9 files", ["policía) kept killing files"]),
        ("pattern", "killing near/5 killing", ["killed, and the police (policía) kept killing"] * 2),
    ],
)
def test_a_rule_finds_its_words_whatever_their_case_accents_and_endings(kind, rule, expected):
    assert found(kind, rule) == expected


def test_endings_are_those_of_the_passages_language():
    assert found("word", "amenaza", "Los agentes amenazados", "es") == ["amenazados"]
    assert found("word", "amenaza", "Los agentes amenazados", "en") == []


@pytest.mark.parametrize(
    ("kind", "rule", "sentence"),
    [
        ("word", "two words", "This is more than one word. Choose “Phrase” for words in a row."),
        ("word", " ... ", "There are no words in this rule."),
        ("pattern", "near/5 kill*", "On each side of near/5 there must be words."),
        ("pattern", "off near/51 duty", "Words can be 1 to 50 words apart, as in near/5."),
        ("pattern", "ki*", "An asterisk stands at the end of a word, after at least 3 letters, as in kill*."),
        ("pattern", "k*ll", "An asterisk stands at the end of a word, after at least 3 letters, as in kill*."),
        ("phrase", "a " * 13, "A rule can have up to 12 words."),
    ],
)
def test_a_rule_that_cannot_be_read_says_why(kind, rule, sentence):
    with pytest.raises(UnusableRule) as refusal:
        read_rule(kind, rule, "en")
    assert str(refusal.value) == sentence


@given(st.sampled_from(["word", "phrase", "pattern"]), st.text(max_size=200))
def test_whatever_is_typed_is_a_rule_or_is_refused(kind, text):
    try:
        rule = read_rule(kind, text, "en")
    except UnusableRule:
        return
    assert isinstance(rule, Rule)
    assert sum(map(len, rule.rows)) <= MOST_WORDS


PARTS = st.lists(st.sampled_from(["a", "b", "aaa*", "near/3", "near/50"]), min_size=1, max_size=9).map(" ".join)


@given(PARTS, st.lists(st.sampled_from(["a", "b", "aaab"]), max_size=30).map(" ".join))
def test_what_a_pattern_finds_lies_in_the_passage(pattern, text):
    stems = stems_of(text, "en")
    try:
        spans = read_rule("pattern", pattern, "en").match(stems)
    except UnusableRule:
        return
    assert all(0 <= first < end <= len(stems) for first, end in spans)


FOR_EVER_SECONDS = 60  # every way to pick twelve words out of fifty would take years


def test_no_rule_takes_for_ever_even_where_everything_matches():
    stems = stems_of("a " * 5_000, "en")
    worst = read_rule("pattern", " near/50 ".join("a" * 12), "en")
    started = time.process_time()
    assert worst.match(stems)[0] == Span(0, 12)
    assert time.process_time() - started < FOR_EVER_SECONDS
