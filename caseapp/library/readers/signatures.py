"""What a file is by its first bytes, whatever its name says."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Signature:
    media_type: str
    words: str  # goes into "This is …, not a text file."


# Marks that text could begin with by chance ("BM", "MZ", "ID3") are spelled out to the next bytes that text lacks.
_BEGINNINGS: tuple[tuple[bytes, Signature], ...] = (
    (rb"%PDF-", Signature("application/pdf", "a PDF")),
    (rb"%!PS", Signature("application/postscript", "a PostScript file")),
    (rb"\{\\rtf", Signature("application/rtf", "an RTF document")),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Signature("application/x-ole-storage", "an old Word, Excel or mail file")),
    (rb"\xffWPC", Signature("application/vnd.wordperfect", "a WordPerfect document")),
    (rb"(?i:<!doctype\s+html|<html[\s>])", Signature("text/html", "a web page (HTML)")),
    (rb"<\?xml", Signature("application/xml", "an XML file")),
    (rb"\x89PNG\r\n\x1a\n", Signature("image/png", "a PNG picture")),
    (rb"\xff\xd8\xff", Signature("image/jpeg", "a JPEG picture")),
    (rb"GIF8[79]a", Signature("image/gif", "a GIF picture")),
    (rb"II\*\0|MM\0\*", Signature("image/tiff", "a TIFF picture")),
    (rb"BM....\0\0\0\0", Signature("image/bmp", "a BMP picture")),
    (rb"RIFF....WEBP", Signature("image/webp", "a WebP picture")),
    (rb"RIFF....(?:WAVE|AVI )", Signature("application/x-riff", "a sound or video file")),
    (rb"....ftyp(?:heic|heix|mif1|avif)", Signature("image/heic", "a picture from a phone (HEIC)")),
    (rb"....ftyp", Signature("video/mp4", "a video")),
    (rb"ID3[\x02-\x04]|OggS\0|fLaC\0", Signature("audio/mpeg", "a sound file")),
    (rb"\x1aE\xdf\xa3", Signature("video/x-matroska", "a video")),
    (rb"\x7fELF", Signature("application/x-executable", "a program (ELF)")),
    (rb"MZ[\s\S]{0,62}\0", Signature("application/vnd.microsoft.portable-executable", "a Windows program")),
    (rb"\x1f\x8b", Signature("application/gzip", "a compressed file (GZIP)")),
    (rb"BZh[1-9]1AY&SY", Signature("application/x-bzip2", "a compressed file (BZIP2)")),
    (rb"\xfd7zXZ\0", Signature("application/x-xz", "a compressed file (XZ)")),
    (rb"7z\xbc\xaf'\x1c", Signature("application/x-7z-compressed", "an archive (7-Zip)")),
    (rb"Rar!\x1a\x07", Signature("application/vnd.rar", "an archive (RAR)")),
    (rb"SQLite format 3\0", Signature("application/vnd.sqlite3", "a database (SQLite)")),
)
_SIGNATURES = tuple((re.compile(beginning, re.DOTALL), signature) for beginning, signature in _BEGINNINGS)

# Office documents are ZIP archives; the names of their parts stand in them uncompressed.
_ZIP = b"PK\x03\x04"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ZIPPED: tuple[tuple[bytes, Signature], ...] = (
    (b"word/document.xml", Signature(f"{_OPEN_XML}.wordprocessingml.document", "a Word document (DOCX)")),
    (b"xl/workbook.xml", Signature(f"{_OPEN_XML}.spreadsheetml.sheet", "an Excel workbook (XLSX)")),
    (b"ppt/presentation.xml", Signature(f"{_OPEN_XML}.presentationml.presentation", "a PowerPoint file (PPTX)")),
    (b"mimetypeapplication/vnd.oasis.opendocument", Signature("application/vnd.oasis.opendocument", "an OpenDocument")),
    (b"mimetypeapplication/epub+zip", Signature("application/epub+zip", "an e-book (EPUB)")),
    (b"", Signature("application/zip", "a ZIP archive")),
)
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
