"""The schedule of country information: by disputed issue, extract, link, page; in the type that the forum asks."""

import json
from dataclasses import replace

import pytest

from caseapp.packets.indexing import build_schedule, has_schedule
from caseapp.packets.pdf.index_pages import render_schedule
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.indexing import evidence
from tests.packets.pdf.conftest import finish
from tests.packets.pdf.reading import bare, page_texts, whole_text
from tests.packets.pdf.test_html import sizes_of_type


def issues(manifest):
    schedule = build_schedule(manifest, evidence.LAYOUT)
    return [(s.heading, [e.key for g in s.groups for e in g.entries]) for s in schedule.sections]


def test_the_issues_are_the_themes_and_no_extract_is_left_out():
    assert issues(evidence.manifest("kind", "uk_ftt", statements=())) == [
        ("1. Officers are killed when off duty", ["x1", "y3", "x2", "x4", "z1"]),
        ("2. Officers may not take their weapons home", ["y1", "x2", "g1"]),
        ("3. A protection law was never passed", ["x3", "z2"]),
        ("Other extracts", ["y2"]),
    ]


def test_the_issues_are_what_the_statements_go_to_where_they_are_told_apart():
    assert issues(evidence.manifest("statement", "uk_ftt")) == [
        ("1. Harm; nexus", ["x1", "y1", "y3", "g1"]),
        ("Other extracts", ["y2", "x2", "x3", "x4", "z1", "z2"]),
    ]


@pytest.mark.parametrize(("key", "has_one"), [("uk_ftt", True), ("uk_ut", True), ("eoir", False), ("ca_rpd", False)])
def test_only_the_forums_that_ask_for_it_have_one(key, has_one):
    assert has_schedule(evidence.manifest(forum_key=key)) is has_one
    own_papers = tuple(replace(one, section="client") for one in evidence.manifest(forum_key=key).exhibits)
    assert not has_schedule(evidence.manifest(forum_key=key, exhibits=own_papers))


def test_each_extract_has_its_source_its_link_and_its_page():
    manifest = evidence.manifest("theme", "uk_ftt", statements=())
    text = bare(whole_text(render_schedule(manifest, evidence.LAYOUT).pdf))
    words = (
        "“La policía registró 412 homicidios de agentes fuera de servicio entre 2015 y 2019.” Translated from Spanish: "
        "“The police registered 412 homicides of off-duty officers between 2015 and 2019.” Comisión Nacional, "
        "‘Informe anual sobre la policía’ (May 2020) https://comision.example/informe Item 3 · p. 21"
    )
    assert bare(words) in text


def test_its_type_is_nowhere_smaller_than_the_forum_allows():
    manifest = evidence.manifest("theme", "uk_ftt")
    assert min(sizes_of_type(render_schedule(manifest, evidence.LAYOUT).pdf)) == 12


@pytest.fixture(scope="module")
def finished():
    return finish(evidence.manifest("theme", "uk_ftt", statements=()))


def test_it_stands_after_the_index_with_a_bookmark_and_every_word_is_verified(finished):
    published = json.loads(finished.published)
    assert [part["name"] for part in published["parts"]][:3] == ["cover", "index", "schedule"]
    part = published["parts"][2]
    assert (part["kind"], part["volume"], part["shown"]["letters"] > 500) == ("schedule", 1, True)
    assert published["bookmarks"][2] == {
        "volume": 1,
        "title": "Country Information Evidence Schedule",
        "level": 0,
        "page": part["first_page"],
    }
    assert verify_packet(finished.published, finished.volumes) == ()


def test_its_pinpoints_are_those_of_the_index(finished):
    published = json.loads(finished.published)
    first, pages = published["parts"][2]["first_page"], published["parts"][2]["pages"]
    here = {link["key"]: link["says"] for link in published["links"] if first <= link["page"] < first + pages}
    there = {link["key"]: link["says"] for link in published["links"] if link["page"] < first}
    assert here == {key: says for key, says in there.items() if key in here}
    assert len(here) == 10
    words = page_texts(finished.volumes[0].path)[first - 1]
    assert "Country Information Evidence Schedule" in words


def test_a_word_that_is_missing_from_it_is_noticed(finished):
    published = json.loads(finished.published)
    published["parts"][2]["shown"]["letters"] += 7
    published["parts"][2]["shown"]["stretches"][0][1] += 7
    failures = verify_packet(json.dumps(published).encode(), finished.volumes)
    assert "shown" in {failure.rule for failure in failures}
