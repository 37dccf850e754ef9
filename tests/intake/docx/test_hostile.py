"""Word files that were made to hurt or to hide: each is refused in words, or is printed whole."""

import struct
import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.core.refused import Refused
from caseapp.intake.docx import making, package
from caseapp.intake.sentences import refusal_sentence
from tests.intake.docx.making import paragraph, repacked, saved, with_part, with_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def plain(words="words"):
    return with_xml(paragraph(words))


def body(inside):
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


@pytest.fixture
def refused(tmp_path):
    def ask(data):
        (tmp_path / "input").write_bytes(data)
        with pytest.raises(Refused) as error:
            making.clean(tmp_path, accepted=[])
        assert not (tmp_path / "clean.pdf").exists()
        assert len(refusal_sentence(error.value.code, error.value.params)) > 40
        return error.value.code

    return ask


def archive(**parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def lying(data, name, claims):
    """The archive, saying of one part that it has another size than it has."""
    place = data.rindex(name.encode()) - 46
    return data[: place + 24] + struct.pack("<I", claims) + data[place + 28 :]


def test_what_is_no_word_file(refused):
    assert refused(b"PK\x03\x04") == "word-damaged"
    assert refused(b"PK\x03\x04" + bytes(500)) == "word-damaged"
    assert refused(plain()[:-200]) == "word-damaged"
    assert refused(archive(readme="words")) == "word-no-document"
    sheet = repacked(plain(), lambda name, part: part.replace(b"wordprocessingml.document.main", b"spreadsheetml.main"))
    assert refused(sheet) == "word-no-document"
    macros = repacked(
        plain(),
        lambda name, part: part.replace(
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    assert refused(macros) == "word-no-document"


def test_bombs_are_not_unpacked(refused):
    assert refused(with_part(plain(), "word/media/a.bin", bytes(200 << 20))) == "word-bomb"
    assert refused(lying(with_part(plain(), "word/a.bin", bytes(8 << 20)), "word/a.bin", 100)) in {
        "word-bomb",
        "word-damaged",
    }
    assert refused(archive(**{f"part{number}": "" for number in range(2_001)})) == "word-bomb"


def test_parts_that_overlap_or_stand_twice(refused):
    data = plain()
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a") as doubled, pytest.warns(UserWarning, match="Duplicate"):
        doubled.writestr("word/document.xml", body(paragraph("other words")))
    assert refused(target.getvalue()) == "word-twice"
    assert refused(with_part(data, "WORD/DOCUMENT.XML", body(paragraph("other words")))) == "word-twice"
    names = [entry.filename for entry in zipfile.ZipFile(BytesIO(data)).infolist()]
    first, second = (data.rindex(name.encode()) - 46 for name in names[:2])
    overlapping = data[: second + 42] + data[first + 42 : first + 46] + data[second + 46 :]
    assert refused(overlapping) in {"word-bomb", "word-damaged"}


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_in_the_xml(refused, head, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}{body(paragraph("words"))}'
    assert refused(with_part(plain(), "word/document.xml", text.encode(encoding))) == "word-doctype"


def test_broken_and_bottomless_xml(refused):
    assert refused(with_part(plain(), "word/document.xml", b"<w:document>")) == "word-damaged"
    deep = "<w:tbl><w:tr><w:tc>" * 20 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 20
    assert refused(with_part(plain(), "word/document.xml", body(deep))) == "word-too-deep"
    deeper = "<w:sdt><w:sdtContent>" * 400 + paragraph("deep") + "</w:sdtContent></w:sdt>" * 400
    assert refused(with_part(plain(), "word/document.xml", body(deeper))) == "word-damaged"


def test_more_than_can_be_set(refused, monkeypatch):
    rows = "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 3_001
    assert refused(with_xml(f"<w:tbl>{rows}</w:tbl>")) == "word-table-too-long"
    assert refused(with_part(plain(), "word/document.xml", body("<w:p/>" * 100))) == "word-empty"
    monkeypatch.setattr(package, "_MOST_ELEMENTS", 1_000)
    assert refused(with_part(plain(), "word/document.xml", body("<w:p><w:r/></w:p>" * 1_000))) == "word-too-long"


def test_another_document_inside(refused):
    chunk = "<w:altChunk xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' r:id='rId1'/>"
    data = with_part(plain(), "word/document.xml", body(paragraph("words") + chunk))
    assert refused(data) == "word-inside"


def test_words_where_no_reader_looks_are_never_lost_in_silence(refused):
    """Words outside of any run, or in an element that is not known: they would be missing, so nothing is printed."""
    for stray in ("<w:p><w:t>stray</w:t></w:p>", "<w:unknown><w:p><w:r><w:t>stray</w:t></w:r></w:p></w:unknown>"):
        assert refused(with_part(plain(), "word/document.xml", body(paragraph("words") + stray))) == "words-lost"


def test_words_around_a_comment_of_the_xml_stay(tmp_path):
    text = body("<w:p><w:r><w:t>one<!-- x -->two<?y z?><![CDATA[three]]></w:t></w:r></w:p>")
    (tmp_path / "input").write_bytes(with_part(plain(), "word/document.xml", text))
    assert making.clean(tmp_path, accepted=[])["text_pages"][0].strip() == "onetwothree"


def test_the_strict_form_is_read_as_the_usual_one(tmp_path):
    strict = repacked(
        plain("strict words"),
        lambda name, part: part.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    (tmp_path / "input").write_bytes(strict)
    assert making.clean(tmp_path, accepted=[])["text_pages"][0].strip() == "strict words"


def test_markup_in_the_words_is_only_words(tmp_path):
    words = '<script>x</script> <img src="file:///etc/passwd"> {{ 7 }} &amp; ]]>'
    document = Document()
    document.add_paragraph(words)
    (tmp_path / "input").write_bytes(saved(document))
    said = making.clean(tmp_path, accepted=[])["text_pages"][0]
    assert "".join(said.split()) == "".join(words.split())


def test_a_long_document_is_set_in_pieces_and_stays_whole(tmp_path):
    document = Document()
    for number in range(400):
        document.add_paragraph(f"{number} " + "many words " * 40)
    (tmp_path / "input").write_bytes(saved(document))
    made = making.clean(tmp_path, accepted=[])
    assert made["pages"] == len(made["text_pages"]) > 30
    assert all(f"{number} many" in " ".join(made["text_pages"]) for number in range(400))


def test_a_paragraph_longer_than_any_page_is_whole(tmp_path):
    document = Document()
    line = document.add_paragraph()
    for number in range(400):
        line.add_run(f"{number} {'x' * 90} ").bold = bool(number % 2)
    line.add_run("y" * 9_000)
    (tmp_path / "input").write_bytes(saved(document))
    said = "".join("".join(making.clean(tmp_path, accepted=[])["text_pages"]).split())
    assert said == "".join(f"{number}{'x' * 90}" for number in range(400)) + "y" * 9_000


NAMES = "p r t tbl tr tc ins del pPr rPr vanish fldChar sdt sdtContent hyperlink drawing pict txbxContent br tab sym"
elements = st.sampled_from(NAMES.split())
trees = st.recursive(
    st.text("ab <", max_size=3).map(lambda text: text.replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda name, children: f"<w:{name}>{''.join(children)}</w:{name}>", elements, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(trees, max_size=4))
def test_any_tree_of_elements_is_pages_questions_or_a_refusal(tmp_path_factory, blocks):
    folder = tmp_path_factory.getbasetemp()
    (folder / "input").write_bytes(with_part(TEMPLATE, "word/document.xml", body("".join(blocks))))
    try:
        made = making.clean(folder, accepted=["hidden-words", "drawings", "tracked-accepted"])
    except Refused as refusal:
        said = refusal_sentence(refusal.code, refusal.params)
    else:
        said = made["questions"] or made["pages"]
    assert said


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_the_archive_is_pages_or_a_refusal(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    damaged = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    (folder / "input").write_bytes(bytes(damaged))
    try:
        said = making.clean(folder, accepted=[])["pages"]
    except Refused as refusal:
        said = refusal_sentence(refusal.code, refusal.params)
    assert said


TEMPLATE = plain()
