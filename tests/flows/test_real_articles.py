"""The two real articles go in by case file and come out as one verified packet."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command

from caseapp.library.models import Capture, Excerpt
from tests.flows.articles import FOLDER, MARKS, MISSING, THEMES, passage, write_case

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING),
]


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


# The column of an exhibit's words on US letter: without running head, margin notes and page number.
COLUMN = {"left": 60, "bottom": 60, "right": 480, "top": 725}


def squeezed(text: str) -> str:
    """Without white space, and with the hyphen that pdfium writes as a sign of its own at the end of a line."""
    return "".join(text.replace("\ufffe", "-").replace("\x02", "-").split())


@pytest.fixture
def packet(tmp_path) -> dict[str, Any]:
    ids = json.loads(run("import_case", write_case(tmp_path / "case"), "--json"))
    out = tmp_path / "packet"
    built = json.loads(run("build_packet", ids["packet"], "--out", out, "--json"))
    return {"folder": out, "built": built, "ids": ids}


def test_every_passage_is_on_the_page_that_the_manifest_cites(packet) -> None:
    manifest = json.loads((packet["folder"] / "manifest.json").read_bytes())
    (volume,) = packet["built"]["volumes"]
    pdf = pypdfium2.PdfDocument(packet["folder"] / volume["file"])
    pages = [squeezed(page.get_textpage().get_text_bounded(**COLUMN)) for page in pdf]
    assert len(manifest["quotations"]) == len(MARKS) == 18
    for mark in MARKS:
        quote = passage(mark)
        cited = [row for row in manifest["quotations"] if squeezed(row["quote"]) == squeezed(quote)]
        assert len(cited) == 1, mark
        text = "".join(pages[number - 1] for number in cited[0]["pages"])
        assert squeezed(quote) in text, mark


def test_the_folder_verifies_without_a_database(packet) -> None:
    run("verify_packet", packet["folder"])


def test_every_theme_is_a_heading_of_the_index(packet) -> None:
    (volume,) = packet["built"]["volumes"]
    pdf = pypdfium2.PdfDocument(packet["folder"] / volume["file"])
    text = squeezed("".join(page.get_textpage().get_text_bounded() for page in pdf)).casefold()
    assert [name for name in THEMES.values() if squeezed(name).casefold() not in text] == []


def test_the_clutter_stays_in_the_capture_and_out_of_the_exhibit(packet) -> None:
    capture = Capture.objects.get(source_id=packet["ids"]["sources"]["blaze"])
    assert capture.is_trimmed
    (volume,) = packet["built"]["volumes"]
    pdf = pypdfium2.PdfDocument(packet["folder"] / volume["file"])
    text = squeezed("".join(page.get_textpage().get_text_bounded() for page in pdf))
    assert squeezed("Want to leave a tip") in squeezed(capture.text)
    assert squeezed("Want to leave a tip") not in text


def test_the_client_is_named_on_the_cover_and_nowhere_else(packet) -> None:
    (volume,) = packet["built"]["volumes"]
    path: Path = packet["folder"] / volume["file"]
    pdf = pypdfium2.PdfDocument(path)
    named = [number for number, page in enumerate(pdf) if "Confidential" in page.get_textpage().get_text_bounded()]
    assert named == [0]
    assert "Confidential" not in path.name + str(pdf.get_metadata_dict())
    assert b"Confidential" not in (packet["folder"] / "manifest.json").read_bytes()


def test_out_and_in_again_gives_the_same_bytes(packet, tmp_path) -> None:
    run("export_case", "SV-2027-014", tmp_path / "out")
    first = {path.name: path.read_bytes() for path in packet["folder"].iterdir()}
    call_command("flush", interactive=False, verbosity=0)
    ids = json.loads(run("import_case", tmp_path / "out", "--json"))
    run("build_packet", ids["packet"], "--out", tmp_path / "again")
    assert Excerpt.objects.count() == len(MARKS)
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == first
