"""A filing with everything around its exhibits, forum by forum: it is built, and it verifies."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from caseapp.forums import FORUMS
from caseapp.packets.manifest import PagedFile
from caseapp.packets.pdf.packet import planned_parts, render_part
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.pdf import filing
from tests.packets.pdf.conftest import finish
from tests.packets.pdf.reading import page_texts
from tests.packets.pdf.test_papers import SERVED, filing_of, signed

REASONS = replace(
    SERVED, late_reason="The report came out in May.", remand_reason="It was published after the hearing."
)


@pytest.mark.parametrize("key", FORUMS)
def test_a_filing_with_all_its_papers_verifies(key):
    manifest = filing_of(key, filing=REASONS)
    finished = finish(manifest)
    assert verify_packet(finished.published, finished.volumes) == ()
    told = json.loads(finished.published)
    parts = [part["name"] for part in told["parts"] if part["name"] not in {"index", "schedule"}]
    assert parts == [spec.name for spec in planned_parts(manifest)]
    reasons = ["reasons-new", "reasons-late"] if key == "bia" else ["reasons-late"]
    assert parts[: len(reasons) + 2] == ["cover", *reasons, "tab-e1"]
    assert parts[parts.index("exhibit-e2") + 1] == "translation-e2"
    for words in (SERVED.served_party, SERVED.interpreter, "Tomás", "12 Main", "came out in May", "published after"):
        assert words not in finished.published.decode()


def test_a_translation_has_its_bookmark_under_its_tab_and_a_paper_its_own():
    told = json.loads(finish(filing_of("eoir")).published)
    marks = [(mark["level"], mark["title"]) for mark in told["bookmarks"]]
    assert (1, "Translation from Spanish") in marks
    assert marks[-4:] == [
        (0, "Certificate of Translation"), (0, "Certificate of Interpretation"), (0, "Source Records"),
        (0, "Proof of Service"),
    ]  # fmt: skip


@pytest.mark.parametrize("key", FORUMS)
def test_a_filing_with_a_signed_certificate_verifies(key):
    scan = filing.made(filing.Leaf(("I certify that this is true", "Tomas Traductor")), filing.Leaf(("page two",)))
    manifest = signed(filing_of(key), PagedFile(sha256(scan).hexdigest(), 2, ((0, 0, ""), (0, 0, ""))))
    rooms = filing.workroom(scan)
    finished = finish(
        manifest, {part.name: render_part(manifest, part.name, rooms()) for part in planned_parts(manifest)}
    )
    assert verify_packet(finished.published, finished.volumes) == ()
    told = json.loads(finished.published)
    parts = {part["name"]: part for part in told["parts"]}
    there = parts["signed-e2"]
    assert there["first_page"] == parts["translation-e2"]["first_page"] + parts["translation-e2"]["pages"]
    assert there["pages"] == 3
    pages = [" ".join(page.split()) for page in page_texts(finished.volumes[0].path)]
    assert "I certify that this is true" in pages[there["first_page"]]
    title = manifest.forum.translation.title
    index = " ".join(pages[parts["index"]["first_page"] - 1 :][: parts["index"]["pages"]])
    assert f"in Spanish with a translation into English and the signed {title}" in index
    marks = [(mark["level"], mark["title"]) for mark in told["bookmarks"]]
    assert marks[marks.index((1, "Translation from Spanish")) + 1] == (1, title)
    assert (0, title) not in marks
