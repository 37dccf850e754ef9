"""Files that are no PDF through the doors, each read in its own child process."""

from io import BytesIO

import pytest
from PIL import Image

from caseapp.intake import Unsettled, Unusable, clean_pdf, examine
from tests.intake.docx.making import paragraph, with_part, with_xml
from tests.packets.pdf.reading import page_texts


@pytest.fixture
def given(tmp_path):
    def give(data):
        path = tmp_path / "given"
        path.write_bytes(data)
        return path

    return give


def picture(**options):
    target = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(target, "PNG", **options)
    return target.getvalue()


def test_a_text_file_becomes_pages(given, tmp_path):
    path = given("Letter of the employer\nَكتبت هذا في بيروت\n".encode())
    report = examine(path, name="letter.txt")
    assert (report.kind, report.media_type, report.questions) == ("txt", "text/plain", ())
    made = clean_pdf(path, name="letter.txt", kind=report.kind, out=tmp_path / "out.pdf")
    assert made.pages == 1
    assert "Letter of the employer" in made.text_pages[0]
    assert tuple(page_texts((tmp_path / "out.pdf").read_bytes())) == made.text_pages


def test_a_text_file_that_cannot_be_read_is_refused_in_words(given):
    with pytest.raises(Unusable, match=r"^This text holds 1 NUL character"):
        examine(given(b"one\0two"), name="letter.txt")


def test_a_picture_becomes_a_page(given, tmp_path):
    path = given(picture(dpi=(200, 200)))
    assert examine(path, name="door.png").pages == 1
    made = clean_pdf(path, name="door.png", kind="png", out=tmp_path / "out.pdf")
    assert (made.pages, made.notices[1].code, made.text_pages) == (1, "picture-size-unknown", ("",))
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_what_must_be_decided_comes_first(given, tmp_path):
    path = given(picture(save_all=True, append_images=[Image.new("RGB", (40, 30))]))
    with pytest.raises(Unsettled) as unsettled:
        clean_pdf(path, name="door.png", kind="png", out=tmp_path / "out.pdf")
    (question,) = unsettled.value.questions
    assert (question.code, question.count) == ("picture-frames", 2)
    assert not (tmp_path / "out.pdf").exists()
    accepted = frozenset({question.code})
    assert clean_pdf(path, name="door.png", kind="png", out=tmp_path / "out.pdf", accepted=accepted).pages == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Línea\n\n\tmás\nعربي\n".encode()),
        ("a.png", picture(dpi=(150, 150))),
        ("a.docx", with_xml(paragraph("Words"), paragraph("and more", "<w:jc w:val='center'/>"))),
    ],
)
def test_a_clean_copy_stays_as_it_is_when_it_is_cleaned_again(given, tmp_path, name, data):
    path, once, twice = given(data), tmp_path / "once.pdf", tmp_path / "twice.pdf"
    clean_pdf(path, name=name, kind=examine(path, name=name).kind, out=once)
    again = clean_pdf(once, name="once.pdf", kind="pdf", out=twice)
    assert once.read_bytes() == twice.read_bytes()
    assert {notice.code for notice in again.notices} <= {"no-text"}


def test_a_picture_under_a_false_name_is_refused(given):
    with pytest.raises(Unusable, match=r"but it is a PNG picture"):
        examine(given(picture()), name="door.jpg")


def test_a_word_file_is_asked_about_and_then_printed(given, tmp_path):
    path = given(with_xml(paragraph("My statement"), paragraph("secret", run="<w:vanish/>")))
    report = examine(path, name="statement.docx")
    assert [(question.code, question.detail) for question in report.questions] == [("hidden-words", ("secret",))]
    accepted = frozenset({"hidden-words"})
    made = clean_pdf(path, name="statement.docx", kind="docx", out=tmp_path / "out.pdf", accepted=accepted)
    assert [text.strip() for text in made.text_pages] == ["My statement"]


def test_a_word_file_that_hides_another_is_refused_in_words(given):
    data = with_part(with_xml(paragraph("words")), "WORD/document.xml", b"<other/>")
    with pytest.raises(Unusable, match=r"^A part of this Word file is in it twice"):
        examine(given(data), name="statement.docx")
