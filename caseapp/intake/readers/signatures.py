"""What a file is by its first bytes, whatever its name says."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Signature:
    media_type: str
    words: str  # in English; goes, translated, into "This is …, not a text file."


# Marks that text could begin with by chance ("BM", "MZ", "ID3") are spelled out to the next bytes that text lacks.
_BEGINNINGS: tuple[tuple[bytes, Signature], ...] = (
    (rb"%PDF-", Signature("application/pdf", gettext_noop("a PDF"))),
    (rb"%!PS", Signature("application/postscript", gettext_noop("a PostScript file"))),
    (rb"\{\\rtf", Signature("application/rtf", gettext_noop("an RTF document"))),
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Signature("application/x-ole-storage", gettext_noop("an old Word, Excel or mail file")),
    ),
    (rb"\xffWPC", Signature("application/vnd.wordperfect", gettext_noop("a WordPerfect document"))),
    (
        rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?(?i:<!doctype\s+html|<html[\s>])",
        Signature("text/html", gettext_noop("a web page (HTML)")),
    ),
    (
        rb"(?:From: <Saved by|(?:[\w-]+: [^\n]*\n)*?(?i:Content-Type: multipart/related))",
        Signature("multipart/related", gettext_noop("a web page saved with its pictures in one file (MHTML)")),
    ),
    (
        rb"bplist00[\s\S]{0,200}?WebMainResource",
        Signature("application/x-webarchive", gettext_noop("a web page saved by Safari (web archive)")),
    ),
    (rb"<\?xml", Signature("application/xml", gettext_noop("an XML file"))),
    (rb"\x89PNG\r\n\x1a\n", Signature("image/png", gettext_noop("a PNG picture"))),
    (rb"\xff\xd8\xff", Signature("image/jpeg", gettext_noop("a JPEG picture"))),
    (rb"GIF8[79]a", Signature("image/gif", gettext_noop("a GIF picture"))),
    (rb"II[*+]\0|MM\0[*+]", Signature("image/tiff", gettext_noop("a TIFF picture"))),
    (rb"BM....\0\0\0\0", Signature("image/bmp", gettext_noop("a BMP picture"))),
    (rb"RIFF....WEBP", Signature("image/webp", gettext_noop("a WebP picture"))),
    (rb"RIFF....(?:WAVE|AVI )", Signature("application/x-riff", gettext_noop("a sound or video file"))),
    (rb"....ftypavi[fs]", Signature("image/avif", gettext_noop("an AVIF picture"))),
    (
        rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)",
        Signature("image/heic", gettext_noop("a picture from a phone (HEIC)")),
    ),
    (rb"....ftyp", Signature("video/mp4", gettext_noop("a video"))),
    (rb"ID3[\x02-\x04]|OggS\0|fLaC\0", Signature("audio/mpeg", gettext_noop("a sound file"))),
    (rb"\x1aE\xdf\xa3", Signature("video/x-matroska", gettext_noop("a video"))),
    (rb"\x7fELF", Signature("application/x-executable", gettext_noop("a program (ELF)"))),
    (
        rb"MZ[\s\S]{0,62}\0",
        Signature("application/vnd.microsoft.portable-executable", gettext_noop("a Windows program")),
    ),
    (rb"\x1f\x8b", Signature("application/gzip", gettext_noop("a compressed file (GZIP)"))),
    (rb"BZh[1-9]1AY&SY", Signature("application/x-bzip2", gettext_noop("a compressed file (BZIP2)"))),
    (rb"\xfd7zXZ\0", Signature("application/x-xz", gettext_noop("a compressed file (XZ)"))),
    (rb"7z\xbc\xaf'\x1c", Signature("application/x-7z-compressed", gettext_noop("an archive (7-Zip)"))),
    (rb"Rar!\x1a\x07", Signature("application/vnd.rar", gettext_noop("an archive (RAR)"))),
    (rb"SQLite format 3\0", Signature("application/vnd.sqlite3", gettext_noop("a database (SQLite)"))),
)
_SIGNATURES = tuple((re.compile(beginning, re.DOTALL), signature) for beginning, signature in _BEGINNINGS)

# Office documents are ZIP archives; the names of their parts stand in them uncompressed.
_ZIP = b"PK\x03\x04"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ZIPPED: tuple[tuple[bytes, Signature], ...] = (
    (b"word/document.xml", Signature(f"{_OPEN_XML}.wordprocessingml.document", gettext_noop("a Word document (DOCX)"))),
    (b"xl/workbook.xml", Signature(f"{_OPEN_XML}.spreadsheetml.sheet", gettext_noop("an Excel workbook (XLSX)"))),
    (
        b"ppt/presentation.xml",
        Signature(f"{_OPEN_XML}.presentationml.presentation", gettext_noop("a PowerPoint file (PPTX)")),
    ),
    (
        b"mimetypeapplication/vnd.oasis.opendocument",
        Signature("application/vnd.oasis.opendocument", gettext_noop("an OpenDocument")),
    ),
    (b"mimetypeapplication/epub+zip", Signature("application/epub+zip", gettext_noop("an e-book (EPUB)"))),
    (b"", Signature("application/zip", gettext_noop("a ZIP archive"))),
)
SAVED_PAGES = frozenset({"multipart/related", "application/x-webarchive"})
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def signature_of(data: bytes) -> Signature | None:
    """The first kind of file whose mark stands at the beginning, after white space and a byte order mark at most."""
    if data.startswith(_ZIP):
        return next(signature for part, signature in _ZIPPED if part in data)
    beginning = data[:1024].removeprefix(_BYTE_ORDER_MARK)
    for candidate in (data[:1024], beginning.lstrip(b" \t\r\n")):
        for pattern, signature in _SIGNATURES:
            if pattern.match(candidate):
                return signature
    return None
