"""E: what leaves the office is what somebody meant to leave. Looked at with PDFium, which wrote none of it."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.test import TestCase, override_settings
from docx import Document as WordFile

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.cases.models import Case, DocumentStatus
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import answer_document
from caseapp.core.cells import disarmed
from caseapp.forums import forum
from caseapp.library.exporting.gathering import passages_out
from caseapp.library.exporting.tables import passages_csv
from caseapp.library.models import Excerpt, Source
from caseapp.packets.builder import see_through
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build
from caseapp.packets.naming import names, offered_name
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibits
from tests.cases.making import make_document
from tests.intake import hostile
from tests.intake.docx.making import with_xml
from tests.packets.making import REQUESTED_AT, add_article, make_filing
from tests.security.papers import telling_pdf

AUTHOR = "Zacatecas"


def _strings(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """Every address that a link of the file leads to."""
    for page in pdf:
        for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
            link = pdfium.FPDFAnnot_GetLink(annotation)
            action = pdfium.FPDFLink_GetAction(link) if link else None
            yield "" if not action else str(pdfium.FPDFAction_GetType(action))
            pdfium.FPDFPage_CloseAnnot(annotation)


class PacketOfATellingPaperTest(TestCase):
    """One real build of a paper that tells and does all that a PDF can: a class, so that it is built once."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        with override_settings(DATA_DIR=cls.folder):
            lawyer = User.objects.create_user(email="lawyer@example.org", name="Lena", role=Role.LAWYER)
            packet = make_filing(team=[lawyer])
            paper = make_document(packet.case, telling_pdf(AUTHOR), name=f"{AUTHOR}.pdf", title="A paper")
            answer_document(by=lawyer, document=paper, codes=["hidden-text"], now=REQUESTED_AT)
            read_document(paper.pk)
            add_exhibits(by=lawyer, packet=packet, documents=[paper], captures=[])
            build = see_through(request_build(by=lawyer, packet=packet, now=REQUESTED_AT).pk)
            cls.build = Build.objects.get(pk=build.pk)
            assert cls.build.status == "ready", cls.build.failure

    def setUp(self) -> None:
        self.enterContext(override_settings(DATA_DIR=self.folder))
        self.data = files_of_build(self.build).read_bytes(self.build.volumes.get().sha256)
        self.pdf = self.enterContext(pypdfium2.PdfDocument(self.data))
        self.published = json.loads(files_of_build(self.build).read_bytes(self.build.published_sha256))
        self.pages = [page.get_textpage().get_text_bounded() for page in self.pdf]

    def test_e1_no_property_tells_of_anybody(self):
        said = {name: value for name, value in self.pdf.get_metadata_dict().items() if value}
        assert set(said) == {"Title", "Producer"}
        assert said["Title"] == "Country conditions — SV-2027-014"
        assert "Consuelo" not in str(said)
        with zipfile.ZipFile(io.BytesIO(files_of_build(self.build).read_bytes(self.build.index_sha256))) as index:
            properties = b"".join(index.read(name) for name in index.namelist() if name.startswith("docProps/"))
        assert not any(word in properties for word in (b"python-docx", b"Consuelo", AUTHOR.encode()))

    def test_e1_what_a_file_said_of_its_author_stands_nowhere(self):
        """But on the pages themselves, in the words that somebody was asked about and let stand."""
        for words in self.pages:
            assert words.replace(f"Unseen {AUTHOR}", "").count(AUTHOR) == 0
        assert AUTHOR not in json.dumps(self.published)
        assert AUTHOR.encode() not in self.data

    def test_e2_nothing_acts_and_nothing_is_attached(self):
        assert pdfium.FPDFDoc_GetAttachmentCount(self.pdf.raw) == 0
        assert pdfium.FPDFDoc_GetJavaScriptActionCount(self.pdf.raw) <= 0
        assert self.pdf.get_formtype() == pdfium.FORMTYPE_NONE
        assert set(_strings(self.pdf)) <= {"", str(pdfium.PDFACTION_GOTO), str(pdfium.PDFACTION_URI)}
        for forbidden in (b"file:///", b"javascript:", b"evil.example", b".exe", b"/Launch", b"/SubmitForm", b"/XFA"):
            assert forbidden not in self.data

    def test_e4_what_was_filled_in_is_on_the_page(self):
        assert self._ink_under("Filled in by hand") > 100

    def _ink_under(self, words: str) -> int:
        """How many dark points PDFium draws where these words are said to stand: some words nobody sees."""
        [page] = [self.pdf[number] for number, said in enumerate(self.pages) if words in said]
        text = page.get_textpage()
        start, count = text.search(words).get_next()
        boxes = [text.get_charbox(start + place) for place in range(count)]
        left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
        right, top = (max(box[side] for box in boxes) for side in (2, 3))
        height = page.get_height()
        drawn = page.render(scale=2).to_pil().convert("L")
        under = drawn.crop((round(left * 2), round((height - top) * 2), round(right * 2), round((height - bottom) * 2)))
        return sum(under.histogram()[:128])

    def test_i1_pages_are_counted_by_the_second_library(self):
        (volume,) = self.published["volumes"]
        assert len(self.pdf) == volume["pages"] == sum(part["pages"] for part in self.published["parts"])

    def test_i2_the_manifest_tells_what_went_in_and_came_out(self):
        (volume,) = self.published["volumes"]
        assert volume["sha256"] == hashlib.sha256(self.data).hexdigest()
        paper = self.published["inputs"][-1]
        assert (paper["tab"], paper["sha256"]) == ("C", hashlib.sha256(telling_pdf(AUTHOR)).hexdigest())
        assert {"weasyprint", "pikepdf", "pypdfium2"} <= {name.lower() for name, _version in self.published["tools"]}


@pytest.fixture
def case(db) -> Case:
    return Case.objects.create(reference="SV-2027-014", client_name="Consuelo Confidencial")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.words_under_a_box(), "hidden-text"),
        (hostile.words_white_on_white(), "hidden-text"),
        (hostile.words_marked_to_be_blacked_out(), "redactions"),
    ],
    ids=["under a box", "white", "marked to be blacked out"],
)
def test_e3_words_that_cannot_be_seen_are_shown_and_decided_on(case, data, code):
    document = make_document(case, data, name="paper.pdf")
    assert (document.status, document.clean_sha256) == (DocumentStatus.ASKING, "")
    (question,) = document.report["questions"]
    assert (question["code"], question["count"] > 0) == (code, True)


def test_e5_tracked_changes_and_comments_are_asked_about(case):
    change = "<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    data = with_xml(change, hidden, document=WordFile())
    document = make_document(case, data, name="letter.docx")
    assert document.status == DocumentStatus.ASKING
    asked = {question["code"] for question in document.report["questions"]}
    assert {"tracked-accepted", "tracked-rejected", "hidden-words"} <= asked


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_e6_no_cell_begins_a_formula(begin):
    assert disarmed(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"


@pytest.mark.django_db
def test_e6_a_table_of_passages_is_quoted_and_disarmed():
    source = add_article('=HYPERLINK("https://evil.example")', "Words of the article stand here.")
    Excerpt.objects.create(capture=source.capture, start=0, end=5, quote="Words", note="@SUM(1)")
    data = b"".join(passages_csv(passages_out(Excerpt.objects.all()))).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert Source.objects.get().title.startswith("=")


def test_e1_the_offered_name_never_holds_the_clients():
    name = offered_name(
        forum("generic"), reference="Consuelo 7", client_name="Consuelo Confidencial", build=2, volume=1, volumes=1,
        sequence=1, file_number="",
    )  # fmt: skip
    assert not names(name, "Consuelo Confidencial")
