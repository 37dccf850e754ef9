"""The screens on which evidence is chosen, explained and sorted."""

import re

import pytest
from django.urls import reverse

from caseapp.cases.models import Case
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence, change_why, remove_evidence
from caseapp.library.models import Origin, Source, Theme
from tests.packets.making import add_article, mark

IN_PLACE = {"HX-Request": "true"}


def quotes(case: Case) -> list[str]:
    return [item.excerpt.quote for item in case.evidence.all()]


def ids(case: Case) -> list[int]:
    return [item.pk for item in case.evidence.all()]


FIRST, SECOND, THIRD = "Two men came to his house.", "No patrol came until morning.", "The bill lapsed again."


@pytest.fixture
def picker(as_person, case, caseworker):
    """picker(q="…") → the quotes that the picker shows."""

    def look(**search: object) -> list[str]:
        response = as_person(caseworker).get(reverse("evidence_add", args=[case.pk]), search)
        assert response.status_code == 200
        return sorted(row.excerpt.quote for row in response.context["found"].rows)

    return look


def test_the_picker_finds_as_the_library_does(picker, excerpts, gazette):
    assert picker() == sorted([FIRST, SECOND, THIRD])
    assert picker(q="PATROL") == [SECOND]
    assert picker(q='"came to"') == [FIRST]
    assert picker(q="house theme:off-duty-killings") == [FIRST]
    assert picker(q="came -house") == [SECOND]
    assert picker(theme="off-duty-killings", q="100%") == []
    assert picker(adverse="yes") == [THIRD]
    assert picker(source=gazette.pk) == [THIRD]
    assert picker(source="9" * 30, q="came\x00") == sorted([FIRST, SECOND])


def test_the_picker_says_which_passages_are_of_one_report(as_person, case, caseworker, excerpts, gazette):
    Source.objects.update(origin=Origin.objects.create(name="Sample Agency"))
    page = as_person(caseworker).get(reverse("evidence_add", args=[case.pk]), {"q": "", "open": "theme"}).text
    assert re.search(r"3 passages ·\s+2 sources\s*, 1 independent", page)
    assert page.count("same report as 1 other source here") == 3
    assert "?origin=" not in page
    assert "<span>Passages</span> <span>Origins</span>" in page


def test_the_country_of_the_case_is_chosen_until_somebody_takes_it_away(picker, as_person, case, caseworker, gazette):
    mark(gazette, "Weapons stay in the barracks.")
    elsewhere = mark(add_article("Another land", "They fled.", country="HN"), "They fled.")
    here = mark(add_article("This land", "They stayed.", country="SV"), "They stayed.")
    assert picker() == [here.quote]
    url = reverse("evidence_add", args=[case.pk])
    away = as_person(caseworker).post(url, {"to": url, "excerpts": [here.pk]})
    assert away.url == f"{url}?on=1&excerpts={here.pk}"
    assert elsewhere.quote in as_person(caseworker).get(away.url).content.decode()


def test_what_is_ticked_stays_ticked_while_one_looks_on(as_person, case, caseworker, excerpts):
    client, url = as_person(caseworker), reverse("evidence_add", args=[case.pk])
    first, second, _third = excerpts
    looked = client.post(url, {"list": "theme=off-duty-killings", "q": "patrol", "search": "1", "excerpts": [first.pk]})
    assert looked.url == f"{url}?q=patrol&theme=off-duty-killings&on=1&excerpts={first.pk}"
    page = client.get(looked.url).content.decode()
    assert f'name="excerpts" value="{first.pk}" data-elsewhere' in page
    assert "1 passage is ticked that is not on this page." in page
    opened = client.post(url, {"to": "?q=patrol&open=theme", "excerpts": [first.pk, second.pk]})
    page = client.get(opened.url).content.decode()
    assert "facet-option" in page
    assert f'value="{second.pk}" id="excerpt-{second.pk}" checked' in page


def test_the_picker_says_what_is_in_the_case_and_what_is_old(as_person, case, caseworker, excerpts):
    add_evidence(by=caseworker, case=case, excerpts=excerpts[:1])
    Theme.objects.filter(slug="off-duty-killings").update(stale_after_months=24)
    page = as_person(caseworker).get(reverse("evidence_add", args=[case.pk])).content.decode()
    assert page.count("in the case already") == 1
    assert page.count("than the 24 months that") == 2
    assert page.count('rel="noreferrer"') == 3


def test_ticked_passages_are_added_with_their_reason(as_person, case, caseworker, excerpts):
    data = {"excerpts": [excerpts[0].pk, excerpts[2].pk], "why": "On leave.\r\nTwice."}
    response = as_person(caseworker).post(reverse("evidence_add", args=[case.pk]), data)
    assert (response.status_code, response.url) == (302, reverse("case_evidence", args=[case.pk]))
    assert [(item.excerpt.quote, item.why) for item in case.evidence.all()] == [
        (FIRST, "On leave.\nTwice."),
        (THIRD, "On leave.\nTwice."),
    ]


def test_passages_of_one_source_are_added_as_they_stand_in_its_text(as_person, case, caseworker, excerpts):
    """The list shows the newest first."""
    shown = [excerpts[2], excerpts[1], excerpts[0]]
    as_person(caseworker).post(reverse("evidence_add", args=[case.pk]), {"excerpts": [one.pk for one in shown]})
    assert [item.excerpt for item in case.evidence.order_by("position")] == [excerpts[2], excerpts[0], excerpts[1]]


def test_one_may_look_for_more_with_the_same_search(as_person, case, caseworker, excerpts):
    url = reverse("evidence_add", args=[case.pk])
    sent = {"list": "q=patrol", "excerpts": [excerpts[1].pk], "more": "yes"}
    response = as_person(caseworker).post(url, sent)
    assert response.url == f"{url}?q=patrol&on=1"
    assert quotes(case) == [SECOND]


def test_nothing_ticked_is_said_and_the_reason_kept(as_person, case, caseworker, excerpts):
    response = as_person(caseworker).post(reverse("evidence_add", args=[case.pk]), {"why": "Kept."})
    assert response.status_code == 422
    assert "Tick at least one passage." in response.content.decode()
    assert ">Kept.</textarea>" in response.content.decode()


def test_one_that_is_gone_adds_none(as_person, case, caseworker, excerpts):
    response = as_person(caseworker).post(
        reverse("evidence_add", args=[case.pk]), {"excerpts": [excerpts[0].pk, 999999]}
    )
    assert response.status_code == 422
    assert quotes(case) == []
    assert f'value="{excerpts[0].pk}" id="excerpt-{excerpts[0].pk}" checked' in response.content.decode()


def test_the_list_shows_everything_about_a_passage(as_person, case, evidence, lawyer):
    body = as_person(lawyer).get(reverse("case_evidence", args=[case.pk])).content.decode()
    for words in (FIRST, "Officers killed at home", "4 Mar 2019", "Off-duty killings", "cuts against us"):
        assert words in body
    assert body.count("He was on leave too.") == 3


def test_the_list_takes_the_same_queries_for_any_length(as_person, case, evidence, lawyer, count_queries):
    client = as_person(lawyer)
    client.get(reverse("case_evidence", args=[case.pk]))
    short = count_queries(client, reverse("case_evidence", args=[case.pk]))
    more = [mark(add_article(f"Article {n}", "Some words here."), "Some words", "weapon-rules") for n in range(5)]
    add_evidence(by=lawyer, case=case, excerpts=more)
    assert count_queries(client, reverse("case_evidence", args=[case.pk])) == short


def test_the_picker_takes_the_same_queries_for_any_length(as_person, case, excerpts, lawyer, count_queries):
    client, url = as_person(lawyer), reverse("evidence_add", args=[case.pk])
    client.get(url)
    short = count_queries(client, url)
    for number in range(5):
        mark(add_article(f"Article {number}", "Some words here."), "Some words", "weapon-rules")
    assert count_queries(client, url) == short


@pytest.fixture
def why_url(case, evidence) -> str:
    return reverse("evidence_why", args=[case.pk, evidence[0].pk])


def test_a_reason_is_changed_on_its_own_page(as_person, case, evidence, lawyer, why_url):
    client = as_person(lawyer)
    assert "<title>Why it is here" in client.get(why_url).content.decode()
    response = client.post(why_url, {"why": "New\r\nreason.", "was": "He was on leave too."})
    assert (response.status_code, response.url) == (302, reverse("case_evidence", args=[case.pk]))
    evidence[0].refresh_from_db()
    assert evidence[0].why == "New\nreason."


def test_a_reason_is_changed_in_place(as_person, evidence, lawyer, why_url):
    client = as_person(lawyer)
    form = client.get(why_url, headers=IN_PLACE).content.decode()
    assert "<html" not in form
    assert '<input type="hidden" name="was" value="He was on leave too.">' in form
    done = client.post(why_url, {"why": "New.", "was": "He was on leave too."}, headers=IN_PLACE).content.decode()
    assert '<div class="why-words breakable">New.</div>' in done
    assert "<form" not in done


@pytest.mark.parametrize("headers", [{}, IN_PLACE])
def test_a_reason_that_somebody_else_changed_is_shown_beside_ones_own(
    as_person, evidence, lawyer, caseworker, why_url, headers
):
    change_why(by=caseworker, evidence=evidence[0], why="Theirs.", was="He was on leave too.")
    client = as_person(lawyer)
    response = client.post(why_url, {"why": "Mine.", "was": "He was on leave too."}, headers=headers)
    body = response.content.decode()
    assert response.status_code == 409
    assert "so yours was not saved" in body
    assert ">Mine.</textarea>" in body
    assert '<input type="hidden" name="was" value="Theirs.">' in body


def test_a_reason_that_is_too_long_is_kept_and_refused(as_person, evidence, lawyer, why_url):
    response = as_person(lawyer).post(why_url, {"why": "x" * 1001, "was": "He was on leave too."})
    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()
    assert '<input type="hidden" name="was" value="He was on leave too.">' in response.content.decode()


@pytest.fixture
def move(as_person, case, evidence, lawyer):
    def move(headers=None, **data: object):
        return as_person(lawyer).post(reverse("evidence_move", args=[case.pk]), data, headers=headers or {})

    return move


def test_the_arrows_move_by_one_without_scripts(case, move):
    first, second, third = ids(case)
    response = move(seen=[first, second, third], down=first)
    assert (response.status_code, response.url) == (302, reverse("case_evidence", args=[case.pk]))
    assert ids(case) == [second, first, third]
    move(seen=[second, first, third], up=third)
    assert ids(case) == [second, third, first]


def test_dragging_answers_with_the_list_in_its_new_order(case, move):
    first, second, third = ids(case)
    response = move(IN_PLACE, seen=[first, second, third], order=[third, first, second])
    assert response.status_code == 200
    assert ids(case) == [third, first, second]
    assert [row.item.pk for row in response.context["rows"]] == [third, first, second]
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("headers", [None, IN_PLACE])
def test_a_stale_list_moves_nothing_and_shows_how_it_stands(case, evidence, move, caseworker, headers):
    first, second, third = ids(case)
    remove_evidence(by=caseworker, evidence=evidence[1])
    response = move(headers, seen=[first, second, third], order=[third, second, first])
    assert response.status_code == 409
    assert ids(case) == [first, third]
    assert [row.item.pk for row in response.context["rows"]] == [first, third]
    assert "nothing was moved" in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [{}, {"seen": "x"}, {"seen": ["1", "²"]}, {"seen": "1", "up": "x"}, {"seen": "9" * 30}, {"seen": "1", "up": "999"}],
)
def test_a_list_that_makes_no_sense_moves_nothing(case, move, data):
    before = ids(case)
    assert move(**data).status_code == 409
    assert ids(case) == before


def test_evidence_is_taken_out_after_a_question(as_person, case, evidence, lawyer):
    client, url = as_person(lawyer), reverse("evidence_remove", args=[case.pk, evidence[1].pk])
    assert "The reason you wrote goes with it:" in client.get(url).content.decode()
    assert quotes(case) == [FIRST, SECOND, THIRD]
    assert client.post(url).status_code == 302
    assert quotes(case) == [FIRST, THIRD]


def test_evidence_of_another_case_is_not_found(as_person, case, evidence, lawyer, stranger):
    other = open_case(by=lawyer, details=CaseDetails(reference="OTHER", client_name="C"))
    url = reverse("evidence_remove", args=[other.pk, evidence[0].pk])
    assert as_person(lawyer).post(url).status_code == 404
    assert quotes(case) == [FIRST, SECOND, THIRD]


def test_the_library_never_learns_of_the_case(as_person, case, evidence, stranger, herald):
    pages = [reverse("source_list"), reverse("source_read", args=[herald.pk]), reverse("theme_list")]
    pages.append(reverse("theme_show", args=[Theme.objects.get(slug="off-duty-killings").pk]))
    for page in pages:
        body = as_person(stranger).get(page).content.decode()
        assert "SV-2027-014" not in body
        assert "onfidencial" not in body
        assert "He was on leave too." not in body
        assert str(case.pk) not in body


def test_what_a_passage_shows_is_said_in_one_line(as_person, evidence, lawyer, why_url):
    client = as_person(lawyer)
    sent = {"why": "", "was": "He was on leave too.", "relevance": "Nobody is safe at home", "relevance_was": ""}
    done = client.post(why_url, sent, headers=IN_PLACE).content.decode()
    assert "<strong>Nobody is safe at home</strong>" in done
    evidence[0].refresh_from_db()
    assert (evidence[0].why, evidence[0].relevance) == ("", "Nobody is safe at home")
    form = client.get(why_url, headers=IN_PLACE).content.decode()
    assert 'name="relevance_was" value="Nobody is safe at home"' in form
    for refused in ("x" * 301, "a\u202eb"):
        response = client.post(why_url, sent | {"relevance": refused}, headers=IN_PLACE)
        assert response.status_code == 422
        assert 'aria-describedby="why-relevance-help' in response.content.decode()
