"""Packets in several volumes, supplements and late inserts, read back page by page."""

import json
from dataclasses import replace

import pypdfium2
import pytest

from caseapp.packets.manifest import FiledPart, Numbering
from caseapp.packets.pdf.packet import CannotSplit
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.pdf import samples
from tests.packets.pdf.conftest import finish, render_all
from tests.packets.pdf.reading import page_texts

LIMIT = 95_000
LONG = "\n".join(f"Paragraph {n} says that nobody came." for n in range(900))


def long_exhibit():
    first = samples.passage("z1", LONG, "Paragraph 3 says", samples.OFF_DUTY, rank=7)
    last = samples.passage("z2", LONG, "Paragraph 899 says", samples.OFF_DUTY, rank=8)
    return samples.exhibit(LONG, first, last, key="e2", label="B", title="A very long report")


@pytest.fixture(scope="module")
def divided_manifest():
    manifest = samples.manifest(samples.herald(), long_exhibit(), samples.report(key="e3", label="C"))
    return replace(manifest, forum=replace(manifest.forum, volume_bytes_limit=LIMIT, volume_bytes_target=None))


@pytest.fixture(scope="module")
def divided_parts(divided_manifest):
    return render_all(divided_manifest)


@pytest.fixture(scope="module")
def divided(divided_manifest, divided_parts):
    return finish(divided_manifest, divided_parts)


@pytest.fixture(scope="module")
def published(divided):
    return json.loads(divided.published)


def bookmarks(path):
    pdf = pypdfium2.PdfDocument(path)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in pdf.get_toc()]
    labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    pdf.close()
    return marks, labels


def test_volumes_are_under_the_limit_and_verified(divided, published):
    assert verify_packet(divided.published, divided.volumes) == ()
    assert len(divided.volumes) > 1
    assert all(volume.path.stat().st_size <= LIMIT for volume in divided.volumes)
    assert [volume.file_name for volume in divided.volumes] == [row["file"] for row in published["volumes"]]


def test_one_run_of_numbers_goes_through_all_volumes(divided, published):
    labels = [label for volume in divided.volumes for label in bookmarks(volume.path)[1]]
    assert labels == [str(number) for number in range(1, len(labels) + 1)]
    assert labels == [label for row in published["volumes"] for label in row["labels"]]


def test_each_volume_has_its_cover_and_the_whole_index(divided, published):
    of = len(divided.volumes)
    last = next(row["volume"] for row in published["quotations"] if row["key"] == "y1")
    for number, volume in enumerate(divided.volumes, start=1):
        cover, *rest = [" ".join(text.split()) for text in page_texts(volume.path)]
        assert f"Volume {number} of {of}" in cover
        index = " ".join(rest[:3])
        for title in ("Two Shot at Home", "A very long report", "& Čačak"):
            assert title in index
        assert "Tab A · Volume 1, p. " in index
        assert f"Tab C · Volume {last}, p. " in index


def test_an_exhibit_larger_than_a_volume_goes_on_behind_a_tab_that_says_so(divided, published):
    pieces = [part for part in published["parts"] if part["source"] == "exhibit-e2"]
    assert len(pieces) > 1
    assert sum(part["pages"] for part in pieces) == pieces[-1]["from_page"] + pieces[-1]["pages"] - 1
    second = next(part for part in published["parts"] if part["name"] == "tab-e2/2")
    texts = page_texts(divided.volumes[second["volume"] - 1].path)
    assert f"continued: part 2 of {len(pieces)}" in " ".join(texts[second["first_page"] - 1].split())
    marks, _ = bookmarks(divided.volumes[second["volume"] - 1].path)
    assert (0, f"Tab B — A very long report (continued: part 2 of {len(pieces)})", second["first_page"]) in marks


def test_what_is_in_another_volume_is_named_in_words_and_not_linked(divided, published):
    assert all(link["target_page"] <= published["volumes"][link["volume"] - 1]["pages"] for link in published["links"])
    mention = next(row for row in published["mentions"] if row["key"] == "z2" and row["volume"] == 1)
    label = published["volumes"][mention["target_volume"] - 1]["labels"][mention["target_page"] - 1]
    assert mention["says"] == f"Tab B · Volume {mention['target_volume']}, p. {label}"
    for volume in range(1, len(divided.volumes) + 1):
        told = {
            (row["to"], row["key"])
            for name in ("links", "mentions")
            for row in published[name]
            if row["volume"] == volume
        }
        assert told == {("passage", key) for key in ("x1", "x2", "x3", "x4", "y1", "y2", "y3", "z1", "z2")} | {
            (to, key) for to in ("tab", "exhibit") for key in ("e1", "e2", "e3")
        }


def test_the_same_parts_give_the_same_volumes(divided_manifest, divided_parts, divided):
    again = finish(divided_manifest, divided_parts)
    assert again.published == divided.published
    assert [one.path.read_bytes() for one in again.volumes] == [one.path.read_bytes() for one in divided.volumes]


def test_a_limit_that_not_even_the_index_meets_is_refused_in_words(divided_manifest, divided_parts):
    forum = replace(divided_manifest.forum, volume_bytes_limit=40_000)
    with pytest.raises(CannotSplit, match=r"^Tab [ABC]: .* does not fit into a file of 0\.04 MB"):
        finish(replace(divided_manifest, forum=forum), divided_parts)


def filed(name, tab, *labels):
    return FiledPart(name, tab, "", labels)


FILED = (
    filed("cover", "", "1"),
    filed("index", "", "2"),
    filed("tab-e1", "A", "3"),
    filed("exhibit-e1", "A", "4"),
    filed("tab-e2", "B", "5"),
    filed("exhibit-e2", "B", "6", "7"),
)


def test_a_supplement_goes_on_counting():
    manifest = samples.manifest(samples.herald(label="C"), numbering=Numbering("continue", FILED))
    finished = finish(manifest)
    assert verify_packet(finished.published, finished.volumes) == ()
    _, labels = bookmarks(finished.volumes[0].path)
    assert labels == [str(number) for number in range(8, 8 + len(labels))]
    assert "Tab C · p. 11" in " ".join(" ".join(page_texts(finished.volumes[0].path)).split())


def test_late_inserts_stand_between_filed_pages():
    first, late, last = samples.herald(), samples.report(key="e2", label="A1"), long_exhibit()
    text = "A short note says that nobody came."
    last = samples.exhibit(text, samples.passage("n1", text, "nobody came"), key="e3", label="B", title="A note")
    manifest = samples.manifest(first, late, last, numbering=Numbering("insert", FILED))
    finished = finish(manifest)
    assert verify_packet(finished.published, finished.volumes) == ()
    _, labels = bookmarks(finished.volumes[0].path)
    assert labels == ["1", "2", "2A", "3", "4", "4A", "4B", "5", "6", "8", "9", "10"]
    published = json.loads(finished.published)
    assert published["omitted_labels"] == {"exhibit-e3": ["7"]}
    index = " ".join(" ".join(page_texts(finished.volumes[0].path)[1:3]).split())
    assert "Tab A1 · p. 4B" in index
    assert "Tab B · p. 6" in index
