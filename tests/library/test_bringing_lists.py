"""Lists and zips brought as a caseworker brings them: each record finds its file, its address, or asks."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from caseapp.library.arriving import importing
from caseapp.library.fetching import Fetched
from caseapp.library.fetching.refusals import UnknownName
from caseapp.library.models import ImportRow, Method, Outcome, RowStatus, Source, Theme
from caseapp.library.services.imports import answer_row
from tests.library.conftest import NOW
from tests.library.making import bring, work

LIST = """Título,Medio,Fecha,Dirección web,Temas,Archivo,Texto
Dos hombres,El Diario,2019-03-04,,off-duty killings;Reglas nuevas,notas/a.txt,
Una ley,El Diario,2019,,,,La ley nunca llegó a votarse.
Sin texto,El Diario,2020,https://herald.example/door,,,
Fecha rara,El Diario,la primavera,,,,Otro texto.
de,más,,,,,,cosas
""".encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def states(batch) -> list[tuple[str, str, str]]:
    return [(row.name, row.status, row.outcome) for row in batch.rows.all()]


@pytest.fixture
def batch(caseworker):
    files = {"lote/lista.csv": LIST, "lote/notas/a.txt": b"He left.", "lote/__MACOSX/._a.txt": b"x"}
    batch = bring(("lote.zip", zipped(**files)), by=caseworker)
    work(batch)
    return batch


def test_every_line_becomes_a_row_with_its_own_result(batch):
    assert states(batch) == [
        ("lote.zip", "done", "unpacked"),
        ("lote/lista.csv", "done", "unpacked"),
        ("lote/notas/a.txt", "done", "used"),
        ("lote/__MACOSX/_a.txt", "done", "skipped"),
        ("Dos hombres", "done", "added"),
        ("Una ley", "done", "added"),
        ("Sin texto", "asking", ""),
        ("Fecha rara", "asking", ""),
        ("6", "failed", ""),
    ]
    source = Source.objects.get(title="Dos hombres")
    assert (source.publisher, source.published_on, source.language) == ("El Diario", "2019-03-04", "en")
    capture = source.capture
    assert (capture.text, capture.original_name, capture.method) == ("He left.", "a.txt", Method.UPLOADED)
    assert Source.objects.get(title="Una ley").capture.method == Method.PASTED
    assert batch.rows.get(name="Fecha rara").sentence.startswith("Published: Give a year")


def test_themes_are_created_only_where_that_was_asked(batch, caseworker):
    row = batch.rows.get(name="Dos hombres")
    assert row.given["unknown_themes"] == ["Reglas nuevas"]
    before = Theme.objects.count()
    again = bring(("lista.csv", LIST), by=caseworker, creates_themes=True)
    work(again)
    assert Theme.objects.count() == before + 1
    assert "unknown_themes" not in again.rows.get(name="Dos hombres").given


def test_what_was_added_before_is_linked_and_not_doubled(batch, caseworker):
    sources = Source.objects.count()
    files = {"lote/lista.csv": LIST, "lote/notas/a.txt": b"He left."}
    again = bring(("lote.zip", zipped(**files)), by=caseworker)
    work(again)
    assert Source.objects.count() == sources
    known = again.rows.filter(outcome=Outcome.KNOWN).values_list("source__title", flat=True)
    assert list(known) == ["Dos hombres", "Una ley"]


def test_what_failed_is_downloaded_mended_and_brought_again(batch, caseworker, as_person):
    client = as_person(caseworker)
    table = client.get(reverse("import_failures", args=[batch.pk])).content.decode("utf-8-sig")
    lines = table.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Row,What was brought,What is wrong,Título,Medio,Fecha")
    assert "Published: Give a year" in lines[2]
    mended = bring(("mended.csv", table.replace("la primavera", "2021").encode("utf-8-sig")), by=caseworker)
    work(mended)
    assert mended.rows.get(name="Fecha rara").source.published_on == "2021"
    assert mended.rows.get(name="Sin texto").status == RowStatus.ASKING


def test_a_formula_in_a_list_is_disarmed_on_the_way_out(caseworker, as_person):
    batch = bring(("l.csv", b'Title,Published\n"=HYPERLINK(""x"")",soon\n'), by=caseworker)
    work(batch)
    table = as_person(caseworker).get(reverse("import_failures", args=[batch.pk])).text
    assert "\"'=HYPERLINK" in table


def fetched(address: str, **_options) -> Fetched:
    if "nowhere" in address:
        raise UnknownName("nowhere.example")
    return Fetched(b"He left in spring.", "text/plain", "door.txt", {"status": 200})


def test_addresses_are_fetched_where_the_office_allows_it(caseworker, monkeypatch):
    monkeypatch.setattr(importing, "may_fetch", lambda: True)
    monkeypatch.setattr(importing, "fetch", fetched)
    batch = bring(addresses=("https://herald.example/door", "https://nowhere.example/"), by=caseworker)
    work(batch)
    good, bad = batch.rows.all()
    assert (good.status, good.original_name, good.response) == (RowStatus.ASKING, "door.txt", {"status": 200})
    assert bad.sentence.startswith("No server of the name nowhere.example")
    details = {"title": "Door", "publisher": "Herald"}
    answer_row(by=caseworker, row=good, details=details, codes=(), choice="", now=NOW)
    text = ("", [b"She left in spring."])
    answer_row(by=caseworker, row=bad, details=details, codes=(), choice="", original=text, now=NOW)
    work(batch)
    captures = [source.capture for source in Source.objects.order_by("pk")]
    assert [(capture.method, capture.text) for capture in captures] == [
        (Method.FETCHED, "He left in spring."),
        (Method.PASTED, "She left in spring."),
    ]
    assert captures[0].response == {"status": 200}
    again = bring(addresses=("https://herald.example/door",), by=caseworker)
    work(again)
    row = again.rows.get()
    assert (row.status, row.same_as) == (RowStatus.ASKING, captures[0].source)
    monkeypatch.setattr(importing, "fetch", lambda *_args, **_options: Fetched(b"Newer.", "text/plain", "d.txt", {}))
    answer_row(by=caseworker, row=row, details=details, codes=(), choice="version", now=NOW)
    work(again)
    source = Source.objects.get(pk=captures[0].source_id)
    assert (again.rows.get().outcome, source.capture.number, source.capture.text) == (Outcome.VERSION, 2, "Newer.")
    assert (source.title, Source.objects.count()) == ("Door", 2)


def test_without_the_switch_an_address_asks_for_its_text(caseworker, as_person):
    batch = bring(addresses=("https://herald.example/door",), by=caseworker)
    work(batch)
    row = batch.rows.get()
    client = as_person(caseworker)
    known = {"title": "Door", "language": "en", "kind": "news", "url": "https://herald.example/door"}
    assert client.post(row.get_absolute_url(), known).status_code == 422
    assert client.post(row.get_absolute_url(), known | {"text": "He left.\r\n"}).status_code == 302
    work(batch)
    assert Source.objects.get().capture.text == "He left.\n"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"nothing,known\n1,2\n", "No column of this list was recognised"),
        ("a.json", b"[" * 50_000, "too deep"),
        ("a.zip", b"PK", "damaged"),
        ("a.ris", b"\xff\x00\x00", "no publication"),
    ],
)
def test_a_list_that_is_none_fails_in_words(db, name, data, words):
    batch = bring((name, data))
    work(batch)
    assert words in batch.rows.get().sentence


def test_many_lines_become_rows_in_one_step(db, django_assert_max_num_queries):
    text = "Title,Text\n" + "".join(f"Title {number},Text {number}\n" for number in range(2_000))
    batch = bring(("many.csv", text.encode()))
    (pk,) = importing.next_rows(batch.pk, now=NOW)
    with django_assert_max_num_queries(80):
        importing.read_row(pk)
    assert ImportRow.objects.filter(kind="record", status="waiting").count() == 2_000


def test_a_list_in_csl_json_takes_files_of_its_folder(caseworker):
    items = [
        {"title": "Two men", "attachments": [{"path": "files/1/a.txt"}]},
        {"title": "No file", "attachments": [{"path": "b.pdf"}]},
    ]
    batch = bring(("x/list.json", json.dumps(items).encode()), ("x/files/1/a.txt", b"He left."), by=caseworker)
    work(batch)
    assert states(batch)[1:] == [
        ("x/files/1/a.txt", "done", "used"),
        ("Two men", "done", "added"),
        ("No file", "asking", ""),
    ]
    assert batch.rows.last().sentence == "The file that the list names was not brought with it: b.pdf."


def test_a_zotero_folder_in_ris_goes_in_whole(caseworker):
    ris = (
        "TY  - NEWS\nTI  - Two men\nT2  - Herald\nDA  - 2019/03/04/\nL1  - files/7/two men.txt\nER  - \n\n"
        "TY  - NEWS\nTI  - A law\nT2  - Herald\nAB  - It never came to a vote.\n"
    )
    files = {"My Library/My Library.ris": ris.encode(), "My Library/files/7/two men.txt": b"He left."}
    batch = bring(("zotero.zip", zipped(**files)), by=caseworker)
    work(batch)
    added = Source.objects.order_by("pk").values_list("title", "publisher", "published_on")
    assert list(added) == [("Two men", "Herald", "2019-03-04"), ("A law", "Herald", "")]
    assert [source.capture.text for source in Source.objects.order_by("pk")] == ["He left.", "It never came to a vote."]
