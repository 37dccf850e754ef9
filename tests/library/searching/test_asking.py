import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.searching.asking import LONGEST, MOST_TERMS, Narrowing, Reading, Term, read_question


def terms(typed):
    return read_question(typed).terms


@pytest.mark.parametrize("typed", ["MS-13", "MS 13", "MS13", '"ms 13"'])
def test_a_name_with_a_number_is_one_thing(typed):
    assert terms(typed) == (Term(("ms", "13")),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("two men", (Term(("two",)), Term(("men",)))),
        ("“two men” came", (Term(("two", "men")), Term(("came",)))),
        ('"two men', (Term(("two", "men")),)),
        ("-police", (Term(("police",), is_excluded=True),)),
        ('-"two men"', (Term(("two", "men"), is_excluded=True),)),
        ("off-duty", (Term(("off", "duty")),)),
        ("gang*", (Term(("gang",), is_prefix=True),)),
        ("killed 2019", (Term(("killed",)), Term(("2019",)))),
        ("gang gang", (Term(("gang",)),)),
        ('- -- "" * : ::', ()),
        ("NEAR(a b) ^c", (Term(("near", "a")), Term(("b",)), Term(("c",)))),
    ],
)
def test_words_phrases_and_what_is_not_wanted(typed, expected):
    assert terms(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("country:SV", Narrowing("country", "SV", False, 0, 10)),
        ("país:SV", Narrowing("country", "SV", False, 0, 7)),
        ("Tema:armas", Narrowing("theme", "armas", False, 0, 10)),
        ('theme:"weapon rules"', Narrowing("theme", "weapon rules", False, 0, 20)),
        ("-theme:law", Narrowing("theme", "law", True, 0, 10)),
        ("después:2019-03", Narrowing("after", "2019-03", False, 0, 15)),
        ("adverse:", Narrowing("adverse", "", False, 0, 8)),
    ],
)
def test_fields_in_english_and_spanish(typed, expected):
    question = read_question(typed)
    assert (question.narrowings, question.terms, question.notices) == ((expected,), (), ())


def test_an_unknown_field_is_looked_for_and_said():
    question = read_question("colour:red")
    assert question.terms == (Term(("colour",)), Term(("red",)))
    assert question.notices == ("“colour:” is no field; it was looked for as a plain word.",)


def test_a_web_address_is_no_field():
    assert read_question("https://herald.example/door").notices == ()


def test_a_field_can_be_taken_out_again():
    question = read_question('two theme:"weapon rules" men')
    assert question.without(question.narrowings[0]) == "two men"


def test_words_are_read_with_the_endings_of_each_language():
    assert Term(("gangs",)).readings == (Reading(("gangs",), False), Reading(("gang",), False))
    assert Reading(("polit",), False) in Term(("politic",), is_prefix=True).readings
    assert Reading(("politic",), True) in Term(("politic",), is_prefix=True).readings


def test_what_is_too_long_is_cut_and_said():
    question = read_question("a1b " * 5000)
    assert len(question.text) <= LONGEST
    assert len(read_question(" ".join(f"w{n}x" for n in range(200))).terms) == MOST_TERMS
    assert question.notices[0] == "Only the first 1,000 characters were looked for."
    phrase = read_question(f'"{"one " * 26}"')
    assert (len(phrase.terms[0].words), phrase.notices) == (
        25,
        ("Of a phrase, only the first 25 words were looked for.",),
    )


@given(
    st.text(alphabet=st.characters(), max_size=200) | st.text(alphabet='-"“”:*^() abNEARtheme\x00\ud800', max_size=60)
)
def test_nothing_that_can_be_typed_is_an_error(typed):
    question = read_question(typed)
    question.text.encode()
    for term in question.terms:
        assert all(form.isascii() and form.isalnum() for reading in term.readings for form in reading.forms)
    for narrowing in question.narrowings:
        assert question.text[narrowing.start : narrowing.end]
