"""A client's papers of every kind that is not a PDF, from the file to a packet that was verified."""

from contextlib import closing

import pypdfium2
import pytest
from django.utils import timezone

from caseapp.intake.ocr import languages
from caseapp.packets.builder import see_through
from caseapp.packets.files import files_of_build
from caseapp.packets.models import BuildStatus
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibits
from tests.cases.making import make_document
from tests.intake.docx.making import paragraph, with_xml
from tests.intake.ocr.scans import scan
from tests.packets.making import make_filing

CELLS = "".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in ("Fecha", "Amenaza"))
WORD = with_xml(
    paragraph("Declaración de la testigo", "<w:jc w:val='center'/>", "<w:b/>"), f"<w:tbl><w:tr>{CELLS}</w:tr></w:tbl>"
)
PAPERS = {
    "statement.docx": (WORD, "Declaración de la testigo"),
    "chat.txt": ("[12/03/2024] Ana: ¿Dónde estás?\n\tمرحبا\n".encode(), "¿Dónde estás?"),
    "letter.png": (scan(), "María Díaz" if languages.reads("es") else ""),
}


@pytest.mark.django_db(transaction=True)
def test_papers_of_every_kind_are_filed_and_verified():
    packet = make_filing()
    documents = [
        make_document(packet.case, data, name=name, title=name, language="es") for name, (data, _) in PAPERS.items()
    ]
    add_exhibits(by=None, packet=packet, documents=documents)
    build = see_through(request_build(by=None, packet=packet, now=timezone.now(), hand_over=False).pk)
    assert (build.status, build.failure) == (BuildStatus.READY, "")
    with closing(pypdfium2.PdfDocument(files_of_build(build).read_bytes(build.volumes.get().sha256))) as pdf:
        said = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for _data, words in PAPERS.values():
        assert words in said
