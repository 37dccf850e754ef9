"""What makes two texts one report, on invented articles that merely share topic, place and people."""

import re

import pytest

from benchmarks.reuse import decoys, families
from caseapp.library.reuse.alignment import Passage, Text
from caseapp.library.reuse.attributions import attributions_of
from caseapp.library.reuse.facts import CommonFacts, common_facts
from caseapp.library.reuse.judging import Judgement, Side, judged
from caseapp.library.reuse.retellings import all_passages
from caseapp.library.reuse.signs import signs_of

FAMILY = families()["05-shelter"]
PLACE = "the village of Dry River in the district of the High Peaks"


def told(
    one: str, other: str, *, publishers: tuple[str, str] = ("One", "Other"), foreign: bool = False
) -> Judgement | None:
    texts = (Text.of(one), Text.of(other))
    signs = tuple(map(signs_of, texts))
    by_words, by_signs = all_passages(*texts)
    shared, translated = (by_words, by_signs) if foreign else (tuple(sorted((*by_words, *by_signs))), ())
    sides = [_side(text, publisher) for text, publisher in zip((one, other), publishers, strict=True)]
    return judged(*sides, shared, translated, [], common_facts(*texts, *signs))


def _side(text: str, publisher: str) -> Side:
    names = (each.name for each in attributions_of(text, 0, len(text), own_names=[publisher]))
    return Side(len(text), publisher, "", tuple(names))


@pytest.mark.parametrize("pair", decoys(), ids=lambda pair: f"{pair.number}-{pair.kind}")
def test_articles_that_merely_share_a_topic_are_not_one_report(pair):
    """Another event, a later report, another paper's own, or the same paragraph on the country or a body."""
    assert told(*pair.texts, foreign=pair.is_foreign) is None


@pytest.mark.parametrize("kind", ["reprint", "paraphrase", "translation"])
def test_another_telling_is_found_without_a_credit(kind):
    assert told(FAMILY["original"], FAMILY[kind], foreign=kind == "translation") is not None


@pytest.mark.parametrize("kind", ["decoy", "rival"])
def test_what_was_written_beside_the_reports_is_none_of_them(kind):
    for family in families().values():
        if kind in family:
            assert told(family["original"], family[kind]) is None


def test_a_credited_quotation_is_found_and_one_without_credit_only_with_its_day_or_with_speech():
    quoted, uncredited = FAMILY["quotation"], FAMILY["quotation"].replace("The Valdoria Gazette reported: ", "")
    publishers = ("The Valdoria Gazette", "Other")
    assert told(FAMILY["original"], quoted, publishers=publishers) is not None
    undated = re.sub(r" on \d+ \w+|\"", "", uncredited)
    assert told(re.sub(r" on \d+ \w+|\"", "", FAMILY["original"]), f"{undated} {undated_more()}") is None


def undated_more() -> str:
    return "Inspectors found 18 faults in 91 lifts and 44 stairs, which will take 16 weeks to mend."


def test_a_name_with_its_place_says_nothing_even_beside_a_credit():
    one = f"A bridge fell in {PLACE}.\n\nNobody was hurt."
    other = f"Bees are kept in {PLACE}, One reported.\n\nHoney is dear this year."
    assert told(one, other, publishers=("One News", "Other")) is None


def test_what_the_whole_library_knows_counts_little():
    text = Text.of("In 12 weeks 417 boats sank.\n\nOn 3 May 918 men were paid 2,411 crowns.")
    signs = signs_of(text)
    alone = common_facts(text, text, signs, signs)
    known = common_facts(text, text, signs, signs, lambda _kind, _value: 60)
    assert (alone.are_of_one_report, known.are_of_one_report) == (True, False)


@pytest.mark.parametrize(
    ("words", "is_found"), [((40, 40, 40), True), ((19,), False), ((60,), False), ((11, 11, 11, 11), False)]
)  # fmt: skip
def test_three_passages_in_the_same_words_are_enough_and_one_of_background_is_not(words, is_found):
    shared = [Passage(at * 400, at * 400 + 200, at * 400, at * 400 + 200, count) for at, count in enumerate(words)]
    sides = Side(4_000, "One"), Side(4_000, "Other")
    assert (judged(*sides, shared, [], [], CommonFacts()) is not None) is is_found


@pytest.mark.parametrize("year", ["", " 2019"])
def test_a_day_without_its_year_is_the_events_own(year):
    text = Text.of(f"On 27 March{year} the law came.")
    signs = signs_of(text)
    assert common_facts(text, text, signs, signs).is_particular(0, len(text.text)) is not bool(year)
