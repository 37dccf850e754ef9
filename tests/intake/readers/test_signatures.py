import io
import zipfile

import pytest

from caseapp.intake.readers.signatures import signature_of


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "a PDF"),
        (b"%!PS-Adobe-3.0", "a PostScript file"),
        (rb"{\rtf1\ansi", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word, Excel or mail file"),
        (b"\xffWPC\x10", "a WordPerfect document"),
        (b"<!DOCTYPE html>\n<html>", "a web page (HTML)"),
        (b"\n\n  <HTML>", "a web page (HTML)"),
        (b'<html lang="en">', "a web page (HTML)"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"II*\0\x08\0", "a TIFF picture"),
        (b"BM\x36\x84\x03\x0a\0\0\0\0", "a BMP picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound or video file"),
        (b"\0\0\0\x18ftypheic", "a picture from a phone (HEIC)"),
        (b"\0\0\0\x18ftypmp42", "a video"),
        (b"ID3\x03\0", "a sound file"),
        (b"\x7fELF\x02\x01\x01", "a program (ELF)"),
        (b"MZ\x90\0\x03", "a Windows program"),
        (b"\x1f\x8b\x08", "a compressed file (GZIP)"),
        (b"7z\xbc\xaf'\x1c\0\x04", "an archive (7-Zip)"),
        (b"Rar!\x1a\x07\0", "an archive (RAR)"),
        (b"SQLite format 3\0", "a database (SQLite)"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (DOCX)"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (XLSX)"),
        (zipped("ppt/presentation.xml"), "a PowerPoint file (PPTX)"),
        (zipped("article.txt"), "a ZIP archive"),
    ],
)
def test_files_are_told_by_their_first_bytes(data, words):
    signature = signature_of(data)
    assert signature is not None
    assert signature.words == words


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"PK is how the archive's inventor signed.",
        b"BM stands for Banco Mundial.",
        b"MZ, the informant, said nothing more.",
        b"ID3 is a tag.",
        b"About %PDF- headers",
        b"<htmlish> words",
        b"II* MM*",
        b"Rifftides; RIFF",
        "Ñandú, año".encode(),
    ],
)
def test_words_that_look_like_marks_are_text(text):
    assert signature_of(text) is None
