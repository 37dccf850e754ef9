"""Scans through the door: with Tesseract where it is installed, and without it everywhere."""

import pytest

from caseapp import intake
from caseapp.intake.ocr import languages
from caseapp.intake.pdf.examining import examined
from caseapp.intake.sentences import notice_sentence
from tests.intake.ocr.scans import SPANISH, scan
from tests.packets.pdf.reading import page_texts

needs_tesseract = pytest.mark.skipif(not languages.reads("es"), reason="Tesseract with Spanish is not installed here.")


@pytest.fixture
def scanned(tmp_path):
    """The clean copy of a picture of words, and what is known of it."""

    def make(data):
        given, out = tmp_path / "given", tmp_path / "clean.pdf"
        given.write_bytes(data)
        return intake.clean_pdf(given, name="scan.png", kind="png", out=out), out

    return make


def test_without_the_program_nothing_changes_and_that_is_said(scanned, monkeypatch):
    monkeypatch.setattr(languages, "installed", frozenset)
    assert not languages.reads("es")
    clean, path = scanned(scan())
    before = path.read_bytes()
    read = intake.read_scans(clean, path, language="es")
    assert (read.text_pages, path.read_bytes()) == (("",), before)
    assert [notice.code for notice in read.notices] == ["no-text", "ocr-missing"]
    assert "An administrator can install Tesseract" in notice_sentence(read.notices[-1])


def test_a_copy_whose_pages_have_words_is_left_alone(scanned, monkeypatch):
    clean = intake.Clean(1, (), ("words",))
    assert intake.read_scans(clean, None, language="es") is clean


def test_languages_by_the_names_of_documents(monkeypatch):
    monkeypatch.setattr(languages, "installed", lambda: frozenset({"eng", "spa"}))
    assert [languages.asked_for(code) for code in ("es", "es-GT", "en", "fr", "")] == [
        "spa+eng",
        "spa+eng",
        "eng",
        "",
        "",
    ]
    monkeypatch.setattr(languages, "installed", lambda: frozenset({"spa"}))
    assert languages.asked_for("es") == "spa"


def test_where_a_child_fails_the_copy_stays_as_it_was(scanned, monkeypatch):
    monkeypatch.setattr(languages, "installed", lambda: frozenset({"xxx", "spa"}))
    monkeypatch.setattr(languages, "_NAMES", {"es": "xxx"})
    clean, path = scanned(scan())
    before = path.read_bytes()
    assert intake.read_scans(clean, path, language="es").text_pages == ("",)
    assert path.read_bytes() == before


@needs_tesseract
def test_a_scan_can_be_searched_afterwards_and_says_that_nobody_proofread_it(scanned, tmp_path):
    clean, path = scanned(scan())
    read = intake.read_scans(clean, path, language="es")
    assert " ".join(read.text_pages[0].split()) == " ".join(SPANISH)
    assert page_texts(path.read_bytes())[0] == read.text_pages[0]
    assert [notice.code for notice in read.notices] == ["read-by-ocr"]
    assert notice_sentence(read.notices[0]) == (
        "1 page is a picture. Its words were read by a program (OCR) and not proofread: page 1."
    )
    again = examined(path, "")
    assert (again.pdf, again.report.questions, again.report.notices) == (path.read_bytes(), (), ())
    words = intake.read_words(path)
    spots = intake.mark_passages(
        path,
        text=words.text,
        pages=words.pages,
        passages=[intake.Passage(words.text.index("María"), words.text.index("declaro"))],
        out=tmp_path / "marked.pdf",
    )
    assert [len(found) for found in spots] == [1]


@needs_tesseract
@pytest.mark.parametrize("lines", [(), ("",)])
def test_a_page_without_words_stays_without(scanned, lines):
    clean, path = scanned(scan(lines))
    before = path.read_bytes()
    assert intake.read_scans(clean, path, language="es").text_pages == ("",)
    assert path.read_bytes() == before
