from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.manifest import Passage
from caseapp.packets.pdf.passages import of_passages, runs
from caseapp.typesetting.blocks import Block
from caseapp.typesetting.typeset import Box


def mark(key, start, end):
    return Passage(key, start, end, "", (), 1)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6))
def test_runs_tile_the_block_and_know_their_passages(marks):
    found = [mark(f"x{n}", start, start + length) for n, (start, length) in enumerate(marks)]
    tiles = runs(Block(10, 50, continues=False), found, number=7)
    assert [tile.start for tile in tiles] == [10, *[tile.end for tile in tiles[:-1]]]
    assert tiles[-1].end == 50
    assert [tile.number for tile in tiles] == list(range(7, 7 + len(tiles)))
    for tile in tiles:
        for place in range(tile.start, tile.end):
            assert set(tile.passages) == {p for p in found if p.start <= place < p.end}


def test_an_anchor_names_its_passage():
    (run,) = runs(Block(0, 5, continues=False), [mark("x.1", 0, 5)], number=12)
    assert run.anchors == ("x.1.12",)
    box = Box(0, 0, 1, 1)
    assert list(of_passages([(3, "heading-0", box), (4, "x.1.12", box)])) == [(4, "x.1", box)]
