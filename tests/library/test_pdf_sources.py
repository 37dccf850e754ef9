"""Sources whose file is a PDF, from the form to the reader; each is read in a real child process."""

import re
import uuid
from dataclasses import replace
from html import unescape
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image

from caseapp.core import storage
from caseapp.intake.report import Notice
from caseapp.library.models import Source
from caseapp.library.services.sources import trim_article
from caseapp.library.texts.noticed import sentence_of
from tests.intake.pdf.papers import by_hand, lines_at, with_root_keys

ADD = "/sources/add/"
ABOUT = {"title": "A report", "language": "en", "kind": "ngo"}
LABELS = pikepdf.Dictionary(
    Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r), 1, pikepdf.Dictionary(S=pikepdf.Name.D)])
)
FIRST, SECOND = "The words of the first page.", "Officers were shot at home."


@pytest.fixture(scope="module")
def report():
    """Two pages, the first of which is called i and the second 1."""
    first, second = (by_hand(lines_at(40, 250, [words])) for words in (FIRST, SECOND))
    with pikepdf.Pdf.open(BytesIO(first)) as pdf, pikepdf.Pdf.open(BytesIO(second)) as other:
        pdf.pages.extend(other.pages)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
    return with_root_keys(target.getvalue(), PageLabels=LABELS)


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def choose(client):
    """choose(bytes, name, …) → the answer to the form with that file."""

    def choose(data, name="report.pdf", **more):
        file = SimpleUploadedFile(name, data, content_type="application/pdf")
        return client.post(ADD, {**ABOUT, "submission": str(uuid.uuid4()), "file": file, **more})

    return choose


@pytest.fixture
def source(choose, report):
    assert choose(report).status_code == 302
    return Source.objects.get()


def errors(response):
    return [unescape(error) for error in response.context["form"].errors.get("file", [])]


def test_a_pdf_is_kept_with_its_clean_copy_its_text_and_its_pages(source, report):
    capture = source.capture
    assert storage.read_bytes(capture.original_sha256) == report
    with pypdfium2.PdfDocument(storage.read_bytes(capture.clean_sha256)) as clean:
        assert len(clean) == 2
    assert capture.text == f"{FIRST}\n\n{SECOND}"
    assert capture.pages == [[0, 28, "i"], [30, 57, "1"]]
    assert (capture.media_type, capture.encoding, capture.original_name) == ("application/pdf", "", "report.pdf")
    assert (capture.article_start, capture.article_end) == (0, 57)


def test_a_pdf_is_known_by_its_first_bytes_whatever_its_name(choose, report):
    assert choose(report, "download").status_code == 302
    assert Source.objects.get().capture.pages


def test_the_reader_shows_where_pages_begin_and_the_words_stay_those_of_the_text(client, source):
    page = client.get(reverse("source_read", args=[source.pk])).content.decode()
    article = re.search(r'<article[^>]*id="article"[^>]*>(.*?)</article>', page, re.DOTALL)[1]

    assert re.findall(r'class="page-break" id="(.*?)" href="(.*?)" data-page="(.*?)"', article) == [
        ("page-1", f"/sources/{source.pk}/pages/1/", "i"),
        ("page-2", f"/sources/{source.pk}/pages/2/", "1"),
    ]
    assert unescape(re.sub(r"<[^>]+>", "", article)) == source.capture.text


def test_only_pages_that_the_article_touches_are_shown(client, source):
    trim_article(by=None, capture=source.capture, start=30, end=57)
    page = client.get(reverse("source_read", args=[source.pk])).content.decode()
    assert re.findall(r'class="page-break" id="(.*?)"', page) == ["page-2"]


def test_a_card_says_on_which_page_its_words_stand(client, source, django_assert_max_num_queries):
    capture = source.capture
    for words in (FIRST, SECOND):
        start = capture.text.index(words)
        capture.excerpts.create(start=start, end=start + len(words), quote=words)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("source_read", args=[source.pk])).content.decode()
    assert re.findall(r'class="card-page">(.*?)<', page) == ["p. i", "p. 1"]


def test_a_page_has_a_picture_and_ways_to_its_neighbours(client, source):
    shown = client.get(reverse("source_page", args=[source.pk, 2])).content.decode()
    assert f'src="/sources/{source.pk}/pages/2/picture/"' in shown
    assert re.findall(r'href="([^"]*)" rel="(prev|next)"', shown) == [(f"/sources/{source.pk}/pages/1/", "prev")]

    answer = client.get(reverse("source_page_picture", args=[source.pk, 2]))
    assert answer.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    assert picture.width == 1200
    assert picture.convert("L").getextrema()[0] < 100


def test_a_page_that_is_not_there_is_not_found(client, source):
    text = client.post(ADD, {**ABOUT, "text": "Only words", "submission": str(uuid.uuid4())}).url.split("/")[2]
    for name in ("source_page", "source_page_picture"):
        for pk, number in ((source.pk, 0), (source.pk, 3), (text, 1)):
            assert client.get(reverse(name, args=[pk, number])).status_code == 404


def test_a_copy_that_is_gone_from_the_disk_is_said(client, source):
    storage.path_of(source.capture.clean_sha256).unlink()
    answer = client.get(reverse("source_page_picture", args=[source.pk, 1]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "is missing or was altered" in answer.content.decode()


def encrypted(data, **passwords):
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        target = BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(**passwords))
    return target.getvalue()


def test_a_locked_pdf_is_refused_in_words(choose, report):
    answer = choose(encrypted(report, user="secret", owner="secret"))
    assert answer.status_code == 422
    assert errors(answer)[0].startswith("This PDF is locked with a password.")
    assert not Source.objects.exists()


def test_a_lock_that_only_forbids_copying_is_no_hindrance(choose, report):
    assert choose(encrypted(report, user="", owner="secret")).status_code == 302
    assert [sentence_of(notice)[:22] for notice in Source.objects.get().capture.notices] == ["The file forbids chang"]


def damaged(data):
    """Its table of contents points nowhere, so it must be mended to be read."""
    return data.replace(b"startxref\n", b"startxref\n9", 1)


def test_a_damaged_pdf_is_kept_only_when_somebody_says_so(choose, report, client):
    bad = damaged(report)
    asked = choose(bad)
    assert asked.status_code == 422
    assert errors(asked)[0].startswith("This file is damaged")
    assert not Source.objects.exists()

    of = asked.context["form"].data["keep_of"]
    assert 'name="keep"' in asked.content.decode()
    assert choose(bad, keep_of=of).status_code == 422
    assert choose(damaged(report + b"\n"), keep="on", keep_of=of).status_code == 422
    assert not Source.objects.exists()

    assert choose(bad, keep="on", keep_of=of).status_code == 302
    capture = Source.objects.get().capture
    assert capture.text == f"{FIRST}\n\n{SECOND}"
    assert storage.read_bytes(capture.original_sha256) == bad


def test_pages_without_words_are_said_and_a_pdf_without_any_is_refused(choose):
    with_words = by_hand(lines_at(40, 250, ["Some words."]))
    with pikepdf.Pdf.open(BytesIO(with_words)) as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        target = BytesIO()
        pdf.save(target)
    assert choose(target.getvalue()).status_code == 302
    assert [sentence_of(notice) for notice in Source.objects.get().capture.notices] == [
        "1 page holds no words that can be searched or quoted: page 2."
    ]

    answer = choose(by_hand("0 0 100 100 re f", pages=2))
    assert answer.status_code == 422
    assert errors(answer)[0].startswith("There are no words in this PDF that could be quoted: 2 pages without text")


def test_scans_are_read_by_a_program_when_somebody_wants_that(choose, monkeypatch):
    monkeypatch.setattr("caseapp.library.keeping.contents.reads", lambda language: language == "en")
    scan = by_hand("0 0 100 100 re f", pages=2)
    asked = choose(scan)
    assert asked.status_code == 422
    assert errors(asked)[0].startswith("There are no words in this PDF, only pictures of 2 pages.")

    def read_scans(made, path, *, language):
        assert language == "en"
        path.write_bytes(by_hand(lines_at(40, 250, ["Words of a scan."]), pages=2))
        return replace(made, notices=(Notice("read-by-ocr", 2, ("1–2",)),))

    monkeypatch.setattr("caseapp.intake.read_scans", read_scans)
    assert choose(scan, keep="on", keep_of=asked.context["form"].data["keep_of"]).status_code == 302
    capture = Source.objects.get().capture
    assert capture.text == "Words of a scan.\n\nWords of a scan."
    assert sentence_of(capture.notices[0]).startswith("2 pages are pictures. Their words were read by a program (OCR)")


def test_words_that_cannot_be_seen_are_said_and_nothing_is_to_be_decided(choose):
    page = lines_at(40, 250, ["Words for all to read."]) + "1 g " + lines_at(40, 200, ["Words that nobody sees."])
    assert choose(by_hand(page)).status_code == 302
    [notice] = Source.objects.get().capture.notices
    assert notice["code"] == "hidden-text"
    assert sentence_of(notice).startswith("The pages hold words that cannot be seen, in 1 place")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"\0" * 2000,
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        b"not a PDF at all",
        b"PK\x03\x04word/document.xml",
    ],
)
def test_what_is_no_pdf_ends_in_a_sentence(choose, data):
    answer = choose(data)
    assert answer.status_code == 422
    assert len(errors(answer)[0]) > 20
    assert not Source.objects.exists()


def test_a_pdf_that_is_too_large_is_refused_by_its_size(choose, monkeypatch):
    monkeypatch.setattr("caseapp.intake.MOST_BYTES", 100)
    answer = choose(b"%PDF-1.7" + b" " * 200)
    assert errors(answer)[0].startswith("This file has 208 bytes; at most 100")


def test_strangers_to_the_library_see_no_page(as_person, administrator, source):
    for name in ("source_page", "source_page_picture"):
        assert as_person(administrator).get(reverse(name, args=[source.pk, 1])).status_code == 403


def test_the_command_takes_pdfs_and_damaged_ones_when_told_to(report, tmp_path, db, capsys):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(report)
    bad.write_bytes(damaged(report))

    call_command("import_source", str(good))
    assert "good, 57 characters." in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"^This file is damaged.* give --keep-as-read\.$"):
        call_command("import_source", str(bad))
    call_command("import_source", str(bad), "--keep-as-read")
    assert Source.objects.count() == 2
