import pytest
from django.contrib.messages import get_messages

from caseapp.library.models import Excerpt, Suggestion, ThemeLearning, ThemeRule
from caseapp.library.services.definitions import add_rule
from tests.library.conftest import NOW
from tests.library.themes.test_proposals import REPORT, tagged  # noqa: F401

RIFLES = "Agents hand in their rifles at the end of a shift."
IN_PLACE = {"HX-Request": "true"}


def sentences(response) -> list[str]:
    """Without the button that undoes it."""
    return [str(message).split("\n")[0].strip() for message in get_messages(response.wsgi_request)]


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def rule(weapons) -> ThemeRule:
    return add_rule(by=None, theme=weapons, kind="word", text="rifle", now=NOW)


@pytest.fixture
def report(add):
    return add(REPORT, title="A report")


def answer(report, theme, words: str = RIFLES, **fields) -> dict[str, object]:
    start = REPORT.index(words)
    place = {"capture": report.capture.pk, "start": start, "end": start + len(words), "theme": theme.pk}
    return place | {"answer": "accepted"} | fields


def test_a_source_shows_what_is_suggested_for_it(client, report, rule):
    page = client.get(f"/sources/{report.pk}/suggestions/").content.decode()
    assert '<mark class="reason">rifles</mark>' in page
    assert "Rule “rifle”" in page
    assert "<html" not in client.get(f"/sources/{report.pk}/suggestions/", headers=IN_PLACE).content.decode()


def test_a_source_in_which_nothing_fits_says_so(client, report):
    page = " ".join(client.get(f"/sources/{report.pk}/suggestions/?after=x").content.decode().split())
    assert "Nothing is suggested in the 4 passages looked at." in page


def test_the_library_wide_table_is_narrowed_by_theme(client, report, quote, rule, killings):
    quote(report.capture, RIFLES, killings)
    page = client.get("/suggestions/").content.decode()
    assert "Off-duty killings" in page
    assert f'href="/sources/{report.pk}/#excerpt-' in page
    assert f'name="chosen" value="{report.capture.pk}-' in page
    assert "Nothing is suggested here" in client.get(f"/suggestions/?theme={killings.pk}").content.decode()
    paragraphs = client.get(f"/suggestions/?theme={rule.theme_id}&among=paragraphs&status=nonsense").content.decode()
    assert "Rule “rifle”" in paragraphs


def test_accepting_tags_and_refusing_is_remembered(client, report, rule, weapons):
    response = client.post("/suggestions/answer/", answer(report, weapons, next="/themes/"))
    assert (response.url, sentences(response)) == ("/themes/", ["Accepted: tagged “Weapon rules”."])
    assert Excerpt.objects.get().quote == RIFLES
    other = answer(report, weapons, "Gunmen killed", answer="refused", next="https://elsewhere.example/")
    assert client.post("/suggestions/answer/", other).url == "/suggestions/"
    accepted = client.get("/suggestions/?status=accepted").content.decode()
    assert "“rifle”" in accepted
    refused = client.get("/suggestions/?status=refused").content.decode()
    assert "Gunmen killed" in refused
    client.post(f"/suggestions/{Suggestion.objects.get(answer='refused').pk}/reopen/")
    assert Suggestion.objects.count() == 1


def test_in_place_the_row_says_what_became_of_it(client, report, rule, weapons):
    sent = answer(report, weapons, shape="row", key="k")
    page = client.post("/suggestions/answer/", sent, headers=IN_PLACE).content.decode()
    assert page.lstrip().startswith("<tr")
    assert "Accepted: tagged “Weapon rules”." in page
    gone = client.post("/suggestions/answer/", sent | {"theme": 10**9}, headers=IN_PLACE)
    assert gone.status_code == 422
    assert "This suggestion no longer stands." in gone.content.decode()


def test_what_cannot_be_quoted_says_why(client, report, weapons):
    sent = answer(report, weapons) | {"start": 10**6, "end": 10**6 + 1}
    assert sentences(client.post("/suggestions/answer/", sent)) != []
    assert not Excerpt.objects.exists()


def test_those_ticked_are_accepted_at_once(client, report, rule, weapons, killings):
    start = REPORT.index(RIFLES)
    keys = [f"{report.capture.pk}-{start}-{start + len(RIFLES)}-{theme.pk}" for theme in (weapons, killings)]
    response = client.post("/suggestions/accept/", {"chosen": [*keys, "nonsense", "1-2-3-4"]})
    assert sentences(response) == ["1 was accepted."]
    assert list(Excerpt.objects.get().themes.all()) == [weapons]


def test_chips_stand_beside_a_selection(client, report, rule, weapons):
    start = REPORT.index(RIFLES)
    page = client.get(f"/sources/{report.pk}/excerpts/suggest/?start={start}&end={start + 40}").content.decode()
    assert f'data-suggested="{weapons.pk}"' in page
    assert client.get(f"/sources/{report.pk}/excerpts/suggest/?start=x").content.strip() == b""


def test_the_office_sees_how_good_the_suggestions_are(client, tagged, killings, django_assert_num_queries):  # noqa: F811
    Suggestion.objects.create(capture=tagged.capture, start=0, end=3, theme=killings, answer="refused")
    page = client.get("/suggestions/quality/").content.decode()
    assert "too few passages to tell" in page
    with django_assert_num_queries(5):
        quality = client.get("/suggestions/quality/").context["quality"]
    assert [(one.theme.slug, one.passages, one.refused) for one in quality] == [
        ("off-duty-killings", 5, 1),
        ("unpassed-protection-law", 0, 0),
        ("weapon-rules", 0, 0),
    ]


def test_the_office_sees_how_many_it_was_right_about_and_how_many_it_found(client, tagged, killings):  # noqa: F811
    trial = {"tried": 20, "first": 15, "among_three": 18, "shown": {str(killings.pk): 3}}
    ThemeLearning.objects.filter(theme=killings).update(trial=trial)
    page = client.get("/suggestions/quality/").text
    for label, words in (("Right when suggested unasked", "3 of 3"), ("Found unasked", "3 of 20")):
        assert f'data-label="{label}">{words}</td>' in page


def test_before_anything_was_learned_the_page_says_so(client, killings):
    assert "Nothing has been learned yet" in client.get("/suggestions/quality/").content.decode()
