"""A published PDF from the library to a packet: its own pages are filed, with the passages marked on them."""

import json
import re
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import call_command

from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.intake.pdf.letters import Box
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Method
from caseapp.packets.services.packets import add_exhibit, start_packet
from tests.intake.pdf.papers import ENGLISH, middles, text_in, typeset
from tests.packets.making import REQUESTED_AT, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """Three pages of two columns. Each of its parts begins with other words."""
    parts = [f"Part {number} of it. {ENGLISH[number % 3]}" for number in range(1, 16)]
    return add_source(
        by=None,
        details=SourceDetails(title="A report of many parts", publisher="The Observatory", kind="ngo"),
        original=typeset(parts, columns=2, page="size: 480pt 420pt; margin: 40pt", times=1),
        name="report.pdf",
        method=Method.UPLOADED,
        now=REQUESTED_AT,
    )


def quoted_between(text, first, last):
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def letters(text):
    return [letter for letter in text if letter.isalnum()]


def test_the_passages_of_a_pdf_are_marked_on_its_own_pages(report, tmp_path):
    text, pages = report.capture.text, report.capture.pages
    last, first = (
        re.findall(r"Part \d+ of it", text[start:end])[place]
        for (start, end, _), place in zip(pages, (-1, 0), strict=False)
    )
    over_pages = quoted_between(text, last, first)
    over_columns = quoted_between(text, "Part 2 of it", "Part 4 of it")
    excerpts = [
        mark(report, over_columns, "weapon-rules"),
        mark(report, "Part 3 of it", "off-duty-killings"),
        mark(report, over_pages, "off-duty-killings"),
    ]
    case = open_case(by=None, details=CaseDetails(reference="SV-1", client_name="C", forum="generic"), team=())
    add_evidence(by=None, case=case, excerpts=excerpts, why="It says so.")
    packet = start_packet(by=None, case=case, title="Country conditions", forum="generic")
    add_exhibit(by=None, packet=packet, capture=report.capture)

    call_command("build_packet", str(packet.pk), "--out", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    published = json.loads((tmp_path / "manifest.json").read_text())
    volume = (tmp_path / "packet.pdf").read_bytes()

    seen = middles(volume)
    found = {}
    for quotation in published["quotations"]:
        there = [letter for page, *box in quotation["boxes"] for letter in letters(text_in(seen[page - 1], Box(*box)))]
        found[quotation["quote"]] = there == letters(quotation["quote"])
    assert found == {excerpt.quote: True for excerpt in excerpts}
    with pikepdf.Pdf.open(BytesIO(volume)) as pdf:
        marked = [page.obj.get("/Annots", ()) for page in pdf.pages]
    assert sum(annotation.Subtype == "/Highlight" for page in marked for annotation in page) == 4
