import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.labels import letters, place_of_letters
from caseapp.packets.numbering import NoLabelBetween, highest_number, page_labels, tab_labels
from caseapp.packets.packing import Piece


def pieces(*counts):
    return [Piece(name, name, pages) for name, pages in counts]


def test_a_new_packet_counts_its_pages():
    assert page_labels(pieces(("cover", 1), ("index", 2)), 1, {}).labels == {"cover": ("1",), "index": ("2", "3")}


def test_a_supplement_goes_on_from_the_filed_packet():
    assert highest_number(["142", "143", "57B"]) == 143
    assert page_labels(pieces(("cover", 2)), 144, {}).labels == {"cover": ("144", "145")}


FILED = {"cover": ["1"], "index": ["2", "3"], "tab-e1": ["4"], "exhibit-e1": ["5", "6", "7"], "tab-e2": ["8"]}


def test_pages_that_were_filed_keep_their_labels_and_new_ones_stand_between_them():
    now = pieces(
        ("cover", 1), ("index", 3), ("tab-e1", 1), ("exhibit-e1", 3), ("tab-e9", 1), ("x-e9", 2), ("tab-e2", 1)
    )
    assert page_labels(now, 1, FILED).labels == {
        "cover": ("1",),
        "index": ("2", "3", "3A"),
        "tab-e1": ("4",),
        "exhibit-e1": ("5", "6", "7"),
        "tab-e9": ("7A",),
        "x-e9": ("7B", "7C"),
        "tab-e2": ("8",),
    }


def test_an_exhibit_that_shrank_leaves_labels_out_and_nobody_else_gets_them():
    now = pieces(("cover", 1), ("index", 2), ("tab-e1", 1), ("exhibit-e1", 1), ("new", 1), ("tab-e2", 2))
    numbered = page_labels(now, 1, FILED)
    assert numbered.labels["new"] == ("5A",)
    assert numbered.labels["tab-e2"] == ("8", "9")
    assert numbered.omitted == {"exhibit-e1": ("6", "7")}


def test_a_label_that_left_the_packet_is_not_given_to_another_page():
    filed = {"cover": ["1"], "gone": ["1A"], "tab": ["2"]}
    numbered = page_labels(pieces(("cover", 1), ("new", 1), ("tab", 1)), 1, filed)
    assert numbered.labels["new"] == ("1B",)
    assert numbered.omitted == {"gone": ("1A",)}


def test_a_second_round_of_inserts_stands_behind_the_first():
    filed = {"cover": ["1"], "first": ["1A"], "tab": ["2"]}
    assert page_labels(pieces(("cover", 1), ("first", 1), ("new", 1), ("tab", 1)), 1, filed).labels["new"] == ("1B",)
    with pytest.raises(
        NoLabelBetween, match="Nothing can be inserted between 1 and 1A without changing a filed number"
    ):
        page_labels(pieces(("cover", 1), ("new", 1), ("first", 1), ("tab", 1)), 1, filed)


def test_nothing_comes_before_the_first_page():
    with pytest.raises(NoLabelBetween, match="between the beginning and 1 "):
        page_labels(pieces(("new", 1), ("cover", 1)), 1, {"cover": ["1"]})


def test_the_pieces_of_a_divided_exhibit_keep_the_labels_of_the_whole():
    halves = [Piece("e", "e", 2, 1, 1, 2), Piece("e/2", "e", 2, 3, 2, 2)]
    assert page_labels(halves, 1, {"e": ["7", "8", "9"]}).labels == {"e": ("7", "8"), "e/2": ("9", "10")}


@pytest.mark.parametrize(
    ("scheme", "kept", "withdrawn", "labels"),
    [
        ("numbers", ["1", "", "", "2"], [], ("1", "1A", "1B", "2")),
        ("numbers", ["12", "", "13", ""], [], ("12", "12A", "13", "14")),
        ("numbers", ["12", *[""] * 27, "13"], [], ("12", *(f"12{letters(n)}" for n in range(1, 28)), "13")),
        ("letters", ["A", "", "B", ""], [], ("A", "A1", "B", "C")),
        ("letters", ["Z", "", "AA"], [], ("Z", "Z1", "AA")),
        ("letters", ["A", ""], ["B"], ("A", "C")),
    ],
)
def test_tabs_between_filed_tabs(scheme, kept, withdrawn, labels):
    assert tab_labels(scheme, kept, withdrawn) == labels


@given(st.integers(1, 100_000))
def test_letters_are_counted_both_ways(number):
    assert place_of_letters(letters(number)) == number


def place(label):
    digits = label.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits), place_of_letters(label[len(digits) :])


@given(st.data())
def test_labels_are_unique_rise_and_never_move(data):
    before = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=8))
    filed_names = [f"part-{n}" for n in range(len(before))]
    filed = page_labels(pieces(*zip(filed_names, before, strict=True)), data.draw(st.integers(1, 500)), {}).labels
    now = [(filed_names[0], before[0])]
    for n, name in enumerate(filed_names[1:], start=1):
        now += [(f"new-{n}-{m}", data.draw(st.integers(1, 40))) for m in range(data.draw(st.integers(0, 2)))]
        now += [(name, data.draw(st.integers(1, 12)))] if data.draw(st.booleans()) else []
    numbered = page_labels(pieces(*now), 1, filed)
    flat = [label for name, _ in now for label in numbered.labels[name]]
    assert len(set(flat)) == len(flat) == sum(pages for _, pages in now)
    assert sorted(flat, key=place) == flat
    for name, pages in now:
        kept = filed.get(name, ())[:pages]
        assert numbered.labels[name][: len(kept)] == tuple(kept)
    told = {label for labels in numbered.omitted.values() for label in labels}
    assert told == {label for labels in filed.values() for label in labels} - set(flat)
