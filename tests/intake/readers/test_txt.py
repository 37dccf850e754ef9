"""Plain text in every encoding that people send, and what pretends to be plain text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.intake.readers.text import (
    ControlCharacters,
    EmptyText,
    LoneSurrogates,
    NulCharacters,
    Place,
    Unreadable,
)
from caseapp.intake.readers.txt import (
    DamagedText,
    DecodedAsWindows1252,
    NotPlainText,
    UnknownEncoding,
    read,
)

SPANISH = "El comisionado Muñoz habló en San José: “nadie está a salvo”.\n" * 3

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides(encoding):
    reading = read(MARKS[encoding] + SPANISH.encode(encoding))
    assert (reading.text, reading.encoding, reading.notices) == (SPANISH, encoding, ())
    assert reading.media_type == "text/plain"


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize(
    "text",
    [
        SPANISH,
        "Власти не защищают пострадавших.",
        "العنف مستمر في المدينة منذ ٢٠١٩.",
        "委员会于2019年报告，有一百个家庭离开。\n当局没有保护。",
        "ቤተሰቦች ከተማዋን ለቀው ወጡ።",
        "गवाह ने जो देखा वह बताया।",
    ],
)
def test_these_need_no_mark(encoding, text):
    reading = read(text.encode(encoding))
    assert (reading.text, reading.encoding, reading.notices) == (text, encoding, ())


@pytest.mark.parametrize("data", [b"one\0two\0", b"one two\0\0", b"\0\0\0\0", b"\0\1\0\2\3\0", b"words\0\xff\xfe more"])
def test_zeros_alone_make_no_letters(data):
    with pytest.raises((NulCharacters, NotPlainText)):
        read(data)


def test_windows_1252_is_read_and_remarked_on():
    reading = read(("One\r\n" + SPANISH).encode("windows-1252"))
    assert reading.text == "One\n" + SPANISH
    assert reading.encoding == "windows-1252"
    assert reading.notices == (DecodedAsWindows1252(count=18, line=2),)
    assert "Check the accents: 18 characters, the first on line 2." in str(reading.notices[0])


def test_capitals_before_a_curly_quote_stay_windows_1252():
    """É” is C9 94, which is also one whole character of UTF-8."""
    reading = read("«Según él, la señora dijo “JOSÉ” y calló.»".encode("windows-1252"))
    assert reading.encoding == "windows-1252"
    assert "“JOSÉ”" in reading.text


@given(st.text())
def test_what_reads_as_utf8_gives_that_text(text):
    try:
        data = text.encode()
        reading = read(data)
    except (Unreadable, UnicodeEncodeError):
        return
    assert reading.text == read(reading.text.encode()).text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(data):
    try:
        said = read(data).text
    except Unreadable as refusal:
        said = str(refusal)
    assert said.encode().strip()


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), min_size=1), st.sampled_from(sorted(MARKS)))
def test_marked_encodings_all_give_the_same_text(text, encoding):
    try:
        expected = read(codecs.BOM_UTF8 + text.encode()).text
    except (EmptyText, NotPlainText):
        return
    assert read(MARKS[encoding] + text.encode(encoding)).text == expected


@pytest.mark.parametrize("data", [b"", b" \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE])
def test_empty_files(data):
    with pytest.raises(EmptyText):
        read(data)


def test_a_pdf_named_as_text_is_named_in_words():
    with pytest.raises(NotPlainText) as refusal:
        read(b"%PDF-1.7\n\xe2\xe3")
    assert str(refusal.value) == (
        "This is a PDF, not a text file. Open it in its own program and save it as plain text (UTF-8), "
        "or copy the words and paste them."
    )


def test_unknown_binary_data_is_no_text():
    with pytest.raises(NotPlainText, match=r"^This is a file of binary data, not a text file"):
        read(bytes(range(256)) * 9)


def test_nul_in_a_text_is_placed():
    with pytest.raises(NulCharacters) as refusal:
        read(b"one\r\ntwo \0 three \0")
    assert (refusal.value.count, refusal.value.first) == (2, Place(2, 5))


def test_nothing_but_nul():
    with pytest.raises(NulCharacters) as refusal:
        read(bytes(100))
    assert refusal.value.count == 100


def test_escape_sequences_of_a_terminal_are_named():
    with pytest.raises(ControlCharacters) as refusal:
        read(b"one \x1b[31mred\x1b[0m")
    assert (refusal.value.codes, refusal.value.count) == (("U+001B",), 2)


@pytest.mark.parametrize("cut", [b"\xed\xa0\xbd", b"\xed\xb8\x80"], ids=["first half", "second half"])
def test_half_characters_in_utf8(cut):
    with pytest.raises(LoneSurrogates) as refusal:
        read(b"one\ntwo " + cut + b".")
    assert (refusal.value.count, refusal.value.first) == (1, Place(2, 5))


def test_emoji_stored_as_two_halves_are_refused_too():
    with pytest.raises(LoneSurrogates) as refusal:
        read(b"one " + "\ud83d\ude00".encode("utf-8", "surrogatepass"))
    assert refusal.value.count == 2


def test_half_characters_in_utf16():
    with pytest.raises(LoneSurrogates) as refusal:
        read(codecs.BOM_UTF16_LE + "one\ud83d two".encode("utf-16-le", "surrogatepass"))
    assert refusal.value.first == Place(1, 4)


def test_damaged_utf8_is_no_windows_1252():
    with pytest.raises(DamagedText) as refusal:
        read("año\r\nniño\r\n".encode() + b"ca\x9da")
    damage = refusal.value
    assert (damage.encoding, damage.offset, damage.byte, damage.line) == ("utf-8", 15, 0x9D, 3)
    assert str(damage).startswith(
        "This file is UTF-8 text with damage: byte 16 (0x9D, on line 3) belongs to no character."
    )


def test_a_cut_curly_quote_is_damage():
    """As Windows-1252 it would read â€."""
    with pytest.raises(DamagedText) as refusal:
        read(b"He said \xe2\x80 no")
    assert (refusal.value.offset, refusal.value.byte) == (8, 0xE2)


def test_a_text_cut_inside_a_character_is_damage():
    with pytest.raises(DamagedText):
        read("Muñoz, Díaz".encode() + b"\xc3")


@pytest.mark.parametrize(
    ("data", "encoding", "offset"),
    [
        (codecs.BOM_UTF8 + b"a\xe9 b", "utf-8", 4),
        (codecs.BOM_UTF16_LE + b"a\0b", "utf-16-le", 4),
        (codecs.BOM_UTF16_BE + b"\0ab", "utf-16-be", 4),
        (codecs.BOM_UTF32_BE + b"\xff\xff\xff\xff", "utf-32-be", 4),
    ],
)
def test_bytes_that_break_their_own_mark(data, encoding, offset):
    with pytest.raises(DamagedText) as refusal:
        read(data)
    assert (refusal.value.encoding, refusal.value.offset) == (encoding, offset)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет мир", "windows-1251"),
        ("日本語の文章です", "shift_jis"),
        ("中文文章", "gb18030"),
        ("ελληνικά", "iso8859-7"),
    ],
)
def test_other_encodings_are_not_guessed(text, encoding):
    with pytest.raises(UnknownEncoding, match="cannot be told for sure"):
        read(text.encode(encoding))


def test_bytes_that_windows_1252_lacks():
    with pytest.raises(UnknownEncoding):
        read(b"plain words \x81 plain words \x8d plain words")


def test_five_megabytes_in_one_line():
    data = b"word " * 1_048_576
    reading = read(data)
    assert reading.text == data.decode()
    assert [notice.kind for notice in reading.notices] == ["long-line"]


def test_very_long_words():
    reading = read(b"one " + b"x" * 10_000 + b" two")
    assert len(reading.text) == 10_008
    assert [notice.kind for notice in reading.notices] == ["long-word"]
