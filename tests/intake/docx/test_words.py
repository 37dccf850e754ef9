"""The text of Word files."""

import pytest
from docx import Document

from caseapp.intake.docx import words
from tests.intake.docx.making import paragraph, picture, saved, with_part, with_xml


@pytest.fixture
def read(tmp_path):
    """read(bytes, accepted…) → what the child answers."""

    def read(data, *accepted):
        (tmp_path / "input").write_bytes(data)
        return words.read(tmp_path, accepted=list(accepted))

    return read


def report():
    document = Document()
    document.core_properties.title = "Annual report"
    document.core_properties.author = "Sample Ministry"
    document.add_heading("Killings at home", 1)
    document.add_paragraph("Two officers were  shot.\nBoth were on leave.")
    document.add_heading("Figures", 2)
    table = document.add_table(2, 2)
    for place, text in enumerate(("Year", "Killed", "2019", "20")):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("")
    document.add_paragraph("The end.")
    document.add_picture(picture())
    return document


def test_paragraphs_headings_and_tables(read):
    found = read(saved(report()))
    text = found["text"]
    assert text == (
        "Killings at home\n\nTwo officers were shot.\nBoth were on leave.\n\nFigures\n\n"
        "Year | Killed\n2019 | 20\n\nThe end."
    )
    assert [(text[start:end], level) for start, end, level in found["headings"]] == [
        ("Killings at home", 1),
        ("Figures", 2),
    ]
    assert found["found"] == {"title": "Annual report", "author": "Sample Ministry"}
    assert [(notice["code"], notice["count"]) for notice in found["notices"]] == [("pictures-not-text", 1)]


CHANGED = (
    "<w:p><w:r><w:t>Two officers </w:t></w:r>"
    "<w:del w:id='1' w:author='A'><w:r><w:delText>may have been</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='A'><w:r><w:t>were</w:t></w:r></w:ins><w:r><w:t> shot.</w:t></w:r></w:p>"
)


def test_tracked_changes_are_for_a_person_to_settle(read):
    data = with_xml(CHANGED)
    assert [question["code"] for question in read(data)["questions"]] == ["tracked-accepted", "tracked-rejected"]
    assert read(data, "tracked-accepted")["text"] == "Two officers were shot."
    assert read(data, "tracked-rejected")["text"] == "Two officers may have been shot."
    assert not read(data, "tracked-rejected")["questions"]


def test_no_words_give_no_text(read):
    assert read(with_xml(paragraph("")))["text"] == ""
    assert read(with_part(with_xml(paragraph("Words")), "docProps/core.xml", b"<x/>"))["found"] == {}
