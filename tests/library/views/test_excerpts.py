import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.library.models import Excerpt
from caseapp.library.services.excerpts import change_excerpt, move_bounds
from caseapp.library.services.sources import trim_article
from tests.library.conftest import ARTICLE

RIFLE = "His rifle had stayed at the station"
START = ARTICLE.index(RIFLE)
END = START + len(RIFLE)
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def add_url(source) -> str:
    return reverse("excerpt_add", args=[source.pk])


@pytest.fixture
def rifle(source, quote, weapons) -> Excerpt:
    return quote(source.capture, RIFLE, weapons)


@pytest.fixture
def url(rifle):
    def url(name: str) -> str:
        return reverse(f"excerpt_{name}", args=[rifle.pk])

    return url


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def selection(**changed):
    return {"start": START, "end": END, "words": RIFLE} | changed


class TestASelectedPassage:
    def test_is_saved_and_the_open_reader_gets_what_changed(self, client, add_url, weapons):
        answer = client.post(add_url, selection(themes=[weapons.pk], note="rule", is_adverse="on"), **IN_PLACE)
        excerpt = Excerpt.objects.get()
        assert (excerpt.quote, excerpt.note, excerpt.is_adverse) == (RIFLE, "rule", True)
        assert list(excerpt.themes.all()) == [weapons]
        assert answer.status_code == 200
        page = answer.content.decode()
        paragraph = ARTICLE.index("His rifle")
        assert re.findall(r'<p id="p(\d+)"[^>]*hx-swap-oob="true">', page) == [str(paragraph)]
        assert f'id="card-{excerpt.pk}"' in page
        assert answer["HX-Trigger-After-Settle"] == f'{{"excerpt-changed": {{"key": {excerpt.pk}}}}}'

    def test_over_two_paragraphs_changes_both(self, client, add_url):
        words = ARTICLE[START : ARTICLE.index(" that was to protect")]
        answer = client.post(add_url, selection(end=START + len(words), words=words.replace("\n", "\r\n")), **IN_PLACE)
        assert Excerpt.objects.get().quote == words
        assert len(re.findall(rb'<p id="p\d+"[^>]*hx-swap-oob="true"', answer.content)) == 2

    def test_asks_the_database_no_more_where_hundreds_of_others_are(self, client, add_url, source):
        def queries(words: str) -> int:
            passage = {"start": START, "end": START + len(words), "words": words}
            with CaptureQueriesContext(connection) as asked:
                assert client.post(add_url, passage, **IN_PLACE).status_code == 200
            return len(asked)

        queries("His")
        few = queries("His rifle")
        Excerpt.objects.bulk_create(
            Excerpt(capture=source.capture, start=at, end=end, quote=ARTICLE[at:end])
            for at in range(START, START + 20)
            for end in range(START + 21, START + 31)
        )
        assert queries("His rifle had") == few

    def test_sends_no_cards_but_those_that_stand_near(self, client, add, quote):
        lines = [f"Paragraph {number} tells of a month at the gate." for number in range(300)]
        source = add("\n".join(lines))
        for line in lines[::3]:
            quote(source.capture, line)
        start = source.capture.text.index(lines[100])
        passage = {"start": start, "end": start + len(lines[100]), "words": lines[100]}
        page = client.post(reverse("excerpt_add", args=[source.pk]), passage, **IN_PLACE).content.decode()
        cards = {int(key) for key in re.findall(r'id="card-(\d+)"', page)}
        assert Excerpt.objects.latest("pk").pk in cards
        assert 2 < len(cards) < 10
        opened = client.get(source.get_absolute_url()).content.decode()
        assert len(re.findall(r'id="card-\d+"', opened)) == 101
        assert set(re.findall(r'<ol class="cards-list" id="(list-\d+)" hx-swap-oob', page)) < set(
            re.findall(r'<ol class="cards-list" id="(list-\d+)">', opened)
        )

    def test_its_pages_lead_back_without_saving(self, client, add_url, url, source, rifle):
        back = "<a class='btn btn-outline-secondary' href='{}'>".format
        assert back(source.get_absolute_url()) in client.get(add_url).content.decode()
        assert back(rifle.get_absolute_url()) in client.get(url("edit")).content.decode()

    def test_without_htmx_leads_back_to_the_reader(self, client, add_url, source):
        answer = client.post(add_url, selection())
        excerpt = Excerpt.objects.get()
        assert answer["Location"] == f"{source.get_absolute_url()}#excerpt-{excerpt.pk}"

    def test_sent_twice_is_saved_once(self, client, add_url):
        client.post(add_url, selection(), **IN_PLACE)
        answer = client.post(add_url, selection(note="typed"), **IN_PLACE)
        assert answer.status_code == 422
        assert "This passage is already an excerpt." in words_of(answer)
        excerpt = Excerpt.objects.get()
        assert f'href="{reverse("excerpt_edit", args=[excerpt.pk])}"' in answer.content.decode()
        assert "typed" in words_of(answer)

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"start": "-4"}, "does not lie in the text"),
            ({"end": str(10**7)}, "does not lie in the text"),
            ({"start": str(END), "end": str(START)}, "does not lie in the text"),
            ({"start": str(10**40)}, "does not lie in the text"),
            ({"start": "four"}, "No selection arrived"),
            ({"start": ""}, "No selection arrived"),
            ({"words": ""}, "No selection arrived"),
            ({"words": "His gun had stayed at the station"}, "are not those that stand at this place"),
        ],
    )
    def test_that_cannot_be_is_refused_in_words(self, client, add_url, sent, sentence):
        answer = client.post(add_url, selection(note="kept", **sent), **IN_PLACE)
        assert answer.status_code == 422
        assert sentence in words_of(answer)
        assert "kept" in words_of(answer)
        assert not Excerpt.objects.exists()

    def test_bounds_of_another_text_are_refused(self, client, add, source):
        other = reverse("excerpt_add", args=[add("A short other text, long enough to hold it.").pk])
        assert client.post(other, selection(start=0, end=len(RIFLE)), **IN_PLACE).status_code == 422
        assert not Excerpt.objects.exists()

    def test_a_theme_that_is_gone_is_refused_in_words(self, client, add_url):
        answer = client.post(add_url, selection(themes=["4711"]), **IN_PLACE)
        assert "A theme was removed or merged in the meantime" in words_of(answer)
        assert not Excerpt.objects.exists()

    def test_outside_the_article_is_refused(self, client, add_url, source):
        trim_article(by=None, capture=source.capture, start=END + 3, end=len(ARTICLE))
        assert "outside the article" in words_of(client.post(add_url, selection(), **IN_PLACE))
        assert not Excerpt.objects.exists()


class TestAPastedQuote:
    def test_that_stands_there_once_is_saved(self, client, add_url, weapons):
        answer = client.post(add_url, {"quote": f"  {RIFLE}\r\n", "themes": [weapons.pk], "note": "rule"})
        excerpt = Excerpt.objects.get()
        assert answer["Location"] == excerpt.get_absolute_url()
        assert (excerpt.start, excerpt.end, excerpt.note) == (START, END, "rule")

    def test_that_stands_there_several_times_is_asked_about(self, client, add_url):
        sent = {"quote": "his ", "note": "kept"}
        answer = client.post(add_url, sent)
        assert answer.status_code == 422
        places = [int(place) for place in re.findall(r'name="place"[^>]*value="(\d+)"', answer.content.decode())]
        assert places == [ARTICLE.index("his house"), ARTICLE.index("his family")]
        assert "stand in the article 2 times" in words_of(answer)
        assert "kept" in words_of(answer)
        assert not Excerpt.objects.exists()
        client.post(add_url, sent | {"place": places[1]})
        assert Excerpt.objects.get().start == places[1]

    def test_a_place_that_is_none_of_them_is_asked_about_again(self, client, add_url):
        assert client.post(add_url, {"quote": "his ", "place": "0"}).status_code == 422
        assert not Excerpt.objects.exists()

    def test_in_another_writing_is_saved_in_the_writing_of_the_text_once_confirmed(self, client, add):
        text = "She said: “I am not safe – nowhere.” He left.\n"
        address = reverse("excerpt_add", args=[add(text).pk])
        sent = {"quote": '"I am not safe - nowhere."', "note": "kept"}
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert "“I am not safe – nowhere.”" in words_of(answer)
        assert not Excerpt.objects.exists()
        client.post(address, sent | {"place": text.index("“")})
        assert Excerpt.objects.get().quote == "“I am not safe – nowhere.”"

    def test_that_does_not_stand_there_is_refused_and_kept(self, client, add_url):
        answer = client.post(add_url, {"quote": "His gun had stayed", "note": "kept"})
        assert answer.status_code == 422
        assert "do not stand in the article" in words_of(answer)
        assert "His gun had stayed" in words_of(answer)
        assert "kept" in words_of(answer)

    def test_from_what_was_trimmed_away_is_refused(self, client, add_url, source):
        trim_article(by=None, capture=source.capture, start=END + 3, end=len(ARTICLE))
        assert "outside the article" in words_of(client.post(add_url, {"quote": RIFLE}))
        assert not Excerpt.objects.exists()

    @pytest.mark.parametrize("nothing", ["", "  \r\n ", "\u200b"])
    def test_without_words_is_refused(self, client, add_url, nothing):
        assert client.post(add_url, {"quote": nothing}).status_code == 422
        assert not Excerpt.objects.exists()

    def test_that_is_an_excerpt_already_leads_on(self, client, add_url, rifle):
        answer = client.post(add_url, {"quote": RIFLE})
        assert "This passage is already an excerpt." in words_of(answer)
        assert f'href="{rifle.get_absolute_url()}"' in answer.content.decode()


class TestChanging:
    def test_is_shown_filled_in_and_saved(self, client, url, rifle, law):
        assert RIFLE in words_of(client.get(url("edit")))
        answer = client.post(url("edit"), {"themes": [law.pk], "note": "new", "is_adverse": "on", "version": 1})
        assert answer["Location"] == rifle.get_absolute_url()
        rifle.refresh_from_db()
        assert (list(rifle.themes.all()), rifle.note, rifle.is_adverse, rifle.version) == ([law], "new", True, 2)

    def test_what_somebody_else_changed_meanwhile_is_shown_beside_what_was_entered(self, client, url, rifle, law):
        change_excerpt(by=None, excerpt=rifle, themes=[law], note="theirs", is_adverse=False, version=1)
        sent = {"themes": [], "note": "mine", "version": 1}
        answer = client.post(url("edit"), sent)
        assert answer.status_code == 409
        assert "theirs" in words_of(answer)
        assert "mine" in words_of(answer)
        rifle.refresh_from_db()
        assert rifle.note == "theirs"
        version = re.search(r'name="version"[^>]*value="(\d+)"', answer.content.decode())[1]
        client.post(url("edit"), sent | {"version": version})
        rifle.refresh_from_db()
        assert rifle.note == "mine"

    @pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"version": "1", "note": "n" * 4001}])
    def test_bad_input_changes_nothing(self, client, url, rifle, sent):
        assert client.post(url("edit"), {"note": "new", **sent}).status_code == 422
        rifle.refresh_from_db()
        assert (rifle.note, rifle.version) == ("", 1)


class TestBounds:
    def test_steps_are_links_that_change_nothing(self, client, url, rifle):
        page = unescape(client.get(url("bounds")).content.decode())
        steps = re.findall(r'href="\?start=(\d+)&end=(\d+)"', page)
        assert (str(START + 4), str(END)) in steps
        assert (str(START), str(END + 1)) in steps
        shown = client.get(url("bounds"), {"start": START + 4, "end": END})
        assert '<mark class="passage">rifle had stayed at the station</mark>' in shown.content.decode()
        rifle.refresh_from_db()
        assert rifle.quote == RIFLE

    def test_saving_moves_them_and_says_that_the_approval_fell_away(self, client, url, rifle, weapons, lawyer, approve):
        approve(rifle, lawyer)
        answer = client.post(url("bounds"), {"start": START + 4, "end": END, "version": 1}, follow=True)
        assert "The approval has fallen away" in words_of(answer)
        rifle.refresh_from_db()
        assert (rifle.quote, rifle.is_approved) == ("rifle had stayed at the station", False)
        assert list(rifle.themes.all()) == [weapons]

    def test_pasted_words_move_them_too(self, client, url, rifle):
        client.post(url("bounds"), {"quote": "stayed at the station", "version": 1})
        rifle.refresh_from_db()
        assert rifle.quote == "stayed at the station"

    def test_pasted_words_that_do_not_stand_there_move_nothing(self, client, url, rifle):
        answer = client.post(url("bounds"), {"quote": "slept at the station", "version": 1})
        assert answer.status_code == 422
        assert "slept at the station" in words_of(answer)
        rifle.refresh_from_db()
        assert rifle.quote == RIFLE

    def test_an_older_version_moves_nothing(self, client, url, rifle):
        move_bounds(by=None, excerpt=rifle, start=START, end=END + 1)
        answer = client.post(url("bounds"), {"start": START + 4, "end": END, "version": 1})
        assert answer.status_code == 409
        rifle.refresh_from_db()
        assert rifle.quote == f"{RIFLE},"

    @pytest.mark.parametrize(
        "sent",
        [
            {"start": -1, "end": END},
            {"start": END, "end": START},
            {"start": START, "end": 10**9},
            {"start": "x", "end": END},
            {"start": START, "end": END, "version": ""},
        ],
    )
    def test_hostile_bounds_move_nothing(self, client, url, rifle, sent):
        assert client.get(url("bounds"), sent).status_code == 200
        answer = client.post(url("bounds"), {"version": 1} | sent, follow=True)
        assert "notice-error" in answer.content.decode()
        rifle.refresh_from_db()
        assert (rifle.quote, rifle.version) == (RIFLE, 1)


class TestRemoving:
    def test_asks_first(self, client, url):
        assert RIFLE in words_of(client.get(url("remove")))
        assert Excerpt.objects.exists()
        client.post(url("remove"))
        assert not Excerpt.objects.exists()

    def test_in_use_is_refused_without_saying_where(self, client, url, rifle, caseworker):
        case = open_case(by=caseworker, details=CaseDetails(reference="SECRET-1", client_name="N. N."))
        add_evidence(by=caseworker, case=case, excerpts=[rifle])
        answer = client.post(url("remove"), follow=True)
        assert "This excerpt is in use" in words_of(answer)
        assert "SECRET-1" not in words_of(answer)
        assert Excerpt.objects.exists()


class TestTakingApprovalBack:
    def test_is_for_lawyers(self, as_person, caseworker, lawyer, url, rifle, approve):
        approve(rifle, lawyer)
        assert as_person(caseworker).post(url("unapprove")).status_code == 403
        answer = as_person(lawyer).post(url("unapprove"), **IN_PLACE)
        assert "checked by Lena Lawyer" in words_of(answer)
        rifle.refresh_from_db()
        assert (rifle.is_approved, rifle.is_checked) == (False, True)

    def test_looking_at_the_address_changes_nothing(self, as_person, lawyer, url):
        assert as_person(lawyer).get(url("unapprove")).status_code == 405


@pytest.mark.parametrize("name", ["edit", "bounds", "remove", "unapprove"])
def test_an_administrator_is_refused_and_a_missing_excerpt_is_not_found(
    as_person, administrator, lawyer, url, rifle, name
):
    missing = reverse(f"excerpt_{name}", args=[rifle.pk + 1000])
    assert as_person(administrator).post(url(name), {"version": 1}).status_code == 403
    assert as_person(administrator).post(missing).status_code == 403
    assert as_person(lawyer).post(missing).status_code == 404


class TestATranslation:
    def test_is_asked_for_where_the_source_is_not_in_english(self, client, add, quote):
        spanish = quote(add(language="es").capture, RIFLE)
        url = reverse("excerpt_edit", args=[spanish.pk])
        form = client.get(url).context["form"]
        assert list(form.fields)[:2] == ["themes", "translation"]
        client.post(url, {"translation": "Su rifle\r\nquedó.", "note": "", "version": spanish.version})
        spanish.refresh_from_db()
        assert spanish.translation == "Su rifle\nquedó."
        assert "Translation: “Su rifle" in words_of(client.get(spanish.get_absolute_url()))

    def test_is_not_asked_for_in_english(self, client, url, add_url):
        assert "translation" not in client.get(url("edit")).context["form"].fields
        assert "translation" not in client.get(add_url).context["form"].fields

    def test_comes_with_a_selected_passage(self, client, add):
        source = add(language="es-HN")
        client.post(reverse("excerpt_add", args=[source.pk]), selection(translation="Su rifle"), **IN_PLACE)
        assert Excerpt.objects.get().translation == "Su rifle"

    def test_is_looked_at_again_when_the_words_change(self, client, add, quote):
        spanish = quote(add(language="es").capture, RIFLE, translation="Su rifle")
        url = reverse("excerpt_bounds", args=[spanish.pk])
        answer = client.post(url, {"start": START, "end": END - 8, "version": spanish.version}, follow=True)
        assert answer.redirect_chain == [(reverse("excerpt_edit", args=[spanish.pk]), 302)]
        assert "The translation is of the words as they were." in words_of(answer)
