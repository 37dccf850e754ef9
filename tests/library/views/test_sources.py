import datetime as dt
import uuid

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from caseapp.audit.models import Event
from caseapp.core import storage
from caseapp.intake import readers
from caseapp.intake.readers import MAX_BYTES
from caseapp.library.keeping.sources import SourceDetails
from caseapp.library.models import Source
from caseapp.library.services.sources import change_source
from caseapp.library.services.vetting import comment_on, remove_comment
from caseapp.library.views import sources
from tests.library.conftest import ARTICLE

ADD = "/sources/add/"
UNSEEN = "This holds characters that cannot be seen. Type it again instead of pasting it."
NO_DATE = "Give a year, a month or a day that exists, like 2019, 2019-03 or 2019-03-04."
FUTURE = "This date lies in the future. Give the date on which it was published."
NO_ADDRESS = "This is no web address. Copy it from the browser, with https:// in front."


def filled_in(**changes) -> dict:
    fields = {
        "title": "Two men at the door",
        "publisher": "Sample Herald",
        "author": "A. Reporter",
        "published_on": "2019-03",
        "url": "https://herald.example/door",
        "language": "en",
        "kind": "news",
        "country": "SV",
        "accessed_on": "2026-11-20",
        "text": ARTICLE,
        "submission": str(uuid.uuid4()),
    }
    return fields | changes


def upload(data: bytes, name: str = "door.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/plain")


def sentences(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


def test_a_pasted_text_becomes_a_source(client, caseworker):
    response = client.post(ADD, filled_in(text=ARTICLE.replace("\n", "\r\n")))
    source = Source.objects.get()
    assert response.status_code == 302
    assert response.url == f"/sources/{source.pk}/details/"
    assert sentences(response) == [
        f'“Two men at the door” is saved. <a href="/sources/{source.pk}/">Read it</a>',
    ]
    assert (source.title, source.publisher, source.author, source.published_on, source.url) == (
        "Two men at the door",
        "Sample Herald",
        "A. Reporter",
        "2019-03",
        "https://herald.example/door",
    )
    assert (source.kind, source.country.code, source.language, source.accessed_on) == (
        "news",
        "SV",
        "en",
        dt.date(2026, 11, 20),
    )
    capture = source.capture
    assert (capture.text, capture.method, capture.captured_by) == (ARTICLE, "pasted", caseworker)
    assert storage.read_bytes(capture.original_sha256) == ARTICLE.encode()


def test_an_uploaded_file_becomes_a_source(client):
    response = client.post(ADD, filled_in(text="", file=upload("Señal".encode("utf-16"))))
    assert response.status_code == 302
    capture = Source.objects.get().capture
    assert (capture.text, capture.method, capture.original_name) == ("Señal", "uploaded", "door.txt")


@pytest.mark.parametrize(
    ("then", "place"), [("", "/sources/{}/details/"), ("read", "/sources/{}/"), ("add", "/sources/add/")]
)
def test_each_button_leads_where_it_says(client, then, place):
    response = client.post(ADD, filled_in(then=then))
    assert response.url == place.format(Source.objects.get().pk)


@pytest.mark.parametrize("date", ["2019", "2019-03", "2019-03-04", ""])
def test_a_date_may_be_as_vague_as_it_is_known(client, date):
    client.post(ADD, filled_in(published_on=date))
    assert Source.objects.get().published_on == date


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Every source needs a title. Copy its headline."),
        ({"title": "gnp\u202eexe"}, "title", UNSEEN),
        ({"published_on": "2019-02-30"}, "published_on", NO_DATE),
        ({"published_on": "3/4/2019"}, "published_on", NO_DATE),
        ({"published_on": "2999"}, "published_on", FUTURE),
        ({"url": "javascript:alert(1)"}, "url", NO_ADDRESS),
        ({"text": ""}, "text", "Paste the text here, or choose a file below."),
        ({"text": " \r\n "}, "text", "Paste the text here, or choose a file below."),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_changes_nothing(client, settings, changes, field, sentence):
    typed = filled_in(**changes)
    response = client.post(ADD, typed)
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {field: [sentence]}
    page = response.content.decode()
    assert sentence in page
    assert {name: form[name].value() for name in typed} == typed
    assert not Source.objects.exists()
    assert not (settings.DATA_DIR / "files").exists()


def test_a_text_and_a_file_are_one_too_many(client):
    response = client.post(ADD, filled_in(file=upload(b"words")))
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "text": ["Paste the text or choose a file, not both: empty one of the two."],
        "file": ["A browser does not keep a chosen file: choose it again."],
    }


def test_a_chosen_file_must_be_chosen_again(client):
    response = client.post(ADD, filled_in(title="", text="", file=upload(b"words")))
    assert response.context["form"].errors == {
        "title": ["Every source needs a title. Copy its headline."],
        "file": ["A browser does not keep a chosen file: choose it again."],
    }


def test_a_file_over_ten_megabytes_is_refused_and_not_kept(client, settings):
    settings.FILE_UPLOAD_TEMP_DIR = settings.DATA_DIR
    response = client.post(ADD, filled_in(text="", file=upload(b"a" * (MAX_BYTES + 1))))
    assert response.status_code == 422
    (sentence,) = response.context["form"].errors["file"]
    assert sentence.startswith("This file has 10,485,761 bytes; at most 10,485,760 (10 MB) can be taken in.")
    assert response.context["form"]["title"].value() == "Two men at the door"
    assert list(settings.DATA_DIR.iterdir()) == []


def test_a_pasted_text_that_is_too_long_is_refused_before_anything_reads_it_and_stays(client, monkeypatch):
    monkeypatch.setattr(readers, "MAX_BYTES", 1000)
    monkeypatch.setattr(sources, "add_source", None)
    client.raise_request_exception = False
    text = "á" * 500 + "!"
    response = client.post(ADD, filled_in(text=text))
    assert response.status_code == 422
    (sentence,) = response.context["form"].errors["text"]
    assert sentence.startswith("This file has 1,001 bytes; at most 1,000 (10 MB) can be taken in.")
    assert response.context["form"]["text"].value() == text


def test_what_may_be_uploaded_reaches_the_reader_whole(settings):
    assert settings.MAX_UPLOAD_BYTES >= MAX_BYTES


def test_a_double_click_makes_one_source(client):
    form = filled_in()
    first, second = client.post(ADD, form), client.post(ADD, form)
    assert Source.objects.count() == 1
    assert first.url == second.url


def test_going_back_to_a_saved_form_and_typing_another_text_asks_first(client):
    form = filled_in()
    client.post(ADD, form)
    response = client.post(ADD, form | {"text": "Another text"})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "This form was saved before, as “Two men at the door”. To add another source, save once more."
    ]
    again = response.context["form"]
    assert again["text"].value() == "Another text"
    client.post(ADD, form | {"text": "Another text", "submission": again["submission"].value()})
    assert Source.objects.count() == 2


def test_what_the_reader_noticed_is_said_after_saving_and_on_the_source(client):
    response = client.post(ADD, filled_in(text="left \u202eright"), follow=True)
    sentence = "1 invisible character can make words appear in another order than they are stored (line 1)."
    assert [str(message).startswith(sentence) for message in response.context["messages"]] == [False, True]
    assert sentence in client.get(response.redirect_chain[-1][0]).content.decode()


def test_the_list_shows_what_is_needed_to_choose(client, source, quote):
    quote(source.capture, "The officer")
    response = client.get("/sources/")
    page = response.content.decode()
    for words in ("Two men at the door", "Sample Herald", "4 Mar 2019", "News", "1 source"):
        assert words in page
    assert f'href="/sources/{source.pk}/"' in page


def test_the_list_is_narrowed_by_its_address(client, add, quote, killings):
    tagged, other = add(title="Tagged", country="SV"), add(title="Other", kind="ngo")
    quote(tagged.capture, "The officer", killings)
    for query, titles in {
        "q=oth*": ["Other"],
        "kind=ngo": ["Other"],
        "country=SV": ["Tagged"],
        "country=-SV": ["Other"],
        f"theme={killings.slug}": ["Tagged"],
        "kind=nonsense&theme=999": [],
        "sort=nonsense&page=nonsense&saved=x": ["Other", "Tagged"],
        "q=%00": ["Other", "Tagged"],
        "q=nowhere": [],
    }.items():
        response = client.get(f"/sources/?{query}")
        assert [row.source.title for row in response.context["found"].rows] == titles
    assert "No source fits" in response.content.decode()
    assert other.pk != tagged.pk


def test_an_empty_list_says_what_to_do(client):
    page = client.get("/sources/").content.decode()
    assert "No sources yet" in page
    assert 'name="q"' not in page


def test_the_list_says_how_many_of_its_sources_are_independent(client, add):
    add(title="Own")
    assert "1 source ·" in client.get("/sources/").text
    for title in ("Reprint", "Another"):
        add(title=title, origin_name="Sample Agency")
    assert "3 sources, 2 independent ·" in client.get("/sources/").text


def test_the_list_takes_as_many_queries_for_many_as_for_one(client, add, django_assert_num_queries):
    add(title="One")
    add(title="Other")
    client.get("/sources/")
    with django_assert_num_queries(12):
        client.get("/sources/")
    for number in range(30):
        add(title=f"Source {number}", publisher="Sample Herald", country="SV")
    with django_assert_num_queries(12) as queries:
        client.get("/sources/")
    assert not any('"text"' in query["sql"] for query in queries)


def test_the_list_comes_in_pages_and_keeps_its_filter(client, add):
    for number in range(26):
        add(title=f"Source {number}")
    response = client.get("/sources/?q=source&page=2")
    assert [row.source.title for row in response.context["found"].rows] == ["Source 0"]
    assert "?q=source&amp;page=1" in response.content.decode()


def test_the_words_are_marked_where_they_stand_and_lead_there(client, source, quote):
    excerpt = quote(source.capture, "His rifle")
    page = client.get("/sources/?q=two+MEN").content.decode()
    assert "<mark>Two</mark> <mark>men</mark> at the door" in page
    start = source.capture.text.index("Menu")
    assert f'href="/sources/{source.pk}/?list=q%3Dtwo%2BMEN#p{start}"' not in page
    line = source.capture.text.index("The officer")
    assert f'href="/sources/{source.pk}/?list=q%3Dtwo%2BMEN#p{line}"' in page
    page = client.get("/sources/?q=rifle").content.decode()
    assert f'href="/sources/{source.pk}/?list=q%3Drifle#excerpt-{excerpt.pk}"' in page
    assert "His <mark>rifle</mark>" in page


def test_chips_say_what_narrows_and_take_it_away(client, source):
    found = client.get("/sources/?q=door+kind:news&country=SV&publisher=-Other").context["found"]
    assert [(chip.label, chip.is_out, chip.address) for chip in found.chips] == [
        ("Country: El Salvador", False, "/sources/?q=door+kind%3Anews&publisher=-Other"),
        ("Publisher: Other", True, "/sources/?q=door+kind%3Anews&country=SV"),
        ("kind: news", False, "/sources/?q=door&country=SV&publisher=-Other"),
    ]


def test_what_is_not_understood_is_said(client, source):
    page = client.get("/sources/?q=colour:red+theme:nonsense").content.decode()
    assert "“colour:” is no field; it was looked for as a plain word." in page
    assert "“nonsense” is nothing that theme: knows, so nothing was found. Change it or take it away." in page


def test_words_that_no_place_holds_together_are_said_to_stand_apart(client, source):
    sentence = "No place holds all of these words."
    assert sentence in client.get("/sources/?q=herald+rifle").text
    assert sentence not in client.get("/sources/?q=rifle").text


def test_what_was_begun_is_completed_and_a_row_leads_to_its_publisher(client, source, killings):
    found = client.get("/sources/?q=door+-publisher:herald+theme:killings&country=SV").context["found"]
    assert [(one.label, one.address) for one in found.completions] == [
        (
            "publisher: Sample Herald",
            "/sources/?q=door+theme%3Akillings&country=SV&publisher=-Sample+Herald",
        ),
        (f"theme: {killings}", f"/sources/?q=door+-publisher%3Aherald&country=SV&theme={killings.slug}"),
    ]
    assert client.get(f"/sources/?q=theme:{killings.slug}").context["found"].completions == []
    page = client.get("/sources/?country=SV").text
    assert 'href="/sources/?country=SV&amp;publisher=Sample+Herald"' in page


def test_comments_and_addresses_are_looked_through(client, source, quote, lawyer):
    excerpt = quote(source.capture, "The officer")
    assert client.get("/sources/?q=herald.example").context["found"].total == 1
    comment = comment_on(by=lawyer, excerpt=excerpt, words="Ask the ombudsman first.", now=timezone.now())
    assert "Ask the <mark>ombudsman</mark> first." in client.get("/sources/?q=ombudsman").text
    assert "Ask the <mark>ombudsman</mark> first." in client.get("/excerpts/?q=ombudsman").text
    assert "Ask the" not in client.get("/excerpts/?q=officer").text
    remove_comment(by=lawyer, comment=comment)
    assert client.get("/excerpts/?q=ombudsman").context["found"].total == 0


def test_several_themes_are_all_or_any(client, source, quote, killings, law):
    quote(source.capture, "The officer", killings)
    asked = f"theme={killings.slug}&theme={law.slug}"
    facet = client.get(f"/sources/facets/theme/?{asked}").context["facet"]
    every, any_of = facet.switches
    assert (every.is_on, any_of.address) == (True, f"/sources/?{asked}&any=theme")
    assert client.get(f"/sources/?{asked}").context["found"].total == 0
    found = client.get(f"/sources/?{asked}&any=theme").context["found"]
    assert (found.total, [chip.label for chip in found.chips]) == (1, [f"Theme: {killings}", f"or Theme: {law}"])


def test_the_list_is_found_again_after_reading_and_editing(client, source):
    page = client.get(f"/sources/{source.pk}/?list=q%3Dtwo%26country%3DSV").content.decode()
    assert 'href="/sources/?q=two&amp;country=SV"' in page
    assert f'href="/sources/{source.pk}/edit/?list=q%3Dtwo%26country%3DSV"' in page
    address = f"/sources/{source.pk}/edit/?list=q%3Dtwo"
    response = client.post(address, edited(source))
    assert response.url == f"/sources/{source.pk}/details/?list=q%3Dtwo"


def test_the_details_page_says_where_the_words_come_from(client, source, caseworker):
    page = client.get(f"/sources/{source.pk}/details/").content.decode()
    capture = source.capture
    for words in (capture.original_sha256, capture.text_sha256, "Pasted", "Carla Caseworker", "utf-8", "El Salvador"):
        assert words in page
    assert f'href="/sources/{source.pk}/original/"' in page


def test_the_details_page_names_the_same_bytes_elsewhere(client, add, source):
    twin = add(title="The twin")
    assert "The same bytes also stand in" in client.get(f"/sources/{twin.pk}/details/").content.decode()
    twin_page = client.get(f"/sources/{source.pk}/details/").content.decode()
    assert f'<a href="/sources/{twin.pk}/">The twin</a>' in twin_page


def edited(source: Source, **changes) -> dict:
    return filled_in(published_on="2019-03-04", accessed_on="", version=source.version) | changes


def test_details_are_changed(client, source):
    response = client.post(f"/sources/{source.pk}/edit/", edited(source, author="B. Reporter"))
    assert response.url == f"/sources/{source.pk}/details/"
    source.refresh_from_db()
    assert (source.author, source.version) == ("B. Reporter", 2)
    assert Event.objects.get(action="source.changed").detail == {"changed": {"author": ["A. Reporter", "B. Reporter"]}}


def test_the_edit_page_shows_what_stands(client, source):
    form = client.get(f"/sources/{source.pk}/edit/").context["form"]
    assert {name: str(form[name].value() or "") for name in form.fields} == {
        "version": "1",
        "title": "Two men at the door",
        "publisher": "Sample Herald",
        "author": "A. Reporter",
        "published_on": "2019-03-04",
        "url": "https://herald.example/door",
        "language": "en",
        "kind": "news",
        "country": "SV",
        "accessed_on": "",
        "archive_url": "",
        "citation": "",
        "series": "",
        "edition": "",
        "origin_name": "",
    }


def test_what_the_index_says_of_a_source_is_shown_and_changed(client, source, add):
    other = add(title="The same again", origin_name="Ministry of Examples")
    page = client.get(f"/sources/{source.pk}/edit/").content.decode()
    assert '<datalist id="origins"><option value="Ministry of Examples"></option></datalist>' in page
    said = {
        "archive_url": "https://archive.example/1",
        "citation": "",
        "origin_name": " ministry  of EXAMPLES ",
    }
    assert client.post(f"/sources/{source.pk}/edit/", edited(source, **said)).status_code == 302
    source.refresh_from_db()
    assert (source.archive_url, source.origin) == ("https://archive.example/1", other.origin)
    page = client.get(f"/sources/{source.pk}/details/").content.decode()
    assert (
        "A. Reporter, <em>Two Men at the Door</em>, Sample Herald (Mar. 4, 2019), https://herald.example/door "
        "[https://archive.example/1]"
    ) in page
    assert "‘Two Men at the Door’ <em>Sample Herald</em> (4 March 2019)" in page
    assert "“Two men at the door”, <em>Sample Herald</em>" in page
    assert f'<a href="/sources/{other.pk}/details/">The same again</a>' in page
    typed = edited(source, citation="Reporter,  *Door*,\r\n3 Her. 1", version=2)
    client.post(f"/sources/{source.pk}/edit/", typed)
    source.refresh_from_db()
    assert (source.citation, source.origin) == ("Reporter, *Door*, 3 Her. 1", None)
    page = client.get(f"/sources/{source.pk}/details/").content.decode()
    assert "Reporter, <em>Door</em>, 3 Her. 1" in page
    assert "Sample Herald (Mar. 4, 2019)" not in page


def test_an_origin_that_cannot_be_printed_is_refused(client, source):
    response = client.post(f"/sources/{source.pk}/edit/", edited(source, origin_name="a\u202eb"))
    assert response.status_code == 422
    assert "characters that cannot be seen" in response.content.decode()


def test_a_language_that_was_imported_stays_when_the_rest_is_edited(client, add):
    source = add(language="quc")
    assert ("quc", "quc") in client.get(f"/sources/{source.pk}/edit/").context["form"].fields["language"].choices
    client.post(f"/sources/{source.pk}/edit/", edited(source, language="quc"))
    source.refresh_from_db()
    assert (source.language, source.publisher) == ("quc", "Sample Herald")


def test_a_stale_edit_shows_both_and_overwrites_nothing(client, source):
    change_source(by=None, source=source, details=SourceDetails(title="Theirs", country="HN"), version=1)
    response = client.post(f"/sources/{source.pk}/edit/", edited(source, title="Mine"))
    assert response.status_code == 409
    rows = {row.label: (row.standing, row.typed) for row in response.context["differences"]}
    assert rows["Title"] == ("Theirs", "Mine")
    assert rows["Country it is about"] == ("Honduras", "El Salvador")
    assert response.context["form"]["title"].value() == "Mine"
    assert Source.objects.get().title == "Theirs"
    knowingly = edited(source, title="Mine", version=response.context["form"]["version"].value())
    assert client.post(f"/sources/{source.pk}/edit/", knowingly).status_code == 302
    assert Source.objects.get().title == "Mine"


def test_a_bad_edit_keeps_what_was_typed(client, source):
    response = client.post(f"/sources/{source.pk}/edit/", edited(source, title="", author="C."))
    assert response.status_code == 422
    assert response.context["form"]["author"].value() == "C."
    assert Source.objects.get().author == "A. Reporter"


def test_the_original_is_downloaded_as_a_file_and_never_shown(client):
    client.post(ADD, filled_in(text="", file=upload(b"<script>alert(1)</script>", "r\u00e9sum\u00e9 \u202e.txt")))
    source = Source.objects.get()
    response = client.get(f"/sources/{source.pk}/original/")
    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''r%C3%A9sum%C3%A9%20.txt"
    event = Event.objects.get(action="source.original_downloaded")
    assert (event.actor_name, event.subject_label) == ("Carla Caseworker", "Two men at the door")


def test_an_altered_original_is_not_handed_out(client, source):
    place = storage.path_of(source.capture.original_sha256)
    place.chmod(0o600)
    place.write_bytes(b"other")
    response = client.get(f"/sources/{source.pk}/original/")
    assert response.url == f"/sources/{source.pk}/details/"
    assert sentences(response) == [
        str(storage.FileAltered(source.capture.original_sha256)),
    ]


PAGES = ["source_details", "source_edit", "source_trim", "source_original"]


@pytest.mark.parametrize("page", PAGES)
def test_whoever_only_manages_people_stays_outside(as_person, administrator, source, page):
    client = as_person(administrator)
    assert client.get(reverse(page, args=[source.pk])).status_code == 403
    assert client.get(reverse("source_list")).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, filled_in()).status_code == 403
    assert client.post(reverse(page, args=[source.pk]), edited(source)).status_code in (403, 405)
    assert Source.objects.count() == 1


@pytest.mark.parametrize("page", PAGES)
def test_what_does_not_exist_is_not_found(client, page):
    for pk in (0, 999, 10**30):
        assert client.get(reverse(page, args=[pk])).status_code == 404


def test_details_found_in_a_file_are_marked_until_somebody_confirms_them(client, source):
    Source.objects.filter(pk=source.pk).update(guessed=["publisher"])
    mark = "found in the file, not confirmed"
    details = client.get(reverse("source_details", args=[source.pk])).content.decode()
    assert details.count(mark) == 1
    assert "Found in the file and confirmed by nobody yet: publisher." in details
    assert client.get(reverse("source_edit", args=[source.pk])).content.decode().count(mark) == 1
    assert "Details to confirm" in client.get(reverse("source_list")).content.decode()

    address = reverse("source_confirm", args=[source.pk])
    assert "Look at them once more" in client.post(address, {"version": 7}, follow=True).content.decode()
    assert "Nothing was confirmed" in client.post(address, follow=True).content.decode()
    assert mark not in client.post(address, {"version": 1}, follow=True).content.decode()
    source.refresh_from_db()
    assert source.guessed == []
