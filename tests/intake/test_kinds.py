"""What a file is by name and first bytes, and what is said of every other one."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from caseapp.core.refused import Refused
from caseapp.intake.kinds import HEAD, KINDS, kind_of
from caseapp.intake.sentences import refusal_sentence


def word():
    target = BytesIO()
    Document().save(target)
    return target.getvalue()


def picture(form):
    target = BytesIO()
    Image.new("RGB", (4, 4)).save(target, form)
    return target.getvalue()


BYTES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "docx": word(),
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "tiff": picture("TIFF"),
    "heic": (Path(__file__).parent / "samples" / "one_picture.heic").read_bytes(),
    "txt": b"Sehr geehrte Damen und Herren,\n",
}


def refusal(name, data):
    with pytest.raises(Refused) as refused:
        kind_of(name, data[:HEAD])
    return refused.value.code, refusal_sentence(refused.value.code, refused.value.params)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", ["", " "])
def test_name_and_bytes_that_agree(kind, end):
    for extension in KINDS[kind].extensions:
        assert kind_of(f"Statement.v2{extension.upper()}{end}", BYTES[kind][:HEAD]).name == kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bytes_of", KINDS)
def test_name_and_bytes_that_do_not_agree(kind, bytes_of):
    if kind != bytes_of:
        code, _sentence = refusal(f"statement{KINDS[kind].extensions[0]}", BYTES[bytes_of])
        assert code == "not-the-kind"


def test_a_disagreement_says_what_the_file_is():
    _code, sentence = refusal("scan.pdf", BYTES["png"])
    assert sentence == (
        "The name of this file ends in .pdf, but it is a PNG picture. If that is what it should be, correct the end "
        "of its name and add it again; if not, ask for it anew from where it came."
    )


def test_a_pdf_may_begin_with_junk_but_not_as_something_else():
    assert kind_of("a.pdf", b"\r\njunk\n%PDF-1.4\n").name == "pdf"
    for before in (BYTES["jpeg"][:300], BYTES["docx"][:60], b"<html>", b"MZ\x90\0\0\0"):
        assert refusal("a.pdf", before + b"\n%PDF-1.4\n")[0] == "not-the-kind"


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("letter.doc", "kind-document", "Open it in Word"),
        ("letter.RTF", "kind-document", "save it as a PDF"),
        ("letter.odt", "kind-document", "save it as a PDF"),
        ("macro.docm", "kind-document", "save it as a PDF"),
        ("a.avif", "kind-picture", ".avif"),
        ("a.webp", "kind-picture", "save it as PNG or JPEG"),
        ("a.gif", "kind-picture", "save it as PNG or JPEG"),
        ("page.html", "kind-web", "in a browser"),
        ("mail.msg", "kind-message", "in the mail program"),
        ("list.xlsx", "kind-table", "save it as a PDF"),
        ("all.zip", "kind-archive", "Unpack it"),
        ("voice.opus", "kind-recording", "transcript"),
        ("statement.pdf.exe", "kind-program", "Do not open it"),
        ("statement", "kind-unknown", "“statement”"),
        ("what.xyz", "kind-unknown", "“.xyz”"),
        ("", "kind-unknown", "what kind of file"),
    ],
)
def test_every_other_kind_is_refused_with_what_to_do(name, code, words):
    found, sentence = refusal(name, b"\0\1\2 whatever stands here")
    assert found == code
    assert words in sentence


def test_a_locked_or_old_word_file_is_told_apart():
    code, sentence = refusal("statement.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert code == "word-locked"
    assert "password" in sentence


def test_an_empty_file():
    assert refusal("a.pdf", b"")[0] == "empty"
