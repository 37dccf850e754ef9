import pytest

from caseapp.packets.models import IndexStyle
from caseapp.packets.pdf.index_pages import entry_of, render_index
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.indexing import evidence
from tests.packets.pdf.conftest import finish, render_all
from tests.packets.pdf.reading import bare, whole_text


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
        "CUTTING AGAINST IT 1 passage · 1 source “nobody has been hurt since.”",
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
