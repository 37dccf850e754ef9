"""The encoding of a page: as browsers take it, and what is not as it was said is told."""

import codecs

import pytest

from caseapp.intake.web.decoding import Decoded, decode

WORDS = "El señor Díaz llegó"
RUSSIAN = "Власти не защищают пострадавших."
SAYS_LATIN = '<meta charset="iso-8859-1">'
SAYS_UTF8 = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'


@pytest.mark.parametrize(
    ("data", "media_type", "decoded"),
    [
        (WORDS.encode(), "", Decoded(WORDS, "utf-8")),
        (codecs.BOM_UTF8 + WORDS.encode(), "text/html; charset=latin1", Decoded(WORDS, "utf-8")),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "", Decoded(WORDS, "utf-16-le")),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "", Decoded(WORDS, "utf-16-be")),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "", Decoded(WORDS, "utf-32-le")),
        (("<p>" + RUSSIAN).encode("utf-16-le"), "text/html; charset=utf-8", Decoded("<p>" + RUSSIAN, "utf-16-le")),
        ((SAYS_UTF8 + RUSSIAN).encode("utf-32-be"), "", Decoded(SAYS_UTF8 + RUSSIAN, "utf-32-be")),
        (WORDS.encode("cp1252"), "", Decoded(WORDS, "windows-1252", is_guessed=True)),
        (WORDS.encode("cp1252"), "text/html; charset=ISO-8859-1", Decoded(WORDS, "windows-1252")),
        ((SAYS_LATIN + WORDS).encode("cp1252"), "", Decoded(SAYS_LATIN + WORDS, "windows-1252")),
        ((SAYS_LATIN + "Words").encode(), "", Decoded(SAYS_LATIN + "Words", "windows-1252")),
        ((SAYS_LATIN + WORDS).encode(), "", Decoded(SAYS_LATIN + WORDS, "utf-8", said="windows-1252")),
        ((SAYS_UTF8 + WORDS).encode("cp1252"), "", Decoded(SAYS_UTF8 + WORDS, "windows-1252", said="utf-8")),
        ("Привет".encode("koi8-r"), "text/html; charset=koi8-r", Decoded("Привет", "koi8-r")),
        ("日本語の言葉".encode("iso2022_jp"), "text/html;charset=iso-2022-jp", Decoded("日本語の言葉", "iso2022_jp")),
        ("新闻".encode("gb18030"), "text/html; charset=gb2312", Decoded("新闻", "gb18030")),
        (
            b'<?xml version="1.0" encoding="koi8-r"?>\xd0',
            "",
            Decoded('<?xml version="1.0" encoding="koi8-r"?>п', "koi8-r"),
        ),
    ],
)
def test_encodings(data, media_type, decoded):
    assert decode(data, media_type) == decoded


def test_encodings_that_hide_things_are_not_obeyed():
    page = b"<meta charset=utf-7><p>+ADw-script+AD4-</p>"
    assert decode(page) == Decoded(page.decode(), "utf-8")


def test_what_no_encoding_fits_is_read_with_marks_of_damage():
    assert decode(b"\x81 words", "") == Decoded("� words", "windows-1252", is_guessed=True)
