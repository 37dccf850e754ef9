"""What became of a text from one version to the next, paragraph by paragraph. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from caseapp.library.texts.rewording import Piece, rewording

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_MOST = 4_000  # paragraphs compared one by one; of longer texts the middle is shown as gone and come


@dataclass(frozen=True)
class Change:
    """One paragraph that went, came, or was reworded; or `kept` paragraphs that stayed, of which nothing is shown."""

    pieces: tuple[Piece, ...] = ()
    kept: int = 0


def text_changes(old: str, new: str) -> list[Change]:
    """Empty where no word changed."""
    before, after = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    changes = list(_changes(before, after))
    return changes if any(change.pieces for change in changes) else []


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    for kind, low, high, start, end in _blocks(before, after):
        if kind == "equal":
            yield Change(kept=high - low)
            continue
        gone, come = before[low:high], after[start:end]
        pairs = min(len(gone), len(come))
        for one, other in zip(gone[:pairs], come[:pairs], strict=True):
            yield Change(tuple(rewording(one, other)))
        yield from (Change((Piece("gone", words),)) for words in gone[pairs:])
        yield from (Change((Piece("new", words),)) for words in come[pairs:])


def _blocks(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(before), len(after)) > _MOST:
        head = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
        return [("equal", 0, head, 0, head), ("replace", head, len(before), head, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
