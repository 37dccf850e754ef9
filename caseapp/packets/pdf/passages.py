"""The blocks of an article cut into runs of equally marked text. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from caseapp.packets.manifest import Passage
from caseapp.typesetting.blocks import Block
from caseapp.typesetting.typeset import Box


@dataclass(frozen=True)
class Run:
    """A stretch of one block under the same passages; `number` makes its anchors unique."""

    start: int
    end: int
    passages: tuple[Passage, ...]
    number: int

    @property
    def anchors(self) -> tuple[str, ...]:
        return tuple(f"{passage.key}.{self.number}" for passage in self.passages)


def of_passages(boxes: Iterable[tuple[int, str, Box]]) -> Iterator[tuple[int, str, Box]]:
    """(page, passage key, box) of those whose anchor is a run's."""
    return ((page, anchor.rpartition(".")[0], box) for page, anchor, box in boxes if "." in anchor)


def runs(block: Block, passages: Sequence[Passage], number: int) -> list[Run]:
    """The block cut wherever a passage starts or ends; runs are numbered on from `number`."""
    here = [passage for passage in passages if passage.start < block.end and passage.end > block.start]
    edges = {block.start, block.end}
    for passage in here:
        edges |= {max(passage.start, block.start), min(passage.end, block.end)}
    cuts = sorted(edges)
    return [
        Run(start, end, tuple(p for p in here if p.start <= start and p.end >= end), number + offset)
        for offset, (start, end) in enumerate(pairwise(cuts))
    ]
