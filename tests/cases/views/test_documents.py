"""The screens of a client's papers."""

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pikepdf import Encryption

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Document, DocumentStatus
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import DocumentDetails, add_document, change_document
from caseapp.cases.tasks import read_document as read_task
from caseapp.cases.words import words_of
from tests.cases.making import make_document, photograph
from tests.intake import hostile
from tests.intake.docx.making import paragraph, with_xml

IN_PLACE = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("files_read_once")


@pytest.fixture(autouse=True)
def rung(monkeypatch) -> list[str]:
    """The ids for which a worker was called."""
    ids: list[str] = []
    monkeypatch.setattr(read_task, "delay", ids.append)
    return ids


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def add(client, case, django_capture_on_commit_callbacks):
    """add({"a.txt": b"…"}, title="…") → the answer to the form, after the workers were called."""

    def add(files: dict[str, bytes], *, follow: bool = True, **typed: object):
        sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
        data = {"files_chosen": sent, "kind": "declaration", "language": "es"} | typed
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("document_add", args=[case.pk]), data, follow=follow)

    return add


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_several_files_become_documents_each_with_a_title_from_its_name(add, case, rung):
    response = add({"psych_report.txt": b"one", "Passport scan.png": photograph()}, title="Not for several")
    assert [(row.title, row.kind, row.language, row.status) for row in case.documents.all()] == [
        ("psych report", "declaration", "es", DocumentStatus.WAITING),
        ("Passport scan", "declaration", "es", DocumentStatus.WAITING),
    ]
    assert rung == [str(row.pk) for row in case.documents.all()]
    assert "2 documents added." in words(response)
    assert words(response).count("waiting to be read") == 2


def test_one_bad_file_stops_none_of_the_others(add, case, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    settings.FILE_UPLOAD_HANDLERS = ["caseapp.core.uploads.BoundedFileUpload"]
    response = add({"a.txt": b"words", "empty.txt": b"", "long.txt": b"x" * 1001, "b.exe": b"MZ"})
    assert [row.original_name for row in case.documents.all()] == ["a.txt", "b.exe"]
    assert "“empty.txt” is empty." in words(response)
    assert "“long.txt” has 1001 bytes, more than is taken in of one file." in words(response)


def test_more_than_one_request_may_bring_is_said_of_the_files_that_did_not_fit(add, case, settings):
    settings.MAX_REQUEST_BYTES = 1000
    settings.FILE_UPLOAD_HANDLERS = ["caseapp.core.uploads.BoundedFileUpload"]
    response = add({"a.txt": b"x" * 900, "b.txt": b"x" * 200, "c.txt": b"x" * 100})
    assert [row.original_name for row in case.documents.all()] == ["a.txt", "c.txt"]
    assert "“b.txt” (200 bytes) did not fit into one sending with the others." in words(response)


@pytest.mark.parametrize(
    ("files", "typed", "sentence"),
    [
        ({}, {}, "Choose at least one file."),
        ({"empty.txt": b""}, {}, "“empty.txt” is empty."),
        ({"a.txt": b"x"}, {"dated_on": "2019-02-30"}, "Give a year, a month or a day that exists"),
        ({"a.txt": b"x"}, {"dated_on": "2999"}, "This date lies in the future."),
        ({"a.txt": b"x"}, {"title": "a\u202eb"}, "This holds characters that cannot be seen."),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_nothing_added(add, case, files, typed, sentence):
    response = add(files, **typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Document.objects.exists()


def test_the_same_file_twice_is_said_and_linked_and_taken(add, case):
    earlier = make_document(case, b"words", title="First")
    response = add({"again.txt": b"words"})
    assert case.documents.count() == 2
    assert f'This case has the same file already: <a href="{earlier.get_absolute_url()}">First</a>' in words(response)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "a\x00b.txt", "x" * 400 + ".txt", "<script>.txt", "\u202etxt.exe", "名前.txt"]
)
def test_any_name_of_a_file_is_taken_or_refused_in_words(add, case, client, name):
    response = add({name: b"words"}, follow=False)
    assert response.status_code in {302, 422}
    for document in case.documents.all():
        read_document(document.pk)
        page = client.get(document.get_absolute_url())
        assert page.status_code == 200
        assert "<script>." not in words(page)
        download = client.get(reverse("document_original", args=[document.pk]))
        assert (download.getvalue(), download.headers["X-Content-Type-Options"]) == (b"words", "nosniff")
        assert download.headers["Content-Disposition"].startswith("attachment")


def test_the_states_of_the_list_are_asked_for_until_all_are_read(client, add, case):
    add({"a.txt": b"words"})
    url = reverse("document_states", args=[case.pk])
    running = client.get(url)
    assert running.status_code == 200
    assert 'id="document-states" hx-get' in words(running)
    read_document(case.documents.get().pk)
    over = client.get(url)
    assert over.status_code == 286
    assert "hx-get" not in words(over)
    assert "1 page" in words(over)
    assert 'id="document-states"' not in words(client.get(reverse("case_documents", args=[case.pk])))


def test_a_newer_file_takes_the_place_of_the_older_one_in_the_list_once_it_is_ready(client, case):
    older = make_document(case, title="Older")
    details = DocumentDetails(title="Newer")
    newer = add_document(by=None, case=case, details=details, original=[b"w"], name="b.txt", now=older.added_at)
    Document.objects.filter(pk=newer.pk).update(replaces=older, position=older.position)
    url = reverse("document_states", args=[case.pk])
    asked = f"{url}?awaited={older.pk}&amp;"
    assert asked in words(client.get(reverse("case_documents", args=[case.pk])))
    running = words(client.get(url, {"awaited": older.pk}))
    assert asked in running
    assert 'id="documents"' not in running
    read_document(newer.pk)
    over = client.get(url, {"awaited": older.pk})
    assert over.status_code == 286
    assert '<div id="documents" hx-swap-oob="true">' in words(over)
    assert newer.get_absolute_url() in words(over)
    assert older.get_absolute_url() not in words(over)
    assert 'id="documents"' not in words(client.get(url))


def test_the_page_of_a_document_loads_itself_again_once_it_is_read(client, add, case):
    add({"a.txt": b"words"})
    document = case.documents.get()
    url = reverse("document_progress", args=[document.pk])
    assert "waiting to be read" in words(client.get(url))
    read_document(document.pk)
    over = client.get(url)
    assert (over.status_code, over.headers["HX-Refresh"]) == (286, "true")


def test_a_question_is_answered_on_the_page_and_who_said_yes_stays_there(client, case, rung, caseworker):
    document = make_document(case, photograph(frames=3), name="scar.png")
    assert "The file holds 3 pictures" in words(client.get(document.get_absolute_url()))
    url = reverse("document_answer", args=[document.pk])
    refused = client.post(url)
    assert refused.status_code == 422
    assert "Say yes to each point" in words(refused)
    assert client.post(url, {"yes": "picture-frames"}).status_code == 302
    assert client.post(url, {"yes": "picture-frames"}).status_code == 302
    read_document(document.pk)
    page = words(client.get(document.get_absolute_url()))
    assert f"{caseworker.name} said yes" in page
    assert '<h2 id="asking">' not in page


TRACKED = (
    "<w:p><w:ins w:id='1'><w:r><w:t>never</w:t></w:r></w:ins>"
    "<w:del w:id='2'><w:r><w:delText>always</w:delText></w:r></w:del></w:p>"
)


def test_of_tracked_changes_one_reading_is_chosen(client, case):
    document = make_document(case, with_xml(TRACKED, paragraph("secret", run="<w:vanish/>")), name="statement.docx")
    url = reverse("document_answer", args=[document.pk])
    assert "inserted: never" in words(client.get(document.get_absolute_url()))
    assert client.post(url, {"tracked": "tracked-rejected"}).status_code == 422
    assert client.post(url, {"yes": "hidden-words"}).status_code == 422
    both = {"yes": ["hidden-words", "tracked-accepted", "tracked-rejected"]}
    assert client.post(url, both).status_code == 422
    assert client.post(url, {"yes": "hidden-words", "tracked": "tracked-rejected"}).status_code == 302
    read_document(document.pk)
    document.refresh_from_db()
    assert (document.status, words_of(document).text.strip()) == (DocumentStatus.READY, "always")


def test_a_refused_file_says_why_and_can_be_read_again(client, case):
    document = make_document(case, b"MZ", name="x.exe")
    assert "can run as a program" in words(client.get(document.get_absolute_url()))
    assert client.post(reverse("document_retry", args=[document.pk])).status_code == 302
    document.refresh_from_db()
    assert document.status == DocumentStatus.WAITING


def test_a_stale_edit_shows_both_versions(client, case, lawyer):
    document = make_document(case)
    change_document(by=lawyer, document=document, details=DocumentDetails(title="Theirs"), version=1)
    typed = {"title": "Mine", "kind": "medical", "language": "en", "version": "1"}
    response = client.post(reverse("document_edit", args=[document.pk]), typed)
    assert response.status_code == 409
    assert '<td class="breakable" data-label="Saved by somebody else">Theirs</td>' in words(response)
    again = client.post(reverse("document_edit", args=[document.pk]), typed | {"version": "2"})
    assert again.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.kind, document.version) == ("Mine", "medical", 3)


def test_documents_are_sorted_with_arrows_and_by_dragging(client, case):
    first, second = make_document(case), make_document(case, title="Passport")
    url = reverse("document_move", args=[case.pk])
    assert client.post(url, {"seen": [first.pk, second.pk], "down": first.pk}).status_code == 302
    assert [row.pk for row in case.documents.all()] == [second.pk, first.pk]
    dragged = client.post(url, {"seen": [second.pk, first.pk], "order": [first.pk, second.pk]}, headers=IN_PLACE)
    assert dragged.status_code == 200
    assert [row.pk for row in case.documents.all()] == [first.pk, second.pk]
    for wrong in ({"seen": "x"}, {"seen": [second.pk, first.pk], "up": first.pk}, {"seen": [first.pk], "up": "x"}):
        assert client.post(url, wrong).status_code == 409


def test_a_document_is_removed_after_asking(client, case):
    document = make_document(case)
    url = reverse("document_remove", args=[document.pk])
    assert "Remove this document?" in words(client.get(url))
    assert client.post(url).status_code == 302
    assert not case.documents.exists()


def test_all_that_cannot_be_used_is_removed_at_once(client, case):
    kept, *useless = [make_document(case, data, name=name) for name, data in [("a.txt", b"a"), *[("b.exe", b"MZ")] * 2]]
    page = reverse("case_documents", args=[case.pk])
    url = reverse("refused_remove", args=[case.pk])
    assert "2 documents cannot be used" in words(client.get(page))
    again = client.post(url, {"seen": [kept.pk, useless[0].pk]}, follow=True)
    assert "1 document is out of the case." in words(again)
    assert url not in words(again)
    assert list(case.documents.all()) == [kept, useless[1]]
    nothing = client.post(url, {"seen": [kept.pk]})
    assert nothing.status_code == 409
    assert "Nothing was removed." in words(nothing)


def test_the_script_that_sends_files_is_told_where_they_lead(client, case):
    sent = {"files_chosen": SimpleUploadedFile("a.txt", b"words"), "kind": "declaration", "language": "es"}
    answer = client.post(reverse("document_add", args=[case.pk]), sent, headers=IN_PLACE)
    page = reverse("case_documents", args=[case.pk])
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, page)
    assert "1 document added." in words(client.get(page))


def test_the_pages_are_shown_as_pictures(client, case):
    document = make_document(case)
    assert reverse("document_page", args=[document.pk, 1]) in words(client.get(document.get_absolute_url()))
    picture = client.get(reverse("document_page", args=[document.pk, 1]))
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(reverse("document_page", args=[document.pk, 2])).status_code == 404
    assert client.get(reverse("document_page", args=[document.pk, 0])).status_code == 404


def test_the_history_of_the_case_names_documents_that_are_still_there(client, case, caseworker):
    kept, gone = make_document(case, by=caseworker), make_document(case, title="Gone", by=caseworker)
    gone.delete()
    page = words(client.get(reverse("case_history", args=[case.pk])))
    assert f'added the document <span class="history-label"><a href="{kept.get_absolute_url()}">Declaration</a>' in page
    assert page.count("added the document") == 2
    assert "Gone" not in page


def test_the_list_and_the_history_take_the_same_queries_for_any_length(client, case, count_queries):
    make_document(case)
    urls = [reverse(name, args=[case.pk]) for name in ("case_documents", "case_history")]
    client.get(urls[0])
    short = [count_queries(client, url) for url in urls]
    for _ in range(4):
        make_document(case)
    assert [count_queries(client, url) for url in urls] == short


def test_a_password_opens_a_file_once_and_is_kept_nowhere(client, case, rung, caplog):
    locked = hostile.written(hostile.new(2), encryption=Encryption(owner="o", user="the clinic's word", R=6))
    document = make_document(case, locked, name="report.pdf")
    url = reverse("document_answer", args=[document.pk])
    assert 'type="password"' in words(client.get(document.get_absolute_url()))
    assert "Type the password that opens the file." in words(client.post(url))
    with caplog.at_level(logging.DEBUG):
        assert client.post(url, {"password": "a wrong one"}).status_code == 302
        document.refresh_from_db()
        assert document.status == DocumentStatus.ASKING
        assert client.post(url, {"password": "the clinic's word"}).status_code == 302
    document.refresh_from_db()
    assert (document.status, document.pages) == (DocumentStatus.READY, 2)
    assert rung == []
    row = Document.objects.filter(pk=document.pk).values().get()
    events = list(Event.objects.values("detail", "subject_label"))
    for secret in ("the clinic's word", "a wrong one"):
        assert secret not in f"{row}{events}{caplog.text}"


def test_whoever_opens_a_document_is_on_its_record_each_time(client, case, caseworker):
    document = make_document(case)
    for _visit in range(3):
        client.get(document.get_absolute_url())
    seen = Event.objects.filter(action=Action.DOCUMENT_VIEWED, subject_id=str(document.pk))
    assert [(event.actor_name, event.subject_label) for event in seen] == [(caseworker.name, "")] * 3
