from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.packing import Piece
from caseapp.packets.plan import IndexDoesNotSettle, Spot, page_plan, page_range, pages_phrase, pinpoint, settle


@dataclass(frozen=True)
class Laid:
    pages: int


def pieces(*counts):
    return [Piece(name, name, pages) for name, pages in counts]


def test_parts_follow_each_other():
    plan = page_plan([pieces(("cover", 1), ("index", 3), ("tab-e1", 1), ("exhibit-e1", 7))])
    assert [(part.name, part.first_page, part.last_page) for part in plan.parts] == [
        ("cover", 1, 1),
        ("index", 2, 4),
        ("tab-e1", 5, 5),
        ("exhibit-e1", 6, 12),
    ]
    assert plan.pages == 12
    assert plan.part("tab-e1").first_page == 5


def test_a_page_that_a_part_does_not_have():
    plan = page_plan([pieces(("cover", 1))])
    with pytest.raises(ValueError, match="“cover” has no page 2"):
        plan.spot("cover", 2)


def test_later_volumes_go_on_counting():
    second = (Piece("cover/2", "cover", 1, is_repeated=True), Piece("exhibit-e1/2", "exhibit-e1", 2, 4, 2, 2))
    plan = page_plan([[*pieces(("cover", 1)), Piece("exhibit-e1", "exhibit-e1", 3, 1, 1, 2)], second], first_page=144)
    assert [(part.name, part.volume, part.first_page, part.labels) for part in plan.parts] == [
        ("cover", 1, 1, ("144",)),
        ("exhibit-e1", 1, 2, ("145", "146", "147")),
        ("cover/2", 2, 1, ("148",)),
        ("exhibit-e1/2", 2, 2, ("149", "150")),
    ]
    assert plan.spot("exhibit-e1", 3) == Spot(1, 4, "147")
    assert plan.spot("exhibit-e1", 4) == Spot(2, 2, "149")
    assert plan.labels(2) == ("148", "149", "150")
    assert (plan.pages, plan.volume_word(2)) == (7, 2)


@given(st.lists(st.lists(st.integers(1, 500), min_size=1, max_size=30), min_size=1, max_size=4), st.integers(1, 10_000))
def test_every_page_stands_once_and_has_its_own_label(counts, first_page):
    volumes = [
        [Piece(f"part-{v}-{n}", f"part-{v}-{n}", pages) for n, pages in enumerate(v_counts)]
        for v, v_counts in enumerate(counts)
    ]
    plan = page_plan(volumes, first_page)
    for number, volume in enumerate(volumes, start=1):
        covered = [page for part in plan.volumes[number - 1] for page in range(part.first_page, part.last_page + 1)]
        assert covered == list(range(1, sum(piece.pages for piece in volume) + 1))
    labels = [label for number in range(1, len(volumes) + 1) for label in plan.labels(number)]
    assert labels == [str(first_page + place) for place in range(plan.pages)]


def test_the_index_is_laid_out_again_until_its_length_comes_true():
    asked = []

    def lay_out(pages):
        asked.append(pages)
        return Laid(min(pages + 1, 4))

    assert settle(lay_out) == Laid(4)
    assert asked == [1, 2, 3, 4]


def test_an_index_that_never_settles_is_an_error_in_words():
    with pytest.raises(IndexDoesNotSettle, match=r"\(pages: 1, 2, 1, 2.*build again"):
        settle(lambda pages: Laid(3 - pages))


@pytest.mark.parametrize(
    ("pages", "phrase"), [(("14",), "p. 14"), (("14", "15"), "pp. 14–15"), (("57", "57A", "57B"), "pp. 57–57B")]
)
def test_pages_as_the_index_prints_them(pages, phrase):
    assert pages_phrase(pages) == phrase
    assert pinpoint("Tab", "B", pages) == f"Tab B · {phrase}"
    assert pinpoint("Tab", "B", pages, volume=2) == f"Tab B · Volume 2, {phrase}"


def test_a_range_of_one_page_is_that_page():
    assert (page_range("5", "5"), page_range("5", "12")) == ("5", "5–12")
