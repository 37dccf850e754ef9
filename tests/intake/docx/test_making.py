"""Word files on paper: what is carried over, what is asked, and that no letter is lost on the way."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Inches, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.intake.docx import making
from caseapp.intake.sentences import notice_sentence, question_sentence
from tests.intake.docx.making import paragraph, picture, saved, with_part, with_xml


def codes(findings):
    return {finding.code for finding in findings}


def field(asks, result):
    marks = {kind: f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")}
    return (
        f"{marks['begin']}<w:r><w:instrText> {asks} </w:instrText></w:r>{marks['separate']}"
        f"<w:r><w:t>{result}</w:t></w:r>{marks['end']}"
    )


def test_words_stand_in_their_order_with_the_numbers_that_word_prints(report, printed):
    document = Document()
    document.add_heading("Declaration", 0)
    for text in ("I was born in 1990.", "I lived in San José."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Then the war began.")
    document.add_paragraph("I fled.", style="List Number")
    document.add_paragraph("A bag", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Name", "Born"
    table.cell(1, 0).text, table.cell(1, 1).text = "Ana", "1990"
    data = saved(document)
    found = report(data)
    assert (found.kind, found.pages, found.questions) == ("docx", 0, ())
    assert codes(found.notices) == {"word-set-anew"}
    assert printed(data) == (
        "Declaration 1. I was born in 1990. 2. I lived in San José. Then the war began. 3. I fled. • A bag "
        "Name Born Ana 1990"
    )


def test_the_same_file_gives_the_same_bytes(tmp_path, printed):
    data = saved(_with_picture())
    printed(data)
    first = (tmp_path / "clean.pdf").read_bytes()
    printed(data)
    assert (tmp_path / "clean.pdf").read_bytes() == first
    with pikepdf.open(BytesIO(first)) as pdf:
        assert "/Metadata" not in pdf.Root
        assert "/Author" not in pdf.docinfo


def _with_picture():
    document = Document()
    document.add_picture(picture((600, 400)), width=Inches(3))
    return document


def test_a_picture_has_the_size_that_word_gives_it(tmp_path, printed):
    printed(saved(_with_picture()))
    with pypdfium2.PdfDocument(tmp_path / "clean.pdf") as pdf:
        (image,) = pdf[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = image.get_bounds()
    assert (right - left, top - bottom) == pytest.approx((216, 144), abs=0.5)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (Pt(612), Pt(792), (612, 792)),
        (Pt(595.3), Pt(841.9), (595.28, 841.89)),
        (Pt(842), Pt(595), (841.89, 595.28)),
        (Pt(612), Pt(1008), (612, 1008)),
        (Pt(20), Pt(20), (612, 792)),
    ],
)
def test_pages_have_the_paper_of_the_document(tmp_path, printed, width, height, expected):
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = width, height
    document.add_paragraph("words")
    printed(saved(document))
    with pypdfium2.PdfDocument(tmp_path / "clean.pdf") as pdf:
        assert pdf[0].get_size() == pytest.approx(expected, abs=0.02)


def test_a_section_on_its_side_has_pages_on_their_side(tmp_path, printed):
    document = Document()
    document.add_paragraph("upright")
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph("on its side")
    assert printed(saved(document)) == "upright on its side"
    with pypdfium2.PdfDocument(tmp_path / "clean.pdf") as pdf:
        assert [page.get_width() > page.get_height() for page in pdf] == [False, True]


TRACKED = (
    "<w:p><w:r><w:t>He </w:t></w:r><w:ins w:id='1' w:author='Secret Author'><w:r><w:t>never </w:t></w:r></w:ins>"
    "<w:del w:id='2' w:author='Secret Author'><w:r><w:delText>always </w:delText></w:r></w:del>"
    "<w:r><w:t>left</w:t></w:r></w:p>"
    "<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>line</w:t></w:r></w:p>"
)


TRACKED_BLOCKS = TRACKED.replace("</w:p><w:p>", "</w:p>\n<w:p>").split("\n")


def test_of_tracked_changes_a_person_chooses_one_reading_or_the_other(report, printed):
    data = with_xml(*TRACKED_BLOCKS)
    questions = report(data).questions
    assert [(question.code, question.count) for question in questions] == [
        ("tracked-accepted", 3),
        ("tracked-rejected", 3),
    ]
    assert questions[0].detail[:2] == ("inserted: never", "deleted: always")
    assert question_sentence(questions[0]) == (
        "3 tracked changes are open. Print the document as if all were accepted."
    )
    assert "Secret" not in "".join(questions[0].detail)
    assert printed(data) == ["tracked-accepted", "tracked-rejected"]
    assert printed(data, "tracked-accepted", "tracked-rejected") == ["tracked-accepted", "tracked-rejected"]
    assert printed(data, "tracked-accepted") == "He never left Oneline"
    assert printed(data, "tracked-rejected") == "He always left One line"


def test_changed_rows_and_formats_are_tracked_too(report, printed):
    row = "<w:tr><w:trPr><w:ins w:id='9'/></w:trPr><w:tc><w:p><w:r><w:t>new row</w:t></w:r></w:p></w:tc></w:tr>"
    old = "<w:tr><w:tc><w:p><w:r><w:t>old row</w:t></w:r></w:p></w:tc></w:tr>"
    bold = "<w:p><w:r><w:rPr><w:caps/><w:rPrChange w:id='4'><w:rPr/></w:rPrChange></w:rPr><w:t>loud</w:t></w:r></w:p>"
    data = with_xml(f"<w:tbl>{old}{row}</w:tbl>", bold)
    assert report(data).questions[0].count == 2
    assert printed(data, "tracked-accepted") == "old row new row LOUD"
    assert printed(data, "tracked-rejected") == "old row loud"


def drawing(graphic):
    return (
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='914400' cy='457200'/><wp:docPr id='1' name='Figure 7'/>"
        f"<a:graphic><a:graphicData uri='x'>{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


LOSSES = {
    "hidden-words": (paragraph("secret", run="<w:vanish/>"), "secret", ""),
    "hidden-words (white)": (paragraph("secret", run="<w:color w:val='FFFFFF'/>"), "secret", ""),
    "hidden-words (tiny)": (paragraph("secret", run="<w:sz w:val='2'/>"), "secret", ""),
    "equations": ("<w:p><m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath></w:p>", "E=mc2", "E=mc2"),
    "charts": (drawing("<c:chart r:id='rId99'/>"), "Figure 7", ""),
    "diagrams": (drawing("<dgm:relIds r:dm='rId99'/>"), "Figure 7", ""),
    "drawings": (drawing("<wps:wsp><wps:bodyPr/></wps:wsp>"), "Figure 7", ""),
    "embedded-objects": (
        "<w:p><w:r><w:object><v:shape style='width:60pt;height:40pt'/><o:OLEObject Type='Embed' r:id='rId99'/>"
        "</w:object></w:r></w:p>",
        "",
        "",
    ),
}


@pytest.mark.parametrize("named", LOSSES)
def test_what_would_be_lost_is_asked_about_with_the_words_concerned(report, printed, named):
    block, words, left = LOSSES[named]
    code = named.partition(" ")[0]
    data = with_xml(paragraph("before"), block, paragraph("after"))
    (question,) = report(data).questions
    assert (question.code, question.count) == (code, 1)
    assert question.detail == ((words,) if words else ())
    assert question_sentence(question).startswith("1 ")
    assert printed(data) == [code]
    assert printed(data, code) == " ".join(filter(None, ("before", left, "after")))


def test_white_words_on_a_dark_ground_are_no_secret(report):
    cell = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill='1F3864'/></w:tcPr>"
        f"{paragraph('Heading', run='''<w:color w:val='FFFFFF'/>''')}</w:tc></w:tr></w:tbl>"
    )
    marked = paragraph("Marked", run="<w:color w:val='FFFFFF'/><w:shd w:fill='000000'/>")
    assert report(with_xml(cell, marked)).questions == ()


def test_comments_are_asked_about(report, printed):
    document = Document()
    run = document.add_paragraph("He said so.").runs[0]
    document.add_comment(run, text="Check this with the client", author="Secret Author")
    data = saved(document)
    (question,) = report(data).questions
    assert (question.code, question.detail) == ("comments", ("Check this with the client",))
    assert printed(data, "comments") == "He said so."


def test_pictures_that_cannot_be_printed_are_asked_about(report, printed):
    data = saved(_with_picture())
    odd = with_part(data, "word/media/image1.png", b"\x01\x00\x00\x00 a metafile")
    assert [question.code for question in report(odd).questions] == ["pictures-unreadable"]
    linked = with_part(
        data,
        "word/_rels/document.xml.rels",
        _rels(data).replace(b'Target="media/image1.png"', b'Target="http://127.0.0.1/x.png" TargetMode="External"'),
    )
    (question,) = report(linked).questions
    assert (question.code, question.detail) == ("pictures-linked", ("http://127.0.0.1/x.png",))
    assert printed(with_xml(paragraph("words"))) == "words"


def _rels(data):
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/_rels/document.xml.rels")


BOX = (
    "<w:p><w:r><w:t>Before. </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
    "<wp:docPr id='2' name='Box'/><a:graphic><a:graphicData uri='x'><wps:wsp><wps:txbx><w:txbxContent>"
    "<w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>Still before.</w:t></w:r></w:p>"
)


def test_a_text_box_stands_in_place_once(report, printed):
    data = with_xml(BOX, paragraph("After."))
    found = report(data)
    assert found.questions == ()
    assert {notice.code: notice.detail for notice in found.notices}["text-boxes"] == ("In the box.",)
    assert printed(data) == "Before. Still before. In the box. After."


def test_word_art_is_words(printed):
    art = "<w:p><w:r><w:pict><v:shape><v:textpath string='NEVER AGAIN'/></v:shape></w:pict></w:r></w:p>"
    assert printed(with_xml(art)) == "NEVER AGAIN"


def test_a_field_shows_what_it_last_gave(report, printed):
    data = with_xml(
        f"<w:p>{field('DATE', '1 May 2020')}</w:p>",
        f"<w:p>{field('HYPERLINK &quot;https://example.org/a&quot;', 'the report')}</w:p>",
        "<w:p><w:fldSimple w:instr='AUTHOR'><w:r><w:t>Ana</w:t></w:r></w:fldSimple></w:p>",
        f"<w:p><w:r><w:t>Sum </w:t></w:r>{field('IF ' + '1', '').replace('<w:r><w:t></w:t></w:r>', '')}</w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:t>An unfinished field</w:t></w:r></w:p>",
    )
    notice = {notice.code: notice for notice in report(data).notices}["fields-as-saved"]
    assert notice.detail[:2] == ("AUTHOR: Ana", "DATE: 1 May 2020")
    assert "“DATE: 1 May 2020”" in notice_sentence(notice)
    assert printed(data) == "1 May 2020 the report Ana Sum An unfinished field"


def test_a_web_link_stays_a_link(tmp_path, printed):
    printed(with_xml(f"<w:p>{field('HYPERLINK &quot;https://example.org/a&quot;', 'the report')}</w:p>"))
    with pikepdf.open(tmp_path / "clean.pdf") as pdf:
        (link,) = pdf.pages[0].Annots
        assert link.A.URI == "https://example.org/a"


def test_form_fields_show_what_was_filled_in(printed):
    tick = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    open_ = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
    choice = (
        "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='yes'/></w:ddList>"
        "</w:ffData>"
    )
    blocks = [
        f"<w:p><w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r><w:r><w:instrText>{asks}</w:instrText>"
        f"</w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> {words}</w:t></w:r></w:p>"
        for data, asks, words in (
            (tick, "FORMCHECKBOX", "married"),
            (open_, "FORMCHECKBOX", "single"),
            (choice, "FORMDROPDOWN", "was chosen"),
        )
    ]
    filled = paragraph("Filled in")
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{filled}</w:sdtContent></w:sdt>"
    assert printed(with_xml(*blocks, control)) == "☒ married ☐ single yes was chosen Filled in"


def test_notes_and_what_runs_along_the_pages_stand_at_the_end(report, printed):
    document = Document()
    document.add_paragraph("Body")
    document.sections[0].header.paragraphs[0].text = "Affidavit of Ana"
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("Page ")
    data = saved(document)
    part = _footnotes("It was raining.")
    data = with_part(data, "word/footnotes.xml", part)
    data = with_part(
        data,
        "word/_rels/document.xml.rels",
        _rels(data).replace(
            b"</Relationships>",
            b'<Relationship Id="rF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
            b' Target="footnotes.xml"/></Relationships>',
        ),
    )
    data = with_part(data, "word/document.xml", _document(data).replace(b"<w:t>Body</w:t></w:r>", REFERENCE))
    assert {"footnotes-at-end", "running-words"} <= codes(report(data).notices)
    assert printed(data) == (
        "Body1 Footnotes 1 It was raining. At the head of the pages Affidavit of Ana At the foot of the pages Page"
    )


REFERENCE = b"<w:t>Body</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"


def _footnotes(words):
    return (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )


def _document(data):
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def test_a_space_of_a_symbol_font_is_no_letter_that_could_be_lost(printed):
    assert (
        printed(with_xml("<w:p><w:r><w:t>one</w:t><w:sym w:font='Wingdings' w:char='F020'/><w:t>two</w:t></w:r></w:p>"))
        == "one two"
    )


@pytest.mark.parametrize("number", ["1", "D800", "FFFE", "110000", "FFFFFFFFFFFF", "-1", "x"])
def test_a_symbol_that_is_no_character_is_shown_as_one_that_was_lost(printed, number):
    data = with_xml(f"<w:p><w:r><w:t>one</w:t><w:sym w:font='Own Font' w:char='{number}'/></w:r></w:p>")
    assert printed(data) == "one\ufffd"


def test_letters_of_symbol_fonts_and_unknown_ones(report, printed):
    data = with_xml(
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t> done</w:t></w:r></w:p>",
        "<w:p><w:r><w:sym w:font='Own Font' w:char='F123'/><w:t> odd \u202e</w:t></w:r></w:p>",
    )
    assert printed(data) == "✓ done [U+F123] odd [U+202E]"
    assert {notice.code: notice.count for notice in report(data).notices}["letters-by-code"] == 2


def test_a_joiner_at_the_edge_of_a_run_belongs_to_the_word(report, printed):
    runs = "<w:p><w:r><w:t>می</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>\u200cخواهم</w:t></w:r></w:p>"
    assert "U+200C" not in printed(with_xml(runs))
    assert codes(report(with_xml(runs)).notices) == {"word-set-anew"}


def test_a_reading_above_a_word_stands_behind_it(report, printed):
    reading = "<w:rt><w:r><w:t>かな</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>仮名</w:t></w:r></w:rubyBase>"
    data = with_xml(f"<w:p><w:r><w:ruby><w:rubyPr/>{reading}</w:ruby></w:r></w:p>")
    assert printed(data) == "仮名かな"
    assert "readings-beside" in codes(report(data).notices)


ROWS = "<w:tr><w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


def test_words_under_a_merged_cell_are_not_lost(printed):
    merged = ROWS.format("<w:vMerge w:val='restart'/>", "above") + ROWS.format("<w:vMerge/>", "covered")
    assert printed(with_xml(f"<w:tbl>{merged}</w:tbl>")) == "above covered"


def test_a_document_that_holds_everything_asks_everything_at_once(printed):
    data = with_xml(*(block for block, _, _ in LOSSES.values()), *TRACKED_BLOCKS)
    asked = {named.partition(" ")[0] for named in LOSSES}
    assert set(printed(data)) == {*asked, "tracked-accepted", "tracked-rejected"}


def test_looks_are_kept_where_they_say_something(tmp_path, printed):
    document = Document()
    run = document.add_paragraph().add_run("red and large")
    run.font.color.rgb, run.font.size, run.bold = RGBColor(200, 0, 0), Pt(24), True
    printed(saved(document))
    with pypdfium2.PdfDocument(tmp_path / "clean.pdf") as pdf:
        words = pdf[0].get_textpage()
        assert pypdfium2.raw.FPDFText_GetFontSize(words, 1) * 0.75 == pytest.approx(24)  # set in pixels
        words.close()


def test_a_table_has_the_columns_that_word_gives_it_and_stays_on_the_page(tmp_path, printed):
    widths = (3_000, 9_000, 6_000)  # twentieths of a point: together wider than the page
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    cells = "".join(f"<w:tc>{paragraph(letter)}</w:tc>" for letter in "ABC")
    long = f"<w:tr><w:tc>{paragraph('x' * 200)}</w:tc>{'<w:tc><w:p/></w:tc>' * 2}</w:tr>"
    table = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr>{long}</w:tbl>"
    assert printed(with_xml(table)).replace(" ", "") == "ABC" + "x" * 200
    with pypdfium2.PdfDocument(tmp_path / "clean.pdf") as pdf:
        words = pdf[0].get_textpage()
        text = words.get_text_range()
        left = [words.get_charbox(text.index(letter))[0] for letter in "ABC"]
        words.close()
    room = 612 - 2 * 90
    assert [after - before for before, after in pairwise(left)] == pytest.approx([room / 6, room / 2], abs=2)


def test_a_word_without_end_breaks_where_its_looks_change(printed):
    document = Document()
    line = document.add_paragraph()
    for number in range(12):
        line.add_run("endless").bold = bool(number % 2)
        line.add_run("x" * 30)
    assert printed(saved(document)).replace(" ", "") == ("endless" + "x" * 30) * 12


# Ancient scripts that run from right to left and that no font here draws: a file with them is refused in words.
ANCIENT = "".join(map(chr, range(0x10800, 0x11000)))
pieces = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=ANCIENT), max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(pieces, max_size=4), min_size=1, max_size=5))
def test_any_letters_are_all_printed(tmp_path_factory, paragraphs):
    document = Document()
    for runs in paragraphs:
        line = document.add_paragraph()
        for number, text in enumerate(runs):
            line.add_run(text).bold = bool(number % 2)
    document.add_paragraph("end")
    folder = tmp_path_factory.getbasetemp()
    (folder / "input").write_bytes(saved(document))
    assert making.clean(folder, accepted=[])["pages"] == 1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\U00010900\U00010901 said so", "[U+10900][U+10901] said so"),
        ("\u200fhello (there).", "[U+200F]hello (there)."),
    ],
)
def test_a_line_whose_first_letter_is_shown_by_its_code_runs_the_way_of_the_code(printed, text, read):
    assert printed(with_xml(paragraph(text))) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12/05/2019 – 13/06/2019", "13/06/2019 – 12/05/2019"),
        ("Exhibit (a), p. 3.", ".Exhibit (a), p. 3"),
        ("ana@example.org +503 555 12", "ana@example.org +503 555 12"),
    ],
)
def test_words_without_a_direction_in_a_paragraph_that_runs_from_right_to_left_stand_as_word_shows_them(
    printed, text, read
):
    assert printed(with_xml(paragraph(text, "<w:bidi/>"))) == read
