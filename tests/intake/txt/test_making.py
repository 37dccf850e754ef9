"""A client's text file on paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.core.refused import Refused
from caseapp.intake.report import Report, notices_from
from caseapp.intake.sentences import notice_sentence, refusal_sentence
from caseapp.intake.txt import making, reading
from tests.packets.pdf.reading import bare, page_texts

CHAT = "[12/03/2024, 09:15] Ana: ¿Dónde estás?\n\n   Si no respondes…\n\tlo diré.\nПривет\nمرحبا بالعالم\n"


def clean(folder, data):
    (folder / "input").write_bytes(data)
    made = making.clean(folder, accepted=[])
    return made, (folder / "clean.pdf").read_bytes()


def sentence(folder, data):
    with pytest.raises(Refused) as refused:
        clean(folder, data)
    return refusal_sentence(refused.value.code, refused.value.params)


def test_every_line_stands_on_the_page(tmp_path):
    made, pdf = clean(tmp_path, CHAT.encode())
    (page,) = page_texts(pdf)
    assert made == {"questions": [], "pages": 1, "notices": [], "text_pages": [page]}
    assert "[12/03/2024, 09:15] Ana: ¿Dónde estás?" in page
    assert pdf == clean(tmp_path, CHAT.encode())[1]


def test_a_text_of_many_pages_and_endless_words_is_whole(tmp_path):
    text = "\n".join(f"{number} {'x' * 500} words" for number in range(100))
    made, pdf = clean(tmp_path, text.encode())
    assert made["pages"] == len(page_texts(pdf)) > 8
    assert bare("".join(page_texts(pdf))) == bare(text)


def test_what_the_reader_remarks_on_is_said(tmp_path):
    data = "Señor Muñoz dijo “no”.".encode("windows-1252")
    (tmp_path / "input").write_bytes(data)
    report = Report.from_dict(reading.examine(tmp_path))
    assert report.kind == "txt"
    assert [notice_sentence(notice) for notice in report.notices] == [
        "The file does not say its encoding and was read as Windows-1252. "
        "Check the accents: 4 characters, the first on line 1."
    ]


def test_a_character_that_hides_words_is_shown_by_its_code(tmp_path):
    made, pdf = clean(tmp_path, "He was \u202e detseer\u202c here".encode())
    assert "[U+202E] detseer[U+202C]" in page_texts(pdf)[0]
    assert [notice_sentence(notice) for notice in notices_from(made["notices"])] == [
        "2 invisible characters can make words appear in another order than they are stored (line 1). "
        "Compare with the published page.",
        "2 characters cannot be printed, or would hide or reorder words, and are shown by their codes: U+202C, U+202E.",
    ]


def test_markup_in_a_text_is_only_text(tmp_path):
    text = 'A <b>bold</b> claim <img src="file:///etc/passwd"> & <!-- hidden -->'
    assert text in page_texts(clean(tmp_path, text.encode())[1])[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \n", "There are no words in this text."),
        (b"one\0two", "1 NUL character, the first at line 1, column 4"),
        (b"Bell \x07\x07 rings", "2 control characters that no page can show (U+0007), the first at line 1, column 6"),
        (b"<html><p>x", "This is a web page (HTML), not a text file."),
        (b"caf\xc3\xa9 \xe2\x80 ol\xc3\xa9", "UTF-8 text with damage: byte 7 (0xE2, on line 1)"),
        (("a" + "\u0301" * 40).encode(), "one letter carries 40 accents"),
        (b"x\n" * 1_000_001, "at most 2,000,000 can be printed"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, data, says):
    assert says in sentence(tmp_path, data)


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_pages_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    try:
        said = clean(folder, data)[0]["text_pages"][0]
    except Refused as refused:
        said = refusal_sentence(refused.code, refused.params)
    assert said.strip()


def test_a_line_whose_first_letter_is_shown_by_its_code_runs_the_way_of_the_code(tmp_path):
    _made, pdf = clean(tmp_path, "\U00010900\U00010901 said so\n\u200fhello (there).".encode())
    assert page_texts(pdf)[0].split("\r\n")[:2] == ["[U+10900][U+10901] said so", "[U+200F]hello (there)."]
