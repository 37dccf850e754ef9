import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.suggesting.learning import LEAST_PASSAGES, MOST_WORDS, Learned, Lesson, wording
from caseapp.library.suggesting.stems import Stem, stems_of

KILLINGS, RULES, FEW = 1, 2, 3
OF = {
    KILLINGS: [
        "The sergeant was shot at home while on leave.",
        "Gunmen killed the off-duty officer at his house.",
        "An officer on leave was murdered in his home.",
        "The off-duty agent was killed before his family.",
        "Officers are killed on their free days, at home.",
    ],
    RULES: [
        "Agents hand in their pistols at the armoury.",
        "The order forbids officers to carry rifles.",
        "Nobody may take a service weapon out of the armoury.",
        "Permission to carry a pistol was refused.",
        "The armoury keeps every weapon after the shift.",
    ],
    FEW: ["The bill never came to a vote.", "The committee shelved the bill."],
}


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def stems(text: str) -> list[Stem]:
    return stems_of(text, "en")


@pytest.fixture
def learned() -> Learned:
    return Learned({theme: Lesson.of(map(stems, texts)) for theme, texts in OF.items()})


def test_the_nearest_theme_comes_first_with_the_words_that_brought_it(learned):
    nearest = learned.near(stems("He carried his pistol home from the armoury."))[0]
    assert nearest.theme == RULES
    assert set(nearest.reasons) == {"armouri", "pistol", "carri"}
    assert 0 < nearest.score < 1


def test_a_theme_is_suggested_from_five_passages_on(learned):
    assert LEAST_PASSAGES == 5
    assert learned.near(stems("The committee shelved the bill without a vote.")) == []


def test_one_word_in_common_is_no_reason(learned):
    assert learned.near(stems("The pistol gave the starting signal of the race.")) == []


def test_what_is_suggested_unasked_must_be_clear(learned):
    clear = learned.sure(stems("Gunmen killed an off-duty officer."))
    assert clear is not None
    assert clear.theme == KILLINGS
    assert learned.sure(stems("The officer carried his pistol home on leave.")) is None
    assert learned.sure(stems("Gunmen killed an off-duty officer."), besides={KILLINGS}) is None
    assert learned.sure(stems("The coffee harvest was good this year.")) is None


def test_beside_a_selected_passage_more_is_shown(learned):
    beside = learned.beside(stems("The officer carried his pistol home on leave."))
    assert {one.theme for one in beside} == {KILLINGS, RULES}


def test_a_lesson_can_be_tried_in_the_place_of_another(learned):
    stems_asked = stems("He carried his pistol home from the armoury.")
    assert learned.with_another(RULES, Lesson()).near(stems_asked) == [
        one for one in learned.near(stems_asked) if one.theme != RULES
    ]
    same = learned.with_another(RULES, learned.lessons[RULES]).near(stems_asked)
    assert [one.theme for one in same] == [one.theme for one in learned.near(stems_asked)]
    assert same[0].score == pytest.approx(learned.near(stems_asked)[0].score)


def test_the_very_same_wording_is_known_whatever_its_marks_and_case(learned):
    assert learned.themes_with(stems("THE BILL NEVER CAME TO A VOTE!")) == [FEW]
    assert learned.themes_with(stems("The bill came to a vote.")) == []
    assert wording(stems("Díaz’s")) == wording(stems("DIAZ'S"))


def test_a_definition_teaches_too_but_does_not_count():
    lesson = Lesson.of([stems("The bill was shelved.")], definition=stems("A law that was never passed"))
    assert lesson.passages == 1
    assert {"bill", "law"} <= lesson.counts.keys()
    assert lesson.wordings == {wording(stems("The bill was shelved."))}


def test_a_lesson_is_stored_and_read_back():
    lesson = Lesson.of(map(stems, OF[RULES]))
    stored = json.loads(json.dumps(lesson.stored()))
    assert Lesson.read(stored).stored() == stored
    assert Lesson.read({}) == Lesson()


def test_a_lesson_keeps_the_heaviest_words():
    lesson = Lesson.of([stems(" ".join(f"{a}{letter}{b}" for a in LETTERS for b in LETTERS)) for letter in "abc"])
    assert len(lesson.weights) == len(lesson.counts) == MOST_WORDS


WORDS = st.sampled_from([text for texts in OF.values() for text in texts] + ["", "home", "killed killed at home"])


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS)
def test_a_passage_that_is_left_out_leaves_nothing_behind(texts, left_out):
    whole = Lesson.of([*map(stems, texts), stems(left_out)]).without(stems(left_out))
    rest = Lesson.of(map(stems, texts))
    assert (whole.passages, whole.counts) == (rest.passages, rest.counts)
    assert whole.weights == pytest.approx(rest.weights)


@given(WORDS)
def test_nearness_is_a_share(text):
    learned = Learned({theme: Lesson.of(map(stems, texts)) for theme, texts in OF.items()})
    assert all(0 < near.score <= 1.000001 for near in learned.near(stems(text)))
