"""What people take out of the library."""

import csv
import io
import json

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from caseapp.audit.models import Event
from caseapp.library.models import Excerpt, ThemeExample
from caseapp.library.views import exports


@pytest.fixture
def passages(source, add, quote, killings, weapons):
    """Two passages of one source, one of them an example of its theme; and one of another source."""
    first = quote(source.capture, "two men came to his house", killings)
    quote(source.capture, "His rifle had stayed at the station", weapons)
    other = add(title="Another report", country="HN", kind="ngo")
    quote(other.capture, "The officer was on leave", killings)
    ThemeExample.objects.create(theme=killings, excerpt=first)


def whole(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def quotes(response) -> list[str]:
    table = csv.DictReader(io.StringIO(whole(response).decode("utf-8-sig"), newline=""))
    return [row["quote"] for row in table]


def test_all_of_it_or_what_the_list_is_narrowed_to(passages, caseworker, as_person, killings):
    client = as_person(caseworker)
    every = quotes(client.get("/sources/export/passages.csv/"))
    assert len(every) == 3
    narrowed = client.get("/sources/export/passages.csv/", {"country": "SV", "theme": killings.slug})
    assert quotes(narrowed) == ["two men came to his house"]
    assert narrowed["Content-Disposition"] == 'attachment; filename="passages.csv"'


def test_what_is_not_understood_takes_nothing_out(passages, caseworker, as_person):
    client = as_person(caseworker)
    for address in ("/sources/export/", "/sources/export/passages.csv/"):
        response = client.get(address, {"q": "publisher:nonesuch"})
        page = response.content.decode()
        assert (response.status_code, 'class="exports"' in page) == (422, False)
        assert "“nonesuch” is nothing that publisher: knows, so nothing was found." in page
    assert not Event.objects.filter(action="library.taken_out").exists()


def test_what_was_ticked_alone_is_taken_out(passages, source, caseworker, as_person):
    client = as_person(caseworker)
    page = client.get(f"/sources/export/?country=SV&of=sources&row={source.pk}&row=x")
    assert ("What was ticked:" in page.text, page.context["passages"], page.context["sources"]) == (True, 2, 1)
    assert page.context["query"] == f"country=SV&of=sources&row={source.pk}"
    assert len(quotes(client.get(f"/sources/export/passages.csv/?{page.context['query']}"))) == 2
    one = Excerpt.objects.get(quote="The officer was on leave")
    assert quotes(client.get(f"/sources/export/passages.csv/?of=passages&row={one.pk}")) == [one.quote]
    assert len(quotes(client.get(f"/sources/export/passages.csv/?of=passages&all=1&row={one.pk}"))) == 3
    assert client.get("/sources/export/?of=passages&country=SV").url == "/excerpts/?country=SV"


def test_the_approved_alone_can_be_taken_out(passages, caseworker, lawyer, as_person, approve):
    approve(Excerpt.objects.get(quote="The officer was on leave"), lawyer)
    client = as_person(caseworker)
    page = client.get("/sources/export/", {"state": "-checked", "adverse": "-yes"}).content.decode()
    assert "1 of them is approved; the others were not vetted to the end." in page
    asked = "adverse=-yes&state=approved"
    assert f'href="/sources/export/?{escape(asked)}"' in page
    assert quotes(client.get(f"/sources/export/passages.csv/?{asked}")) == ["The officer was on leave"]
    page = client.get(f"/sources/export/?{asked}").content.decode()
    assert "Approved passages only." in page
    assert 'href="/sources/export/?adverse=-yes"' in page


@pytest.mark.parametrize("name", exports.EXPORTS)
def test_every_file_is_made_and_put_on_record(passages, lawyer, as_person, name):
    response = as_person(lawyer).get(f"/sources/export/{name}/", {"country": "SV"})
    assert (response.status_code, response["Content-Type"]) == (200, exports.EXPORTS[name].media_type)
    assert whole(response)
    event = Event.objects.latest("pk")
    assert (event.actor_name, event.action, event.subject_label) == ("Lena Lawyer", "library.taken_out", name)
    assert event.detail == {"passages": 2, "sources": 1}


def test_the_codebook_has_the_examples(passages, caseworker, as_person):
    data = whole(as_person(caseworker).get("/sources/export/themes.csv/")).decode("utf-8-sig")
    rows = {row["theme"]: row for row in csv.DictReader(io.StringIO(data, newline=""))}
    assert (rows["Off-duty killings"]["examples"], rows["Off-duty killings"]["passages"]) == (
        "two men came to his house",
        "2",
    )


def test_the_number_of_questions_does_not_grow(passages, add, quote, killings, caseworker, as_person):
    client = as_person(caseworker)

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            items = json.loads(whole(client.get("/sources/export/passages.json/")))["items"]
        return len(items), len(queries)

    count, few = asked()
    for number in range(5):
        quote(add(title=f"Report {number}").capture, "two men came", killings)
    assert asked() == (count + 5, few)


def test_a_word_file_cites_in_the_style_that_is_asked_for(passages, caseworker, as_person):
    cited = {}
    for style in ("bluebook", "oscola", "mcgill", "no style of ours"):
        data = whole(as_person(caseworker).get("/sources/export/passages.docx/", {"style": style, "country": "SV"}))
        cited[style] = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert len({str(words) for words in cited.values()}) == 3
    assert cited["no style of ours"] == cited["bluebook"]


def test_a_word_file_that_would_be_too_long_is_refused_in_words(passages, caseworker, as_person, monkeypatch):
    monkeypatch.setattr(exports, "MOST_IN_WORD", 2)
    response = as_person(caseworker).get("/sources/export/passages.docx/")
    assert response.status_code == 422
    assert "These are 3 passages, and a Word file holds at most 2." in response.content.decode()


def test_what_there_is_no_format_for_is_not_found(caseworker, as_person, db):
    assert as_person(caseworker).get("/sources/export/passages.exe/").status_code == 404
