"""The failures that were measured in other bundle makers, each shown not to be ours.

The names are those of the list that they were written down in, F1 to F12; what follows are complaints of their users.
Files go the whole way here: taken in, set, put together, read back.
"""

import json
import math
import re
from ctypes import byref
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Name

from benchmarks.corpus import RECIPES, made
from caseapp.core.refused import Refused
from caseapp.intake.pdf.examining import examined
from caseapp.intake.pdf.opening import PasswordNeeded
from caseapp.packets.labels import tab_label
from caseapp.packets.pdf.packet import planned_parts, render_part
from caseapp.packets.pdf.verification import verify_packet
from caseapp.typesetting.join import saved
from tests.packets.pdf import filing, samples
from tests.packets.pdf.conftest import finish
from tests.packets.pdf.reading import page_texts

# Titles that are names of files of which one is within the other, as people have them.
FILES = {
    "11.pdf": ("report-south", 7),
    "1.pdf": ("report-north", 7),
    "turned.pdf": ("turned", 5),
    "boxes.pdf": ("odd-boxes", 3),
    "marked.pdf": ("marked-up-1", 1),
    "form.pdf": ("application-form", 1),
    "broken.pdf": ("broken-table", 2),
    "locked.pdf": ("empty-password", 2),
    "scan.pdf": ("turned-scan", 3),
}


def from_corpus(title):
    name, pages = FILES[title]
    return made(next(recipe for recipe in RECIPES if recipe.name == name), 0, pages)


def turned_and_marked():
    """A page that lies on its side, with a highlight on words of it."""
    data = from_corpus("marked.pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[0].obj.Rotate = 90
        return saved(pdf)


def taken_in(data, folder, password=""):
    path = folder / "file.pdf"
    path.write_bytes(data)
    return examined(path, password)


@pytest.fixture(scope="module")
def originals():
    return {title: from_corpus(title) for title in FILES} | {"marked.pdf": turned_and_marked()}


@pytest.fixture(scope="module")
def cleaned(originals, tmp_path_factory):
    folder = tmp_path_factory.mktemp("intake")
    return {title: taken_in(data, folder) for title, data in originals.items()}


@pytest.fixture(scope="module")
def bundle(cleaned):
    """(finished packet, what its manifest says), of one exhibit for each file."""
    exhibits = [
        filing.filed(clean.pdf, clean.text_pages, key=f"e{number}", label=tab_label("letters", number), title=title)
        for number, (title, clean) in enumerate(cleaned.items(), start=1)
    ]
    manifest = samples.manifest(*exhibits)
    rooms = filing.workroom(*(clean.pdf for clean in cleaned.values()))
    rendered = {spec.name: render_part(manifest, spec.name, rooms()) for spec in planned_parts(manifest)}
    finished = finish(manifest, rendered)
    return finished, json.loads(finished.published)


@pytest.fixture(scope="module")
def volume(bundle):
    return bundle[0].volumes[0].path


@pytest.fixture(scope="module")
def opened(volume):
    with pikepdf.open(volume) as pdf:
        yield pdf


def pages_of(facts, title):
    """The pages in the packet on which the pages of this file stand, from 1."""
    key = next(row["key"] for row in facts["inputs"] if row["title"] == title)
    part = next(part for part in facts["parts"] if part["name"] == f"exhibit-{key}")
    return [part["first_page"] + place for place, seen in enumerate(part["seen"]) if seen]


def words(text):
    return " ".join(text.split())


def test_f1_a_bundle_is_built_and_right(bundle):
    assert verify_packet(bundle[0].published, bundle[0].volumes) == ()


@pytest.mark.parametrize("title", ["1.pdf", "11.pdf"])
def test_f2_no_document_stands_under_the_title_of_another(bundle, volume, originals, title):
    own, there = page_texts(originals[title]), page_texts(volume)
    for page, text in zip(pages_of(bundle[1], title), own, strict=True):
        assert words(there[page - 1]) == f"{words(text)} {page}"
    other = page_texts(originals["11.pdf" if title == "1.pdf" else "1.pdf"])
    assert words(own[0]) != words(other[0])


@pytest.mark.parametrize("damage", [lambda data: b"\x8f" * 4000, lambda data: b"", lambda data: data[:300]])
def test_f3_a_file_that_cannot_be_opened_stops_everything_in_words(originals, tmp_path, damage):
    with pytest.raises(Refused):
        taken_in(damage(originals["1.pdf"]), tmp_path)


def test_f3_a_part_that_is_damaged_on_the_disk_is_not_skipped():
    manifest = samples.manifest()
    rendered = {spec.name: render_part(manifest, spec.name) for spec in planned_parts(manifest)}
    whole = rendered["exhibit-e1"]
    with pytest.raises(pikepdf.PdfError):
        finish(manifest, rendered | {"exhibit-e1": replace(whole, pdf=whole.pdf[: len(whole.pdf) // 3])})


def test_f4_a_truncated_file_gives_no_blank_pages(originals, tmp_path):
    """It is refused, or somebody is asked; never taken in as if it were whole."""
    data = originals["scan.pdf"]
    try:
        report = taken_in(data[: len(data) * 2 // 3], tmp_path).report
    except Refused:
        return
    assert report.questions


def test_f4_a_locked_file_asks_for_its_password(originals, tmp_path):
    with pikepdf.open(BytesIO(originals["1.pdf"])) as pdf:
        locked = BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    with pytest.raises(PasswordNeeded):
        taken_in(locked.getvalue(), tmp_path)
    assert taken_in(locked.getvalue(), tmp_path, "secret").report.pages == 7


def test_f5_an_empty_password_opens_and_does_not_come_along(bundle, volume, opened, originals):
    assert not opened.is_encrypted
    there = page_texts(volume)
    for page, text in zip(pages_of(bundle[1], "locked.pdf"), page_texts(originals["locked.pdf"]), strict=True):
        assert words(there[page - 1]).startswith(words(text))


def test_f7_the_answers_of_a_filled_form_can_be_seen_and_read(bundle, volume, opened, originals):
    (page,) = pages_of(bundle[1], "form.pdf")
    with pikepdf.open(BytesIO(originals["form.pdf"])) as form:
        answers = [str(field.V) for field in form.Root.AcroForm.Fields if Name.Tx == field.FT]
    text = words(page_texts(volume)[page - 1])
    assert len(answers) == 9
    assert all(answer in text for answer in answers)
    assert darkness(volume, page, (240, 400, 540, 725)) > 0.01
    assert "/AcroForm" not in opened.Root


def test_f8_a_highlight_lies_on_its_words_though_the_page_is_turned(bundle, volume, opened, originals):
    (page,) = pages_of(bundle[1], "marked.pdf")
    assert marked_words(volume, page) == marked_words(BytesIO(originals["marked.pdf"]), 1) != ""


def marked_words(file, number):
    """The words under the highlight of a page."""
    pdf = pypdfium2.PdfDocument(file)
    page = pdf[number - 1]
    text = page.get_textpage()
    found = ""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        mark = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if pdfium.FPDFAnnot_GetSubtype(mark) == pdfium.FPDF_ANNOT_HIGHLIGHT:
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(mark, byref(box))
            found += text.get_text_bounded(box.left + 2, box.bottom + 2, box.right - 2, box.top - 2)
        pdfium.FPDFPage_CloseAnnot(mark)
    text.close()
    page.close()
    pdf.close()
    return words(found)


def darkness(path, number, box):
    """The share of dark dots in a box (left, bottom, right, top) of an upright page."""
    pdf = pypdfium2.PdfDocument(path)
    page = pdf[number - 1]
    picture = page.render(scale=1, grayscale=True).to_pil()
    height = page.get_height()
    page.close()
    pdf.close()
    part = picture.crop((box[0], height - box[3], box[2], height - box[1]))
    return sum(part.histogram()[:128]) / (part.width * part.height)


def test_f9_every_number_is_upright_in_sight_and_of_one_size(bundle, volume):
    """As seen: on turned, cropped and shifted pages too."""
    pdf = pypdfium2.PdfDocument(volume)
    sizes = set()
    for index, label in enumerate(bundle[1]["volumes"][0]["labels"]):
        page = pdf[index]
        text = page.get_textpage()
        last = text.count_chars() - 1
        assert text.get_text_range(last - len(label) + 1, len(label)) == label
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text.raw, last, byref(matrix))
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - page.get_rotation()
        assert angle % 360 == pytest.approx(0, abs=0.01)
        left, bottom, right, top = text.get_charbox(last)
        seen = page.get_bbox()
        assert seen[0] < left < right < seen[2]
        assert seen[1] < bottom < top < seen[3]
        sizes.add(round(pdfium.FPDFText_GetFontSize(text.raw, last) * math.hypot(matrix.a, matrix.b), 2))
        text.close()
        page.close()
    pdf.close()
    assert sizes == {10.0}


def test_f10_words_under_a_black_box_are_told_before_anything_is_built(originals, tmp_path):
    """There is no redaction here that only covers; and what somebody else covered is found."""
    with pikepdf.open(BytesIO(originals["1.pdf"])) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pikepdf.Array([page.Contents, pdf.make_stream(b"0 g 60 500 500 120 re f")])
        covered = saved(pdf)
    codes = {question.code for question in taken_in(covered, tmp_path).report.questions}
    assert "hidden-text" in codes


@pytest.mark.parametrize("title", ["1.pdf", "11.pdf"])
def test_f11_pages_that_share_their_resources_have_their_own_numbers(bundle, volume, originals, title):
    with pikepdf.open(BytesIO(originals[title])) as pdf:
        assert len({page.obj.Resources.objgen for page in pdf.pages}) == 1
    there = page_texts(volume)
    pages = pages_of(bundle[1], title)
    assert [words(there[page - 1]).rpartition(" ")[2] for page in pages] == list(map(str, pages))


def test_f12_a_broken_table_is_rebuilt_page_for_page_and_somebody_is_asked(bundle, volume, cleaned, originals):
    assert cleaned["broken.pdf"].report.questions
    there = page_texts(volume)
    for page, text in zip(pages_of(bundle[1], "broken.pdf"), page_texts(originals["broken.pdf"]), strict=True):
        assert words(there[page - 1]) == f"{words(text)} {page}"


@pytest.mark.parametrize("title", ["1.pdf", "11.pdf"])
def test_links_of_one_report_never_lead_into_another(bundle, title):
    """Both name their places `sec000`, `sec001` …; the first to claim a name had the links of all."""
    pages = pages_of(bundle[1], title)
    own = [link for link in bundle[1]["links"] if link["to"] == "source" and link["page"] in pages]
    assert [(link["page"] - pages[0], link["target_page"] - pages[0]) for link in own] == [
        (0, 1), (0, 6), (1, 0), (6, 0),
    ]  # fmt: skip


def test_bookmarks_of_every_source_stand_under_its_own_tab(bundle):
    marks = bundle[1]["bookmarks"]
    for title in ("1.pdf", "11.pdf"):
        at = next(place for place, mark in enumerate(marks) if mark["title"].endswith(f"— {title}"))
        first = pages_of(bundle[1], title)[0]
        assert [(mark["title"], mark["level"], mark["page"] - first) for mark in marks[at + 1 : at + 5]] == [
            ("Section 1", 1, 1), ("Findings", 2, 1), ("Section 2", 1, 6), ("Findings", 2, 6),
        ]  # fmt: skip


def test_nothing_of_the_files_names_or_makers_goes_to_the_court(volume, opened):
    with pikepdf.open(volume) as pdf:
        pdf.save(flat := BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    for secret in (b"A. Client", b"An office scanner", b"A. Reader", b"file.pdf"):
        assert secret not in flat.getvalue()
    assert set(opened.docinfo.keys()) == {"/Title", "/Producer"}


def test_a_packet_is_hardly_larger_than_its_files(bundle, volume, cleaned):
    """Numbers cost a page some bytes; they never copy a font or a sheet into each."""
    assert volume.stat().st_size < sum(len(clean.pdf) for clean in cleaned.values()) * 1.05 + 300_000


def test_a_second_build_does_not_stamp_over_the_first(bundle, cleaned, volume):
    page = pages_of(bundle[1], "1.pdf")[0]
    assert words(page_texts(volume)[page - 1]).count(f" {page}") == 1
    assert not any("Stamp" in words(text) for text in page_texts(cleaned["1.pdf"].pdf))


LONG = "A title of many words that nobody could print on one line, " * 5


@pytest.fixture(scope="module")
def forty():
    """Forty short exhibits, made of one; what is looked at is their index."""
    samples.exhibit("Words.")
    one = samples.exhibit("Words.")
    titles = {3: "Čačak and Łódź", 4: "State v. <Doe> & others", 5: LONG.strip(), 6: "تقرير عن الضباط"}
    exhibits = [
        replace(one, key=f"e{number}", label=tab_label("letters", number), title=titles.get(number, f"Title {number}"))
        for number in range(1, 41)
    ]
    manifest = samples.manifest(*exhibits, themes=())
    shared = {f"{kind}-e{number}" for kind in ("tab", "exhibit") for number in range(2, 41)}
    parts = {s.name: render_part(manifest, s.name) for s in planned_parts(manifest) if s.name not in shared}
    for number in range(1, 41):
        parts |= {f"tab-e{number}": parts["tab-e1"], f"exhibit-e{number}": parts["exhibit-e1"]}
    finished = finish(manifest, parts)
    return finished.volumes[0].path, json.loads(finished.published)


def test_f6_titles_are_printed_whole_in_every_script(forty):
    path, facts = forty
    part = next(part for part in facts["parts"] if part["name"] == "index")
    index = words(" ".join(page_texts(path)[part["first_page"] - 1 :][: part["pages"]]))
    assert "Čačak and Łódź" in index
    assert "State v. <Doe> & others" in index
    assert "".join(LONG.split()) in "".join(index.split())
    for key in ("e3", "e4", "e5", "e6"):
        assert {link["to"] for link in facts["links"] if link["key"] == key} == {"tab", "exhibit"}


def test_an_index_of_many_exhibits_has_a_line_for_each_with_the_pages_it_stands_on(forty):
    """Others overflowed at the twenty-eighth, or counted covers twice: 3, 6, 9 for 3, 5, 7."""
    _path, facts = forty
    parts = {part["name"]: part for part in facts["parts"]}
    for number in range(1, 41):
        link = next(link for link in facts["links"] if (link["to"], link["key"]) == ("exhibit", f"e{number}"))
        first = parts[f"exhibit-e{number}"]["first_page"]
        assert link["target_page"] == first
        assert re.match(rf"{first}\b", link["says"])
