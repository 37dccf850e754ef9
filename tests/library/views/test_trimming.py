import pytest

from caseapp.library.texts.trimming import Gap
from tests.library.conftest import ARTICLE

START, END = ARTICLE.index("The officer"), ARTICLE.index("\n\nRead more")


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def url(source) -> str:
    return f"/sources/{source.pk}/trim/"


def bounds(source) -> tuple[int, int]:
    return source.capture.article_start, source.capture.article_end


def test_every_paragraph_can_be_the_start_or_the_end(client, url):
    response = client.get(url)
    pieces = response.context["pieces"]
    assert [(piece.head, piece.is_start, piece.is_end) for piece in pieces] == [
        ("Menu | Subscribe", True, False),
        ("The officer was on leave when two men came to his house.", False, False),
        ("His rifle had stayed at the station, as the rule demands.", False, False),
        ("The bill that was to protect his family never came to a vote.", False, False),
        ("Read more: ten recipes", False, True),
    ]
    page = response.content.decode()
    assert page.count('type="radio" name="start"') == page.count('type="radio" name="end"') == 5


def test_what_falls_away_is_shown_before_it_is_saved(client, url, source):
    response = client.post(url, {"do": "show", "start": START, "end": END})
    assert response.status_code == 200
    assert bounds(source) == (0, len(ARTICLE))
    before, after = response.context["before"], response.context["after"]
    assert (before.head, before.paragraphs, before.characters) == ("Menu | Subscribe", 1, START)
    assert (after.head, after.paragraphs, after.characters) == ("Read more: ten recipes", 1, len(ARTICLE) - END)
    assert [piece.is_outside for piece in response.context["pieces"]] == [True, False, False, False, True]
    assert "Not saved yet" in response.content.decode()


def test_the_article_is_saved_and_can_be_taken_back(client, url, source):
    assert client.post(url, {"do": "save", "start": START, "end": END}).url == url
    assert bounds(source) == (START, END)
    assert "Not saved yet" not in client.get(url).content.decode()
    client.post(url, {"do": "whole", "start": START, "end": END})
    assert bounds(source) == (0, len(ARTICLE))


def test_words_say_it_to_the_letter(client, url, source):
    client.post(url, {"do": "save", "first_words": "was on  leave", "last_words": "as the rule"})
    assert source.capture.article == ARTICLE[ARTICLE.index("was on leave") : ARTICLE.index(" demands")]
    pieces = client.get(url).context["pieces"]
    assert [(piece.head, piece.is_outside) for piece in pieces][1:5] == [
        ("The officer ", True),
        ("was on leave when two men came to his house.", False),
        ("His rifle had stayed at the station, as the rule", False),
        (" demands.", True),
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("his", "These words stand at 2 places in the text. Paste more of them, until only one place is meant."),
        ("nowhere", "These words do not stand in the text. Copy them from the text below."),
    ],
)
def test_words_that_say_nothing_are_refused(client, url, source, words, sentence):
    response = client.post(url, {"do": "save", "first_words": words, "end": END})
    assert response.status_code == 422
    assert response.context["form"].errors == {"first_words": [sentence]}
    assert response.context["form"]["first_words"].value() == words
    assert bounds(source) == (0, len(ARTICLE))


def test_an_end_above_the_start_is_refused(client, url, source):
    response = client.post(url, {"do": "save", "start": END, "end": START})
    assert response.status_code == 422
    assert "Between this start and this end stand no words." in response.content.decode()
    assert bounds(source) == (0, len(ARTICLE))


def test_excerpts_that_would_fall_outside_are_named_and_linked(client, url, source, quote):
    excerpt = quote(source.capture, "Menu")
    response = client.post(url, {"do": "save", "start": START, "end": END})
    assert response.status_code == 422
    page = response.content.decode()
    assert "1 excerpt would fall outside the article." in page
    assert f'<a href="/sources/{source.pk}/#excerpt-{excerpt.pk}">“Menu”</a>' in page
    assert f'value="{START}" checked' in page
    assert bounds(source) == (0, len(ARTICLE))


@pytest.mark.parametrize(
    "wish", [{"start": "x"}, {"start": -1}, {"end": 10**30}, {"around": "x"}, {"around": "0"}, {"around": "9" * 30}]
)
def test_nonsense_breaks_nothing(client, url, source, wish):
    assert client.post(url, {"do": "show"} | wish).status_code in (200, 422)
    assert client.post(url, {"do": "save"} | wish).status_code in (302, 422)
    assert client.get(url, wish).status_code == 200
    assert bounds(source) == (0, len(ARTICLE))


def test_a_long_text_is_shown_around_its_marks(client, add):
    source = add("".join(f"Line {number}\n" for number in range(1, 1001)))
    url = f"/sources/{source.pk}/trim/"
    text = source.capture.text
    client.post(url, {"do": "save", "start": text.index("Line 300\n"), "end": text.index("\nLine 701\n")})
    laid = client.get(url, {"around": "500"}).context["pieces"]
    shown = [piece.head for piece in laid if not isinstance(piece, Gap)]
    assert shown[:21] == [f"Line {number}" for number in range(1, 22)]
    assert shown[-21:] == [f"Line {number}" for number in range(980, 1001)]
    for mark in (300, 500, 700):
        assert {f"Line {number}" for number in range(mark - 20, mark + 21)} <= set(shown)
    gaps = [(gap.first, gap.last, gap.count, gap.is_outside) for gap in laid if isinstance(gap, Gap)]
    assert gaps == [
        (22, 279, 258, True),
        (321, 479, 159, False),
        (521, 679, 159, False),
        (721, 979, 259, True),
    ]
