"""What must never break the library, through the form that people use."""

import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caseapp.core import storage
from caseapp.intake.readers import UnsupportedFormat
from caseapp.intake.readers.text import (
    DirectionControls,
    EmptyText,
    LoneSurrogates,
    LongLine,
    LongWord,
    NulCharacters,
    Place,
    ReplacementCharacters,
)
from caseapp.intake.readers.txt import DamagedText, DecodedAsWindows1252
from caseapp.library.models import Source

ADD = "/sources/add/"
ABOUT = {
    "title": "Two men at the door",
    "publisher": "Sample Herald",
    "author": "A. Reporter",
    "published_on": "2019-03-04",
    "url": "https://herald.example/door",
    "language": "es",
    "kind": "ngo",
    "country": "SV",
    "accessed_on": "2026-11-20",
}
NUL_IN_TEXT = str(NulCharacters(1, Place(2, 3)))


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def choose(client):
    """choose(bytes, name) → the answer to a form with that file."""

    def choose(data: bytes, name: str = "door.txt"):
        file = SimpleUploadedFile(name, data, content_type="text/plain")
        return client.post(ADD, ABOUT | {"submission": uuid.uuid4(), "file": file}, follow=True)

    return choose


@pytest.fixture
def paste(client):
    """paste(text) → the answer to a form with that text."""

    def paste(text: str):
        return client.post(ADD, ABOUT | {"submission": uuid.uuid4(), "text": text}, follow=True)

    return paste


def assert_refused(response, settings, field: str, sentence: str) -> None:
    """In words on the field, with all that was typed, and nothing written anywhere."""
    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)
    assert {name: form[name].value() for name in ABOUT} == ABOUT
    assert not Source.objects.exists()
    assert not (settings.DATA_DIR / "files").exists()


def assert_kept_whole(response, original: bytes, text: str) -> None:
    assert response.redirect_chain[-1][0] == f"/sources/{Source.objects.latest('pk').pk}/details/"
    capture = Source.objects.latest("pk").capture
    assert capture.text == text
    assert storage.read_bytes(capture.original_sha256) == original


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_same_file_twice_is_information_and_no_refusal(choose, settings):
    choose(b"The officer was on leave.")
    first = Source.objects.get()
    response = choose(b"The officer was on leave.", "again.txt")
    assert Source.objects.count() == 2
    (information,) = [sentence for sentence in said(response) if sentence.startswith("You already have this:")]
    link = f'<a href="/sources/{first.pk}/">Two men at the door</a>'
    assert information.startswith(f"You already have this: {link}, added by Carla Caseworker on ")
    assert information in response.content.decode()
    stored = [path for path in (settings.DATA_DIR / "files").rglob("*") if path.is_file()]
    digest = hashlib.sha256(b"The officer was on leave.").hexdigest()
    assert [path.parent.name + path.name for path in stored] == [digest]


def test_a_title_with_markup_is_shown_as_it_is_typed(client):
    for _ in range(2):
        client.post(ADD, ABOUT | {"submission": uuid.uuid4(), "title": "<script>x</script>", "text": "words"})
    page = client.get("/sources/").content.decode()
    assert "<script>x</script>" not in page
    assert (
        page.count("&lt;script&gt;x&lt;/script&gt;") == 7
    )  # saved, saved, already there; two rows, named at their boxes too


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(choose, settings, data):
    assert_refused(choose(data), settings, "file", str(EmptyText()))


def test_a_single_line_of_five_megabytes(choose, client):
    line = b"word " * 1_000_000
    response = choose(line)
    assert_kept_whole(response, line, line.decode())
    assert str(LongLine(5_000_000, 1)) in said(response)
    trim = client.get(f"/sources/{Source.objects.get().pk}/trim/")
    assert trim.status_code == 200
    assert len(trim.content) < 60_000
    assert "4999400 characters not shown" in trim.content.decode().replace(",", "")


def test_a_pasted_line_of_five_megabytes(paste):
    line = "word " * 1_000_000
    assert_kept_whole(paste(line), line.encode(), line)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This file cannot be opened as a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "This is "),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is "),
        (bytes(range(256)) * 50, "This is a file of binary data, not a text file."),
    ],
    ids=["pdf", "zip", "png", "noise"],
)
def test_a_binary_file_named_txt(choose, settings, data, what):
    assert_refused(choose(data), settings, "file", what)


def test_a_file_of_another_kind(choose, settings):
    assert_refused(choose(b"a,b\n", "table.csv"), settings, "file", str(UnsupportedFormat(".csv")))


def test_nul_bytes_in_a_file(choose, settings):
    assert_refused(choose(b"one\ntw\0o"), settings, "file", NUL_IN_TEXT)


def test_nul_characters_in_a_pasted_text(paste, settings):
    response = paste("one\ntw\0o")
    assert_refused(response, settings, "text", NUL_IN_TEXT)
    assert response.context["form"]["text"].value() == "one\ntw\0o"


def test_lone_surrogates_in_a_file(choose, settings):
    sentence = str(LoneSurrogates(1, Place(1, 5)))
    assert_refused(choose("half\ud83d".encode("utf-8", "surrogatepass")), settings, "file", sentence)
    assert_refused(choose("\ufeffhalf\ud83d".encode("utf-16-le", "surrogatepass")), settings, "file", sentence)


def test_lone_surrogates_sent_as_if_pasted(client):
    """No browser sends them; whoever does gets replacement characters, and is told so."""
    half = "half \ud83d".encode("utf-8", "surrogatepass")
    lines = [b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value.encode())
             for name, value in ABOUT.items()]  # fmt: skip
    body = b"".join(lines) + b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + half + b"\r\n--x--\r\n"
    response = client.post(ADD, body, content_type="multipart/form-data; boundary=x", follow=True)
    assert Source.objects.get().capture.text == "half \ufffd\ufffd\ufffd"
    assert said(response)[1] == str(ReplacementCharacters(3, 1))


def test_damaged_utf8(choose, settings):
    data = "Núñez, Díaz y Buendía".encode()[:-2]
    assert_refused(choose(data), settings, "file", str(DamagedText("utf-8", 22, 0xC3, 1)))


def test_windows_1252_is_said_to_be_so(choose):
    data = "Díaz said: “no”".encode("windows-1252")
    response = choose(data)
    assert_kept_whole(response, data, "Díaz said: “no”")
    assert said(response)[1] == str(DecodedAsWindows1252(3, 1))


def test_bidirectional_overrides_are_kept_and_pointed_out(choose, client):
    text = "pay \u202e001\u202c dollars\n\u2067right\u2069"
    response = choose(text.encode())
    assert_kept_whole(response, text.encode(), text)
    sentence = str(DirectionControls(4, (1, 2)))
    assert said(response)[1] == sentence
    assert sentence in client.get(response.redirect_chain[-1][0]).content.decode()


def test_a_word_of_ten_thousand_letters(paste):
    text = f"before {'x' * 10_000} after"
    response = paste(text)
    assert_kept_whole(response, text.encode(), text)
    assert said(response)[1] == str(LongWord(10_000, 1))


def test_a_hundred_thousand_lines_can_be_trimmed(choose, client):
    text = "".join(f"Line number {number}\n" for number in range(1, 100_001))
    choose(text.encode())
    source = Source.objects.get()
    page = client.get(f"/sources/{source.pk}/trim/")
    assert len(page.content) < 120_000
    assert "Line number 100000" in page.content.decode()
    around = client.post(f"/sources/{source.pk}/trim/", {"around": "50000"}).content.decode()
    assert "Line number 50000\n" in around.replace("</div>", "\n")
    words = {"do": "save", "first_words": "Line number 77777", "last_words": "Line number 99990"}
    assert client.post(f"/sources/{source.pk}/trim/", words).status_code == 302
    assert source.capture.article.splitlines()[0] == "Line number 77777"
    assert source.capture.article.splitlines()[-1] == "Line number 99990"
