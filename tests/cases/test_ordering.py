"""Pure: orders of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.ordering import OrderOutOfDate, agreed_order, shifted

orders = st.lists(st.integers(1, 99), unique=True, min_size=1)


def test_the_wanted_order_of_an_unchanged_list_is_agreed():
    assert agreed_order(current=[1, 2, 3], seen=[1, 2, 3], wanted=[3, 1, 2]) == [3, 1, 2]


@pytest.mark.parametrize(
    ("current", "seen", "wanted"),
    [
        ([1, 2], [1, 2, 3], [3, 1, 2]),  # removed by somebody else
        ([1, 2, 3, 4], [1, 2, 3], [3, 1, 2]),  # added by somebody else
        ([2, 1, 3], [1, 2, 3], [3, 1, 2]),  # sorted by somebody else
        ([1, 2, 3], [1, 2, 3], [3, 1]),  # one lost on the way
        ([1, 2, 3], [1, 2, 3], [3, 3, 1]),
        ([1, 2, 3], [1, 2, 3], [3, 1, 9]),
        ([], [], [1]),
    ],
)
def test_anything_else_is_out_of_date(current, seen, wanted):
    with pytest.raises(OrderOutOfDate, match="nothing was moved"):
        agreed_order(current=current, seen=seen, wanted=wanted)


@pytest.mark.parametrize(
    ("item", "by", "after"),
    [(2, -1, [2, 1, 3]), (2, 1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3]), (1, 1, [2, 1, 3])],
)
def test_an_item_moves_one_place_and_stops_at_the_ends(item, by, after):
    assert shifted([1, 2, 3], item, by) == after


def test_an_item_that_is_not_there_cannot_be_moved():
    with pytest.raises(OrderOutOfDate):
        shifted([1, 2], 3, 1)


@given(orders, st.data(), st.sampled_from([-1, 1]))
def test_moving_loses_nothing(order, data, by):
    item = data.draw(st.sampled_from(order))
    after = shifted(order, item, by)
    assert sorted(after) == sorted(order)
    assert [other for other in after if other != item] == [other for other in order if other != item]
