import pytest

from caseapp.library.reuse.words import paragraphs, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Díaz", "Diaz"),
        ("neighbourhoods", "Neighborhoods"),
        ("organised", "organized"),
        ("the U.S. and", "the US and"),
        ("the U.S and", "the United States and"),
        ("Estados Unidos", "US"),
        ("country's", "country’s"),
        ("centre", "center"),
        ("travelled", "traveled"),
        ("40,429", "40.429"),
        ("60,8", "60.8"),
        ("seven officers", "7 officers"),
        ("defence", "defense"),
    ],
)
def test_two_writings_of_the_same_compare_as_one(one, other):
    assert words_of(one).forms == words_of(other).forms


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("MS-13", "MS-18"), ("peso", "pesos"), ("10:30", "1030")])
def test_what_differs_stays_apart(one, other):
    assert words_of(one).forms != words_of(other).forms


def test_words_stand_where_the_text_has_them():
    text = "Ana’s «naïve» plan, 1,250 strong, for the United Nations."
    words = words_of(text)
    assert [text[start:end] for start, end in words.spans] == [
        "Ana’s", "naïve", "plan", "1,250", "strong", "for", "the", "United Nations",
    ]  # fmt: skip


def test_a_line_that_breaks_off_goes_on_in_the_next():
    text = "The officers left\nthe country in May.\nThey wrote home.\n\nnobody answered"
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "The officers left\nthe country in May.",
        "They wrote home.",
        "nobody answered",
    ]
