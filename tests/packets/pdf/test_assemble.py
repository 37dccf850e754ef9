import json
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name, Pdf

from caseapp.forums import forum
from caseapp.packets.packing import Piece
from caseapp.packets.pdf.assemble import (
    PRODUCER,
    Blueprint,
    Bookmark,
    LinkLeadsNowhere,
    PartMiscounted,
    StrangeAnnotation,
    Target,
    assemble,
)
from caseapp.packets.pdf.rendered import RenderedPart
from caseapp.packets.plan import Spot, page_plan
from caseapp.typesetting.typeset import typeset
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import a_room

PAGE = "@page { size: 612pt 792pt; margin: 72pt }"


FIRST = Spot(1, 1, "1")


def blueprint(pages=1, **targets):
    plan = page_plan([[Piece("part", "part", pages)]])
    return Blueprint("Title", "en", forum("eoir"), plan, targets, [[Bookmark("Part", Target(FIRST))]])


def part(html, pages=1):
    return RenderedPart(typeset(html, PAGE).pdf, pages)


def assembled(plan, rendered):
    """What was written, and the file."""
    out = a_room() / "packet.pdf"
    return assemble(plan, 1, [(plan.plan.part("part"), rendered)], out), out


@pytest.fixture(scope="module")
def opened(finished):
    with pikepdf.open(finished.volumes[0].path) as pdf:
        yield pdf


def test_a_link_into_the_packet_becomes_a_destination():
    plan = blueprint(**{"passage/x1": Target(FIRST, 200, "p. 1")})
    made, out = assembled(plan, part('<a href="packet:passage/x1">p. 1</a>'))
    with pikepdf.open(out) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert annotation.Dest[0].objgen == pdf.pages[0].objgen
        assert list(annotation.Dest)[1:] == [Name.XYZ, None, 602, None]
        assert "/A" not in annotation
    (fact,) = made.links
    assert {key: fact[key] for key in ("page", "to", "key", "says", "target_page")} == {
        "page": 1,
        "to": "passage",
        "key": "x1",
        "says": "p. 1",
        "target_page": 1,
    }
    assert fact["rect"][0] == pytest.approx(78, abs=1)


def test_a_link_to_nowhere_stops_the_assembly():
    with pytest.raises(LinkLeadsNowhere, match="page 1 leads to “passage/x9”"):
        assembled(blueprint(), part('<a href="packet:passage/x9">p. 1</a>'))


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "ftp://a.example"])
def test_any_other_kind_of_link_stops_the_assembly(href):
    with pytest.raises(StrangeAnnotation, match="Page 1 holds an annotation"):
        assembled(blueprint(), part(f'<a href="{href}">x</a>'))


def test_a_web_address_stays_clickable():
    made, out = assembled(blueprint(), part('<a href="https://example.org/a?b=1">x</a>'))
    with pikepdf.open(out) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://example.org/a?b=1"
    assert made.links == ()


def test_a_stored_part_with_other_pages_than_its_record_is_refused():
    with pytest.raises(PartMiscounted, match="“part” do not agree with their record: 1 pages, not 2"):
        assembled(blueprint(pages=2), part("<p>x</p>", pages=2))


def test_the_file_names_nobody_and_no_time(opened):
    assert dict(opened.docinfo) == {
        "/Title": pikepdf.String("Country conditions evidence — SV-2027-014"),
        "/Producer": pikepdf.String(PRODUCER),
    }
    assert "/Metadata" not in opened.Root
    assert opened.Root.Lang == "en"


def test_the_file_opens_on_page_one_with_its_outline(opened):
    assert opened.Root.PageMode == Name.UseOutlines
    assert opened.Root.OpenAction[0].objgen == opened.pages[0].objgen
    assert list(opened.Root.OpenAction)[1:] == [Name.XYZ, None, 792, None]
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_nothing_in_the_file_can_act(opened):
    forbidden = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/AA", "/SubmitForm", "/RichMedia", "/XFA", "/GoToR"}
    for found in opened.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            assert not forbidden & set(found.keys())
            assert str(found.get("/S", "")) not in forbidden
            assert str(found.get("/Type", "")) not in forbidden
    assert "/Names" not in opened.Root
    assert "/AcroForm" not in opened.Root


def test_the_clients_name_is_on_the_cover_and_in_no_other_place(finished, opened):
    assert samples.CLIENT not in finished.published.decode()
    assert samples.CLIENT not in json.dumps(json.loads(finished.published), ensure_ascii=False)
    for found in opened.objects:
        if isinstance(found, pikepdf.String):
            assert "Čačak-Doe" not in str(found)


def test_bookmarks_run_from_cover_to_passages(opened):
    with opened.open_outline() as outline:
        tree = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert [title for title, _ in tree] == [
        "Cover",
        "Index of Country Conditions Evidence",
        "Tab A — Two Shot at Home",
        "Tab B — تقرير <Doe> & Čačak",
        "Source Records",
    ]
    assert tree[2][1] == [
        "“Two officers were shot on the steps of their own houses last…”",
        "“Both had handed in their pistols at the end of the shift”",
        "“pistols at the end of the shift, as the orders demand. A bill…”",
        "“patrols now pass each officer’s street twice a night”",
    ]


def test_a_prefix_is_in_stamp_and_label():
    from dataclasses import replace

    plan = replace(blueprint(), forum=replace(forum("eoir"), stamp_prefix="AR-"))
    _, out = assembled(plan, part("<p>x</p>"))
    with pikepdf.open(out) as pdf:
        assert pdf.pages[0].label == "AR-1"


def test_pages_keep_what_they_had(rendered, finished):
    with (
        Pdf.open(BytesIO(rendered["exhibit-e1"].pdf)) as alone,
        pikepdf.open(finished.volumes[0].path) as whole,
    ):
        before = alone.pages[0].obj[Name.Contents]
        streams = before if isinstance(before, pikepdf.Array) else [before]
        original = b"".join(stream.read_bytes() for stream in streams)
        first = json.loads(finished.published)["parts"][3]["first_page"]
        after = b"".join(stream.read_bytes() for stream in whole.pages[first - 1].obj[Name.Contents])
        assert original in after
