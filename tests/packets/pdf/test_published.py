"""Manifests from anywhere: each is refused in words, or held against the files to the end, whatever stands in it."""

import copy
import json
import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.packets.pdf import published
from caseapp.packets.pdf.published import NotAManifest, read_published
from caseapp.packets.pdf.verification import Failure, verify_packet

NUMBERS = st.integers() | st.floats() | st.sampled_from([0, -1, 1, 99, 10**8, 10**12, 1e308])
LEAVES = st.none() | st.booleans() | NUMBERS | st.text(max_size=8) | st.sampled_from(["", "\ud800", "exhibit-e1", "x1"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


def spots(value, here=()):
    """Every place in a JSON value."""
    yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from spots(inner, (*here, key))


def altered(facts, seed, values):
    """The manifest with as many places changed, taken out, doubled or exchanged as there are values."""
    chance, whole = random.Random(seed), {"facts": copy.deepcopy(facts)}
    for value in values:
        name = chance.choice(sorted(facts))
        within = whole["facts"].get(name) if isinstance(whole["facts"], dict) else None
        place = ("facts", name, *chance.choice(list(spots(within)))) if within is not None else ("facts",)
        parent = whole
        for key in place[:-1]:
            parent = parent[key]
        how = chance.choice(["change", "change", "take", "double"])
        if how == "change":
            parent[place[-1]] = _near(parent[place[-1]], chance) if chance.random() < 0.5 else value
        elif len(place) > 1 and how == "take":
            del parent[place[-1]]
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(parent[place[-1]]))
    return whole["facts"]


def _near(value, chance):
    """Of the same kind, so that it is not refused for that alone."""
    if isinstance(value, int | float):
        return chance.choice([0, -1, 1, 99, 10**8, 10**12, 1e308, float("inf"), float("nan"), value + 1, value - 1])
    return chance.choice(["", " ", "\ud800", "exhibit-e1", "x1", "1", "é" * 8])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seed=st.integers(0, 2**32), values=st.lists(VALUES, min_size=1, max_size=3))
def test_no_alteration_breaks_the_verifier(finished, seed, values):
    facts = altered(json.loads(finished.published), seed, values)
    with suppress(NotAManifest):
        failures = verify_packet(json.dumps(facts).encode(), finished.volumes)
        assert all(isinstance(failure, Failure) and str(failure) for failure in failures)


@given(st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_no_other_bytes_are_taken_for_a_manifest(data):
    with pytest.raises(NotAManifest):
        read_published(data)


def test_a_manifest_of_ours_is_read(finished):
    assert read_published(finished.published) == json.loads(finished.published)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it does not begin with named entries"),
        (b"{}", "its entry “document_title” is missing"),
        (b'{"document_title": 3}', "its entry “document_title” does not hold what it should"),
    ],
)
def test_what_is_wrong_is_said(data, sentence):
    with pytest.raises(NotAManifest) as refused:
        read_published(data)
    assert str(refused.value) == sentence


def test_one_that_is_too_large_is_not_even_read(monkeypatch):
    monkeypatch.setattr(published, "LARGEST", 10)
    with pytest.raises(NotAManifest, match="larger than 0 MB"):
        read_published(b"{" + b" " * 10)
