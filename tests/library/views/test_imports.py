"""Bringing many at once, watching the rows, and answering what they ask."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseapp.accounts.services.people import change_office
from caseapp.library.arriving.importing import read_row
from caseapp.library.models import Import, Outcome, RowStatus, Source
from tests.library.making import bring, work
from tests.library.reporting import two_reports


def send(client, *files: tuple[str, bytes], **fields):
    sent = {"files_chosen": [SimpleUploadedFile(name, data) for name, data in files]} if files else {}
    return client.post(reverse("import_add"), sent | fields)


def test_files_and_addresses_become_rows(as_person, caseworker):
    response = send(
        as_person(caseworker),
        ("a.txt", b"He left."),
        ("b.txt", b""),
        addresses="https://herald.example/door\n\n not an address \n",
        path=["folder/a.txt", "folder/b\u202e.txt"],
        country="SV",
    )
    batch = Import.objects.get()
    assert response.headers["Location"] == batch.get_absolute_url()
    assert [(row.name, row.status) for row in batch.rows.all()] == [
        ("folder/a.txt", RowStatus.WAITING),
        ("folder/b.txt", RowStatus.FAILED),
        ("https://herald.example/door", RowStatus.WAITING),
        ("not an address", RowStatus.FAILED),
    ]
    assert (batch.details, batch.created_by) == ({"country": "SV"}, caseworker)


@pytest.mark.parametrize(
    ("fetches", "said", "warned"),
    [
        (False, "Your office does not let this program fetch pages, so nothing is fetched", True),
        (True, "whoever runs the website may see its address", False),
    ],
)
def test_what_becomes_of_an_address_is_said(as_person, caseworker, administrator, fetches, said, warned):
    change_office(by=administrator, may_fetch=fetches)
    client = as_person(caseworker)
    assert said in client.get(reverse("source_add")).text
    response = client.post(reverse("import_add"), {"addresses": "https://herald.example/door"}, follow=True)
    assert ("Nothing is fetched, for your office does not allow it" in response.text) is warned


@pytest.mark.parametrize(
    "fields", [{}, {"addresses": "\x00"}, {"country": "XX"}, {"addresses": "x\n" * 1001}, {"submission": "no"}]
)
def test_what_cannot_be_begun_is_said_on_the_page(as_person, caseworker, fields):
    response = send(as_person(caseworker), **fields)
    assert response.status_code == 422
    assert not Import.objects.exists()


def test_a_browser_may_send_files_in_several_requests(as_person, caseworker):
    client = as_person(caseworker)
    send(client, ("a.txt", b"He left."), more="on")
    batch = Import.objects.get()
    assert "has not sent everything" in client.get(batch.get_absolute_url()).text
    client.post(reverse("import_files", args=[batch.pk]), {"files_chosen": SimpleUploadedFile("b.txt", b"She left.")})
    batch.refresh_from_db()
    assert batch.started_at is not None
    client.post(reverse("import_files", args=[batch.pk]), {"files_chosen": SimpleUploadedFile("c.txt", b"Late.")})
    assert list(batch.rows.values_list("name", flat=True)) == ["a.txt", "b.txt"]


def test_what_was_not_read_yet_can_be_left_out(as_person, caseworker):
    client = as_person(caseworker)
    batch = bring(("a.txt", b"He left."), ("b.txt", b"She left."), ("c.txt", b"They left."), by=caseworker)
    address = reverse("import_stop", args=[batch.pk])
    assert 'id="stop-import"' in client.get(batch.get_absolute_url()).text
    read_row(batch.rows.first().pk)
    response = client.post(address, follow=True)
    assert "2 rows were left out. What was added before stays, and each can be read again." in response.text
    work(batch)
    assert [(row.status, row.outcome) for row in batch.rows.all()] == [
        (RowStatus.ASKING, ""),
        (RowStatus.DONE, Outcome.SKIPPED),
        (RowStatus.DONE, Outcome.SKIPPED),
    ]
    assert 'id="stop-import"' not in client.get(batch.get_absolute_url()).text
    assert "Nothing was left to leave out." in client.post(address, follow=True).text
    assert "1 row was left out." in client.post(address, {"what": "settled"}, follow=True).text
    first, second, _third = batch.rows.all()
    assert "Read it again" in client.get(second.get_absolute_url()).text
    client.post(reverse("import_row_retry", args=[first.pk]))
    work(batch)
    assert [row.status for row in batch.rows.all()] == [RowStatus.ASKING, RowStatus.DONE, RowStatus.DONE]


def test_a_row_is_answered_and_then_read(as_person, caseworker):
    client = as_person(caseworker)
    batch = bring(("a.txt", b"He left."), ("b.txt", b"She left."), by=caseworker)
    work(batch)
    first, second = batch.rows.all()
    known = {"title": "He left", "language": "en", "kind": "news"}
    assert client.post(first.get_absolute_url(), {"title": ""} | known | {"published_on": "x"}).status_code == 422
    assert (
        client.post(first.get_absolute_url(), known | {"then": "next"}).headers["Location"] == second.get_absolute_url()
    )
    response = client.post(second.get_absolute_url(), known | {"then": "read"})
    assert response.headers["Location"] == f"{second.get_absolute_url()}?then=read"
    progress = reverse("import_row_progress", args=[second.pk])
    assert client.get(f"{progress}?then=read").status_code == 200
    work(batch)
    second.refresh_from_db()
    source = Source.objects.get(pk=second.source_id)
    assert client.get(f"{progress}?then=read").headers["HX-Redirect"] == source.get_absolute_url()
    assert client.get(response.headers["Location"]).headers["Location"] == source.get_absolute_url()
    assert client.post(first.get_absolute_url(), known, follow=True).status_code == 200


def test_the_lists_take_the_same_number_of_queries_however_long_they_are(as_person, caseworker, count_queries):
    client = as_person(caseworker)
    batch = bring(("a.txt", b"He left."), by=caseworker)
    few = count_queries(client, reverse("import_list")), count_queries(client, batch.get_absolute_url())
    batch = bring(*((f"{number}.exe", b"MZ") for number in range(20)), by=caseworker)
    assert (count_queries(client, reverse("import_list")), count_queries(client, batch.get_absolute_url())) == few
    work(batch)
    page = client.get(batch.get_absolute_url(), {"state": "failed", "page": "9" * 30})
    assert page.text.count("x.exe") == 0
    assert page.text.count(".exe</a>") == 20


def test_a_list_tells_how_its_columns_were_read(as_person, caseworker):
    batch = bring(("a.csv", "Título;Nota\nDos hombres;x\n".encode()))
    work(batch)
    words = " ".join(as_person(caseworker).get(batch.rows.first().get_absolute_url()).text.split())
    assert "<dt>Título</dt> <dd>read as title</dd> <dt>Nota</dt> <dd>not read</dd>" in words


NASTY = ("\x00", "\ud800", "\u202e" * 3000, "x" * 5000, "'; --", "{{ 7 }}", "../../etc/passwd", "9" * 400)


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_nothing_that_is_typed_breaks_a_page(as_person, caseworker, words):
    client = as_person(caseworker)
    named = words.encode("utf-8", "replace").decode()
    batch = bring((f"{words}.txt", b"He left."), ("b.csv", f"Title,URL\n{words},{words}\n".encode("utf-8", "replace")))
    work(batch)
    row = batch.rows.first()
    everything = dict.fromkeys(
        ("title", "publisher", "published_on", "url", "language", "kind", "country", "text", "choice", "yes", "then",
         "addresses", "path", "more", "submission", "creates_themes", "tracked"),
        named,
    )  # fmt: skip
    posts = [row.get_absolute_url(), *(reverse(name) for name in ("import_add",))]
    posts += [reverse(name, args=[batch.pk]) for name in ("import_files", "import_begin", "import_save", "import_stop")]
    posts += [reverse(name, args=[row.pk]) for name in ("import_row_retry", "import_row_skip")]
    gets = [batch.get_absolute_url(), *(reverse(name, args=[batch.pk]) for name in ("import_rows", "import_failures"))]
    gets += [one.get_absolute_url() for one in batch.rows.all()]
    found = {client.get(url, {"state": named, "page": named, "then": named}).status_code for url in gets}
    found |= {client.post(url, everything).status_code for url in posts}
    assert found <= {200, 286, 302, 422}


@pytest.mark.parametrize("field", ["text", "title"])
def test_a_character_that_no_text_has_is_said(as_person, caseworker, field):
    batch = bring(addresses=("https://herald.example/door",), by=caseworker)
    work(batch)
    row = batch.rows.get()
    known = {"title": "Door", "language": "en", "kind": "news", "text": "He left."}
    response = as_person(caseworker).post(row.get_absolute_url(), known | {field: "He\x00 left."})
    work(batch)
    row.refresh_from_db()
    assert response.status_code == 422 or (row.status, bool(row.sentence)) == (RowStatus.FAILED, True)


def test_a_row_says_with_what_its_source_shares_passages(as_person, caseworker, add):
    link = two_reports(add)
    batch = bring(("a.txt", b"He left."), by=caseworker)
    batch.rows.update(source=link.other, status=RowStatus.DONE, outcome=Outcome.ADDED)
    said = f'<a href="{link.get_absolute_url()}">It shares 2 passages with “The vote”</a>'
    client = as_person(caseworker)
    assert said in client.get(batch.get_absolute_url()).text
    assert said in client.get(batch.rows.get().get_absolute_url()).text
