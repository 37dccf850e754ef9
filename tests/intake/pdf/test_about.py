"""What PDFs say of themselves."""

from io import BytesIO

import pikepdf
import pytest

from caseapp.intake.pdf import about
from tests.intake.pdf.papers import by_hand, lines_at

TEXT = "Killings at home\nTwo officers were shot.\n\nThe law\nIt never came to a vote."
PAGES = [[0, 40, ""], [42, 78, ""]]


@pytest.fixture
def read(tmp_path):
    """read(bookmarks, **info) → what is said of a PDF of two pages with these bookmarks: (title, page, those below)."""

    def read(bookmarks=(), **info):
        with pikepdf.Pdf.open(BytesIO(by_hand(lines_at(40, 250, ["Words"]), pages=2))) as pdf:
            with pdf.open_outline() as outline:
                outline.root.extend(_items(bookmarks))
            for name, value in info.items():
                pdf.docinfo[f"/{name}"] = value
            pdf.save(tmp_path / "input")
        (tmp_path / "words.txt").write_text(TEXT)
        return about.read(tmp_path, pages=PAGES)

    return read


def _items(bookmarks):
    for title, page, *below in bookmarks:
        item = pikepdf.OutlineItem(title, page)
        item.children.extend(_items(below))
        yield item


def test_lines_that_bookmarks_name_are_headings(read):
    said = read([("KILLINGS at home.", 0, ("The law", 1)), ("Killings at home", 1), ("Nowhere", 0)])
    assert [(TEXT[start:end], level) for start, end, level in said["headings"]] == [
        ("Killings at home", 1),
        ("The law", 2),
    ]


def test_title_author_and_date(read):
    info = {"Title": "Annual\nreport", "Author": "Sample Ministry", "CreationDate": "D:20190304101500Z"}
    assert read(**info)["found"] == {
        "title": "Annual report",
        "author": "Sample Ministry",
        "published_on": "2019-03-04",
    }
    assert read(CreationDate="D:2019")["found"] == {"published_on": "2019"}


@pytest.mark.parametrize("title", ["Microsoft Word - report.doc", "untitled", "annual_report_2019.indd", ""])
def test_names_that_programs_give_are_no_titles(read, title):
    assert read(Title=title, CreationDate="yesterday")["found"] == {}


def test_what_is_no_text_takes_nothing_else_with_it(read):
    half = pikepdf.String(b"\xfe\xff\xd8\x00")
    said = read([(half, 0), ("The law", 1)], Title=half, Author="Sample Ministry")
    assert said["found"] == {"author": "Sample Ministry"}
    assert [TEXT[start:end] for start, end, _level in said["headings"]] == ["The law"]
