import json
from dataclasses import replace

import pytest

from caseapp.packets.manifest import Bearing, Statement
from caseapp.packets.models import IndexStyle
from caseapp.packets.pdf.index_pages import entry_of, render_index
from caseapp.packets.pdf.packet import planned_parts, render_part
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.indexing import evidence
from tests.packets.pdf import filing, samples
from tests.packets.pdf.conftest import finish, render_all
from tests.packets.pdf.reading import bare, page_texts, whole_text


@pytest.fixture(scope="module")
def parts():
    return render_all(evidence.manifest())


@pytest.mark.parametrize("style", IndexStyle.values)
def test_a_packet_is_verified_with_every_style_of_index(style, parts):
    finished = finish(evidence.manifest(style), parts)
    assert verify_packet(finished.published, finished.volumes) == ()


def test_the_index_by_statement_reads_as_an_argument():
    part = render_index(evidence.manifest("statement"), evidence.LAYOUT)
    text = bare(whole_text(part.pdf))
    for words in (
        "1. Two colleagues were shot on their own doorsteps, off duty. Declaration, ¶ 12 · goes to harm; nexus "
        "SUPPORTED BY 2 passages · 3 items · 2 independent origins Officers are hunted at home “Two officers were shot "
        "on the steps of their own houses last spring.” Ana Muster, Two Shot at Home, The Sample Herald (Mar. 4, 2019) "
        "Tab A · p. 14",
        "Medical report, by Dr. B. Example pages 2-3 of the document Tab F · p. 49",
        "CUTTING AGAINST IT 1 passage · 1 source “[…] nobody has been hurt since.”",
        "CONTEXT 1 passage · 1 source",
    ):
        assert bare(words) in text
    assert {entry_of(anchor)[0] for anchor in part.places} >= {"x1", "y3", "e6", "g1", "y1"}


def test_both_languages_stand_together():
    text = bare(whole_text(render_index(evidence.manifest(), evidence.LAYOUT).pdf))
    assert (
        bare(
            "Hundreds were killed in four years “La policía registró 412 homicidios de agentes fuera de servicio entre "
            "2015 y 2019.” Translated from Spanish: “The police registered 412 homicides of off-duty officers between "
            "2015 and 2019.”"
        )
        in text
    )


def test_a_schedule_whose_quotation_marks_stand_beside_arabic_is_verified():
    passage = replace(samples.report().passages[0], translation="In English: تقرير عن الضباط")
    report = replace(samples.report(), title="تقرير عن الضباط", passages=(passage,))
    manifest = samples.manifest(samples.herald(), report, forum_key="uk_ftt")
    finished = finish(manifest, render_all(manifest))
    assert verify_packet(finished.published, finished.volumes) == ()


WORDS = [f"Page {number} of the report, about two healed fractures." for number in range(1, 6)]
REPORT = filing.made(*(filing.Leaf((words,)) for words in WORDS))


@pytest.mark.parametrize(
    ("meant", "include", "to", "first"),
    [
        ("2-3", {}, "pages", "Page 2"),
        ("4", {"include": "pages", "pages_shown": (2, 4)}, "pages", "Page 4"),
        ("5", {"include": "pages", "pages_shown": (2, 4)}, "exhibit", ""),
        ("1, 4", {}, "exhibit", ""),
        ("9", {}, "exhibit", ""),
        ("the last", {}, "exhibit", ""),
    ],
)
def test_a_document_that_bears_on_a_statement_is_cited_by_the_pages_that_are_meant(meant, include, to, first):
    paper = filing.filed(REPORT, WORDS, section="client", kind="medical", url="", publisher="", author="", **include)
    statement = Statement("s1", "I was beaten.", "¶ 3", "harm", (Bearing("e2", "supports", meant),))
    manifest = samples.manifest(samples.herald(), paper, index_style="statement", statements=(statement,))
    rooms = filing.workroom(REPORT)
    rendered = {part.name: render_part(manifest, part.name, rooms()) for part in planned_parts(manifest)}
    finished = finish(manifest, rendered)
    assert verify_packet(finished.published, finished.volumes) == ()
    told = json.loads(finished.published)
    assert told["sections"][0]["exhibits"] == ["e2"]
    cited = next(link for link in told["links"] if link["key"].startswith("e2"))
    assert cited["to"] == to
    assert first in page_texts(finished.volumes[0].path)[cited["target_page"] - 1]
    noun = "page" if meant.isdecimal() else "pages"
    assert f"{noun} {meant} of the document" in " ".join(page_texts(finished.volumes[0].path)[1].split())
