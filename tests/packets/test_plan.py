from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.plan import IndexDoesNotSettle, page_plan, page_range, pages_phrase, pinpoint, settle


@dataclass(frozen=True)
class Laid:
    pages: int


def test_parts_follow_each_other():
    plan = page_plan([("cover", 1), ("index", 3), ("tab-e1", 1), ("exhibit-e1", 7)])
    assert [(part.name, part.first_page, part.last_page) for part in plan.parts] == [
        ("cover", 1, 1),
        ("index", 2, 4),
        ("tab-e1", 5, 5),
        ("exhibit-e1", 6, 12),
    ]
    assert plan.pages == 12
    assert plan.part("tab-e1").first_page == 5


def test_a_part_without_pages_is_refused():
    with pytest.raises(ValueError, match="“exhibit-e1” has no pages"):
        page_plan([("cover", 1), ("exhibit-e1", 0)])


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.integers(1, 10_000))
def test_every_page_belongs_to_exactly_one_part(counts, first_page):
    plan = page_plan([(f"part-{n}", pages) for n, pages in enumerate(counts)], first_page)
    covered = [page for part in plan.parts for page in range(part.first_page, part.last_page + 1)]
    assert covered == list(range(first_page, first_page + sum(counts)))


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


@pytest.mark.parametrize(("pages", "phrase"), [((14,), "p. 14"), ((14, 15), "pp. 14–15"), ((9, 10, 11), "pp. 9–11")])
def test_pages_as_the_index_prints_them(pages, phrase):
    assert pages_phrase(pages) == phrase
    assert pinpoint("Tab", "B", pages) == f"Tab B · {phrase}"


def test_a_range_of_one_page_is_that_page():
    assert (page_range(5, 5), page_range(5, 12)) == ("5", "5–12")
