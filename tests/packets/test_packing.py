from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.packing import SLACK, Load, PageOverLimit, Piece, Sized, Unit, packed

HEADS = (Sized("cover", 1, 10), Sized("index", 2, 20))


def exhibit(key, pages, size):
    return Unit((Sized(f"tab-{key}", 1, 5), Sized(f"exhibit-{key}", pages, size)), divisible=1)


def load(*units, together=None):
    sizes = {part.source: part for unit in units for part in unit.parts}

    def measure(source, first, last):
        return sizes[source].bytes * (last - first + 1) // sizes[source].pages

    return Load(HEADS, units, measure, together or {})


def names(volumes):
    return [[piece.name for piece in volume] for volume in volumes]


def test_without_a_limit_there_is_one_volume():
    assert names(packed(load(exhibit("e1", 9, 10**9)), None)) == [["cover", "index", "tab-e1", "exhibit-e1"]]


def test_each_volume_begins_with_cover_and_index_and_tabs_stay_with_their_exhibits():
    assert names(packed(load(exhibit("e1", 9, 40), exhibit("e2", 9, 40)), 100)) == [
        ["cover", "index", "tab-e1", "exhibit-e1"],
        ["cover/2", "index/2", "tab-e2", "exhibit-e2"],
    ]


def test_an_exhibit_that_fits_nowhere_is_divided_and_what_is_left_of_the_volume_is_used():
    first, second = packed(load(exhibit("e1", 10, 100), exhibit("e2", 1, 5)), 112)
    assert first[2:] == (
        Piece("tab-e1", "tab-e1", 1, of=2),
        Piece("exhibit-e1", "exhibit-e1", 7, of=2),
    )
    assert second[2:] == (
        Piece("tab-e1/2", "tab-e1", 1, number=2, of=2, is_repeated=True),
        Piece("exhibit-e1/2", "exhibit-e1", 3, from_page=8, number=2, of=2),
        Piece("tab-e2", "tab-e2", 1),
        Piece("exhibit-e2", "exhibit-e2", 1),
    )


def test_a_quotation_is_not_torn():
    first, second = packed(load(exhibit("e1", 10, 100), together={"exhibit-e1": {6, 7}}), 112)
    assert (first[-1].pages, second[-1].from_page) == (5, 6)


def test_a_page_that_fits_nowhere_is_named():
    with pytest.raises(PageOverLimit) as caught:
        packed(load(exhibit("e1", 2, 400)), 112)
    assert (caught.value.source, caught.value.page) == ("exhibit-e1", 1)


def test_a_part_that_may_not_be_divided_is_named():
    with pytest.raises(PageOverLimit) as caught:
        packed(Load(HEADS, (Unit((Sized("service", 2, 400),)),), lambda *_: 0), 112)
    assert (caught.value.source, caught.value.page) == ("service", 0)


units = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 300)), min_size=1, max_size=30)


@given(units, st.integers(120, 500))
def test_every_page_is_packed_once_in_order_and_no_volume_is_too_heavy(sizes, limit):
    some = load(*(exhibit(f"e{n}", pages, size) for n, (pages, size) in enumerate(sizes)))
    try:
        volumes = packed(some, limit)
    except PageOverLimit as error:
        n = int(error.source.removeprefix("exhibit-e"))
        assert sizes[n][1] // sizes[n][0] > limit * (1 - SLACK) - 36
        return
    there = [
        (piece.source, page)
        for volume in volumes
        for piece in volume
        if piece.source.startswith("exhibit")
        for page in range(piece.from_page, piece.from_page + piece.pages)
    ]
    assert there == [(f"exhibit-e{n}", page) for n, (pages, _) in enumerate(sizes) for page in range(1, pages + 1)]
    assert all(_weight(some, volume) <= limit * (1 - SLACK) for volume in volumes)
    every = [piece.name for volume in volumes for piece in volume]
    assert len(set(every)) == len(every)
    assert packed(some, limit) == volumes


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_no_two_neighbouring_volumes_could_have_been_one(sizes):
    some = load(*(exhibit(f"e{n}", 1, size) for n, size in enumerate(sizes)))
    volumes = packed(some, 100)
    for one, other in pairwise(volumes):
        assert _weight(some, one) + _weight(some, other) - 30 > 97
    assert len(volumes) <= 2 * sum(size + 5 for size in sizes) / 67 + 1


def _weight(some, volume):
    sizes = {part.source: part.bytes for unit in some.units for part in unit.parts} | {"cover": 10, "index": 20}
    return sum(
        some.measure(piece.source, piece.from_page, piece.from_page + piece.pages - 1)
        if piece.source.startswith("exhibit")
        else sizes[piece.source]
        for piece in volume
    )
