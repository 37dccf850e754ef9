"""Which reader a file goes to."""

import pickle

import pytest

from caseapp.intake import read_text as read
from caseapp.intake import readers
from caseapp.intake.readers import FORMATS, FileTooLarge, PageInOneFile, UnsupportedFormat, format_of
from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.txt import DamagedText, NotPlainText


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("", ""),
        ("article.txt", ""),
        ("ARTICLE.TXT", "application/octet-stream"),
        ("article.text", "text/plain"),
        ("article", "text/plain; charset=utf-8"),
        ("article", "application/octet-stream"),
        ("Notes of Dr. Díaz", ""),
        ("article.txt", "text/html"),
    ],
)
def test_plain_text(name, media_type):
    assert read(b"words\r\n", name=name, media_type=media_type) == Reading("words\n", "text/plain", "utf-8", ())


@pytest.mark.parametrize(
    ("name", "media_type", "found"),
    [
        ("notes.md", "application/octet-stream", ".md"),
        ("notes.md", "", ".md"),
        ("article", "text/csv", "text/csv"),
    ],
)
def test_other_formats_are_refused_with_what_to_do(name, media_type, found):
    with pytest.raises(UnsupportedFormat) as refusal:
        read(b"words", name=name, media_type=media_type)
    assert refusal.value.found == found
    assert str(refusal.value) == (
        f"A file of the kind {found} cannot be read. "
        "Save it as plain text (.txt, .text), web page (.html, .htm), as a Word document (.docx) or as a PDF, or copy "
        "the words and paste them."
    )


@pytest.mark.parametrize("name", ["report.pdf", "report.txt", "report"])
def test_the_first_bytes_count_more_than_the_name(name):
    with pytest.raises(NotPlainText, match=r"^This is a PDF, not a text file"):
        read(b"%PDF-1.7", name=name)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"<!DOCTYPE html><p>words", "article.txt", ""),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "article.xml", ""),
        (b"<!-- saved from url=(0022)https://herald.example/ -->\n<html>", "", ""),
        (b"<p>words</p>", "article.HTML", "text/plain"),
        (b"<p>words</p>", "article.xhtml", ""),
        (b"<p>words</p>", "story.php", "text/html; charset=utf-8"),
        (b"<p>words</p>", "www.herald.example", "application/xhtml+xml"),
    ],
)
def test_web_pages(data, name, media_type):
    assert format_of(data, name=name, media_type=media_type) is FORMATS["text/html"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://herald.example/\r\n", "(MHTML)"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n<html>", "(MHTML)"),
        (b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd5", "by Safari (web archive)"),
    ],
)
def test_pages_saved_in_one_file_are_refused_with_what_to_do(data, what):
    with pytest.raises(PageInOneFile) as refusal:
        read(data, name="article.mht")
    assert what in str(refusal.value)
    assert str(refusal.value).endswith("save it again as a web page (HTML only), and add that; or print it as a PDF.")


def test_too_large(monkeypatch):
    monkeypatch.setattr(readers, "MAX_BYTES", 5)
    assert read(b"words").text == "words"
    with pytest.raises(FileTooLarge, match=r"^This file has 6 bytes; at most 5"):
        read(b"words ")


@pytest.mark.parametrize(
    "refusal", [FileTooLarge(6), UnsupportedFormat(".md"), NotPlainText("a PDF"), DamagedText("utf-8", 1, 255, 1)]
)
def test_refusals_travel_between_processes(refusal):
    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)


def test_no_extension_belongs_to_two_formats():
    extensions = [extension for form in FORMATS.values() for extension in form.extensions]
    assert len(extensions) == len(set(extensions))
