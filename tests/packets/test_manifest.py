import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.manifest import Cover, Manifest, ManifestBroken, Passage
from tests.packets.pdf import samples

words = st.text(max_size=40)


def with_passage(passage):
    return samples.manifest(samples.exhibit("Some words here.", passage))


def test_a_manifest_survives_json():
    manifest = samples.manifest()
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert Manifest.from_dict(json.loads(json.dumps(manifest.to_dict()))) == manifest


def test_its_json_is_canonical():
    text = samples.manifest().to_json()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(title=words, fields=st.lists(st.tuples(words, words), max_size=4), text=st.text(min_size=1, max_size=200))
def test_any_words_survive(title, fields, text):
    exhibit = samples.exhibit(text, title=title)
    manifest = samples.manifest(exhibit, cover=Cover(title, tuple(fields)))
    assert Manifest.from_dict(json.loads(json.dumps(manifest.to_dict()))) == manifest


@given(st.text(min_size=1, max_size=200), st.data())
def test_a_passage_is_accepted_exactly_where_its_words_stand(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = Passage("x1", start, end, text[start:end], (), 1)
    if text[start:end].strip():
        assert samples.with_text(text, passage).exhibits[0].passages == (passage,)
    else:
        with pytest.raises(ManifestBroken, match="nothing but white space"):
            samples.with_text(text, passage)


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        (Passage("x1", 0, 4, "Same", (), 1), "Passage x1 of tab A does not say what its article says there."),
        (Passage("x1", 0, 99, "Some", (), 1), "Passage x1 of tab A lies outside its article."),
        (Passage("x1", 4, 4, "", (), 1), "Passage x1 of tab A lies outside its article."),
        (Passage("x1", 4, 5, " ", (), 1), "Passage x1 of tab A holds nothing but white space."),
        (
            Passage("x1", 0, 4, "Some", ("gone",), 1),
            "Passage x1 of tab A names a theme that the manifest does not hold: gone.",
        ),
    ],
)
def test_a_passage_that_contradicts_its_article_is_refused(passage, sentence):
    with pytest.raises(ManifestBroken) as refused:
        with_passage(passage)
    assert str(refused.value) == sentence


def test_a_plan_that_was_frozen_before_headings_were_kept_is_read():
    plain = samples.manifest().to_dict()
    for exhibit in plain["exhibits"]:
        del exhibit["headings"]
    assert Manifest.from_dict(plain) == samples.manifest()


@pytest.mark.parametrize("headings", [((0, 99, 1),), ((4, 4, 1),), ((5, 10, 1), (0, 4, 1)), ((0, 6, 1), (5, 10, 1))])
def test_a_heading_that_contradicts_its_article_is_refused(headings):
    with pytest.raises(ManifestBroken, match="A heading of tab A lies outside its article, or over another"):
        samples.with_text("Some words here.", headings=headings)


def test_a_heading_stands_somewhere():
    with pytest.raises(ManifestBroken, match="A heading of tab A"):
        samples.with_text("Some words here.", headings=((0, 4, 0),))


def test_nothing_may_stand_twice():
    with pytest.raises(ManifestBroken, match="The exhibit “e1” stands twice"):
        samples.manifest(samples.herald(), samples.report(key="e1"))
    with pytest.raises(ManifestBroken, match="The tab “A” stands twice"):
        samples.manifest(samples.herald(), samples.report(label="A"))
    with pytest.raises(ManifestBroken, match="The theme “weapon-rules” stands twice"):
        samples.manifest(themes=(samples.OFF_DUTY, samples.WEAPONS, samples.WEAPONS, samples.UNPASSED))
    twin = replace(samples.report().passages[0], key="x1")
    with pytest.raises(ManifestBroken, match="The passage “x1” stands twice"):
        samples.manifest(samples.herald(), replace(samples.report(), passages=(twin,)))


def test_another_format_is_refused():
    plain = samples.manifest().to_dict() | {"format": 1}
    with pytest.raises(ManifestBroken, match="format 1"):
        Manifest.from_dict(plain)


def test_the_document_title_names_packet_and_reference():
    assert samples.manifest().document_title == "Country conditions evidence — SV-2027-014"
    assert samples.manifest(reference="").document_title == "Country conditions evidence"
