import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from caseapp.forums import FORUMS, forum
from caseapp.packets.labels import tab_label
from caseapp.packets.manifest import Cover
from caseapp.packets.pdf.packet import PassageNotOnPaper, planned_parts
from caseapp.packets.pdf.parts import part_key
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.packets.pdf.verification import verify_packet
from caseapp.typesetting import fonts
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish, render_all
from tests.packets.pdf.reading import bare, page_texts
from tests.typesetting.test_fonts import font_names

ROOT = Path(__file__).resolve().parents[3]


def keys(manifest):
    return {part.name: part.key for part in planned_parts(manifest)}


def changed(manifest):
    """The parts that would be rendered again for this manifest, other than the first."""
    before, after = keys(samples.manifest()), keys(manifest)
    return {name for name in before | after if before.get(name) != after.get(name)}


@pytest.fixture(scope="module")
def published(finished):
    return json.loads(finished.published)


def test_a_packet_is_planned_in_filing_order(manifest):
    assert [(part.name, part.kind, part.title) for part in planned_parts(manifest)] == [
        ("cover", "cover", "Cover page"),
        ("tab-e1", "tab", "Tab A: tab sheet"),
        ("exhibit-e1", "exhibit", "Tab A: Two Shot at Home"),
        ("tab-e2", "tab", "Tab B: tab sheet"),
        ("exhibit-e2", "exhibit", "Tab B: تقرير <Doe> & Čačak"),
        ("records", "paper", "Source records"),
    ]


def test_the_finished_packet_is_verified(finished):
    assert verify_packet(finished.published, finished.volumes) == ()


@pytest.mark.parametrize("key", FORUMS)
def test_every_forum_gives_a_verified_packet(key):
    manifest = samples.manifest_for(forum(key))
    finished = finish(manifest, render_all(manifest))
    assert verify_packet(finished.published, finished.volumes) == ()
    cover, *others = page_texts(finished.volumes[0].path)
    said = " ".join(cover.split())
    for words in (*forum(key).court_heading, *(value for _, value in manifest.cover.fields)):
        assert words.casefold() in said.casefold()
    assert f"{forum(key).tab_word} {tab_label(forum(key).tab_scheme, 2)}" in " ".join(others)


def test_headings_stand_beneath_their_tab_and_the_packet_is_verified():
    text = samples.REPORT_WITH_HEADINGS
    across = text[text.index("first.") : text.index(" on their own")]
    passages = (samples.passage("x1", text, across, samples.OFF_DUTY), samples.passage("x2", text, "Responses\nIn the"))
    finished = finish(samples.with_headings(*passages))
    assert verify_packet(finished.published, finished.volumes) == ()
    marks = json.loads(finished.published)["bookmarks"]
    tab = next(place for place, mark in enumerate(marks) if mark["title"].startswith("Tab A"))
    assert [(mark["title"], mark["level"]) for mark in marks[tab + 1 : -1]] == [
        ("“first. Attacks at home Nine officers were shot”", 1),
        ("“Responses In the”", 1),
        ("Police under threat", 1),
        ("Attacks at home", 2),
        ("Responses", 1),
        ("In the assembly", 2),
    ]


def test_the_published_manifest_describes_the_file(finished, published):
    (volume,) = published["volumes"]
    data = finished.volumes[0].path.read_bytes()
    assert volume == {
        "number": 1,
        "file": "packet.pdf",
        "sha256": sha256(data).hexdigest(),
        "bytes": len(data),
        "pages": finished.volumes[0].pages,
        "labels": ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    }
    assert [(part["name"], part["first_page"], part["pages"]) for part in published["parts"]] == [
        ("cover", 1, 1),
        ("index", 2, 2),
        ("tab-e1", 4, 1),
        ("exhibit-e1", 5, 1),
        ("tab-e2", 6, 1),
        ("exhibit-e2", 7, 1),
        ("records", 8, 2),
    ]
    assert published["inputs"][0] == {
        "key": "e1",
        "tab": "A",
        "title": "Two Shot at Home",
        "printed_title": "Two Shot at Home",
        "sha256": "c0ffee" * 10 + "abcd",
        "text_sha256": sha256(samples.HERALD.encode()).hexdigest(),
        "file": None,
    }
    assert {"weasyprint", "pikepdf", "pypdfium2", "pango", "caseapp"} <= {name for name, _ in published["tools"]}
    assert published["forum"] == forum("eoir").to_dict()


def test_the_published_manifest_holds_the_hash_of_every_part(manifest, published):
    rendered = render_all(manifest)
    told = {part["name"]: part["sha256"] for part in published["parts"]}
    assert {name: sha256(part.pdf).hexdigest() for name, part in rendered.items()}.items() <= told.items()
    assert len(told["index"]) == 64


def test_the_published_manifest_holds_nothing_of_the_cover(finished):
    text = json.dumps(json.loads(finished.published), ensure_ascii=False)
    for _, value in samples.manifest().cover.fields:
        assert value not in text


def test_a_passage_under_two_themes_stands_under_both(finished, published):
    quotation = next(row for row in published["quotations"] if row["key"] == "x2")
    assert len(quotation["index_pages"]) == 2
    index = " ".join(page_texts(finished.volumes[0].path)[1:3])
    assert bare(index).count(bare("“Both had handed in their pistols at the end of the shift […]”")) == 2


def test_the_index_reads_as_an_argument(finished):
    index = " ".join(" ".join(page_texts(finished.volumes[0].path)[1:3]).split())
    for words in (
        "INDEX OF COUNTRY CONDITIONS EVIDENCE",
        "I. OFFICERS ARE KILLED WHEN OFF DUTY 4 passages · 2 sources",
        "“Two officers were shot on the steps of their own houses last spring.” "
        "Ana Muster, Two Shot at Home, The Sample Herald (Mar. 4, 2019) Tab A · p. 5",
        "II. OFFICERS MAY NOT TAKE THEIR WEAPONS HOME 2 passages · 2 sources",
        "II.1. A protection law was never passed 1 passage · 1 source",
        "FURTHER PASSAGES 1 passage · 1 source",
        "EXHIBITS Tab Title Kind Date Pages A Two Shot at Home "
        "Ana Muster, Two Shot at Home, The Sample Herald (Mar. 4, 2019), https://herald.example/two-shot (on file with "
        "counsel) News March 4, 2019 5",
    ):
        assert words in index


def test_right_to_left_quotations_are_compared_by_words(published):
    assert {row["key"]: row["read_back"] for row in published["quotations"]} == {
        "x1": "exact",
        "x2": "exact",
        "x3": "exact",
        "x4": "exact",
        "y1": "by-words",
        "y2": "exact",
        "y3": "exact",
    }


def test_only_what_changed_is_rendered_again():
    manifest = samples.manifest()
    assert changed(replace(manifest, packet_title="Another", reference="X")) == set()
    reranked = tuple(replace(passage, rank=9) for passage in samples.herald().passages)
    assert (
        changed(replace(manifest, exhibits=(replace(samples.herald(), passages=reranked), samples.report()))) == set()
    )
    assert changed(replace(manifest, cover=Cover("Another", ()))) == {"cover"}
    assert changed(replace(manifest, exhibits=(samples.herald(), samples.report(title="Other")))) == {
        "tab-e2",
        "exhibit-e2",
        "records",
    }
    moved = (samples.report(label="A"), samples.herald(label="B"))
    assert changed(replace(manifest, exhibits=moved)) == {"tab-e1", "exhibit-e1", "tab-e2", "exhibit-e2", "records"}
    renamed = (replace(samples.OFF_DUTY, name="Other"), samples.WEAPONS, samples.UNPASSED)
    assert changed(replace(manifest, themes=renamed)) == {"exhibit-e1", "exhibit-e2"}
    unused = (*manifest.themes, samples.Theme("spare", "Spare", "", "#000000", 0))
    assert changed(replace(manifest, themes=unused)) == set()


def test_a_part_key_covers_kind_and_inputs():
    assert part_key("tab", {"a": 1}) == part_key("tab", {"a": 1})
    assert len({part_key("tab", {"a": 1}), part_key("tab", {"a": 2}), part_key("cover", {"a": 1})}) == 3


def test_the_part_key_changes_with_the_engine(monkeypatch):
    before = part_key("tab", {})
    monkeypatch.setattr("caseapp.packets.pdf.parts._engine_fingerprint", lambda: ["another engine"])
    assert part_key("tab", {}) != before


def test_a_rendered_part_survives_storage(rendered):
    part = rendered["exhibit-e1"]
    layout = json.loads(json.dumps(part.layout()))
    assert RenderedPart.from_layout(part.pdf, layout) == part
    assert part.places["x1"] == Place((1,), part.places["x1"].top_pt)


def test_a_passage_without_ink_is_refused_in_words():
    text = "Words \u00ad\u00ad words"
    manifest = samples.with_text(text, samples.passage("x1", text, "\u00ad\u00ad"))
    with pytest.raises(
        PassageNotOnPaper, match="Tab A, “Two Shot at Home”: a marked passage holds no printable letter"
    ):
        finish(manifest, render_all(manifest))


def test_a_packet_without_themes_lists_its_passages():
    text = "Plain words in a plain source."
    manifest = samples.manifest(samples.exhibit(text, samples.passage("x1", text, "plain source")), themes=())
    finished = finish(manifest, render_all(manifest))
    assert verify_packet(finished.published, finished.volumes) == ()
    assert "PASSAGES\r\n1 passage · 1 source" in page_texts(finished.volumes[0].path)[1]


def test_an_endless_quotation_is_printed_whole_in_index_and_exhibit():
    word = "ж" * 6000
    text = f"Before it. {word} After it."
    manifest = samples.with_text(text, samples.passage("x1", text, word, samples.OFF_DUTY))
    finished = finish(manifest, render_all(manifest))
    assert verify_packet(finished.published, finished.volumes) == ()
    assert sum(page.count("ж") for page in page_texts(finished.volumes[0].path)) == 12_000


def test_a_quotation_over_a_page_break_is_cited_on_both_pages():
    text = "Quiet words fill the page. " * 90 + "\n" + "Marked words run on and on. " * 60
    start = text.index("Marked")
    manifest = samples.with_text(text, samples.passage("x1", text, text[start:].strip(), samples.OFF_DUTY))
    finished = finish(manifest, render_all(manifest))
    (quotation,) = json.loads(finished.published)["quotations"]
    assert len(quotation["pages"]) == 2
    first, last = quotation["pages"]
    assert (
        f"Tab A · pp. {first}–{last}"
        in page_texts(finished.volumes[0].path)[quotation["index_pages"][0]["pages"][-1] - 1]
    )
    assert verify_packet(finished.published, finished.volumes) == ()


BUILD = """
import sys
from hashlib import sha256

import django

django.setup()

from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish, render_all

manifest = samples.manifest()
rendered = render_all(manifest)
finished = finish(manifest, rendered)
sys.stdout.write(sha256(b"".join(part.pdf for part in rendered.values())).hexdigest() + " ")
sys.stdout.write(sha256(finished.volumes[0].path.read_bytes()).hexdigest() + " ")
sys.stdout.write(sha256(finished.published).hexdigest())
"""


def test_the_same_manifest_gives_the_same_bytes_in_any_process(rendered, finished):
    def build(seed):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": f"UTC-{seed}",
            "DJANGO_SETTINGS_MODULE": "caseapp.settings",
        }
        command = [sys.executable, "-c", BUILD]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout

    volume = finished.volumes[0].path.read_bytes()
    parts = b"".join(part.pdf for part in rendered.values())
    here = " ".join(sha256(data).hexdigest() for data in (parts, volume, finished.published))
    assert build("1") == build("2") == here


def test_every_font_in_a_packet_is_ours_and_embedded(finished):
    ours = {family.replace(" ", "-") for family in fonts.families()} | {"NotoSerif"}
    found = font_names(finished.volumes[0].path.read_bytes())
    assert len(found) > 3
    assert all(is_embedded for _, is_embedded in found)
    assert {re.sub(r"(-Bold|-Italic)+$", "", name) for name, _ in found} <= ours
