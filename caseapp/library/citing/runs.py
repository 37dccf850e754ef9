"""Text with some words in italics."""

import re
from dataclasses import dataclass

# Two code points that Unicode keeps for a program's own use, so that no text of ours can hold them.
ITALIC, ROMAN = "\ufdd0", "\ufdd1"

_TYPED = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")
_MARKS = re.compile(f"([{ITALIC}{ROMAN}])")


@dataclass(frozen=True)
class Run:
    text: str
    is_italic: bool = False


Citation = tuple[Run, ...]


def one_line(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


def typed_runs(text: str) -> Citation:
    """`A. Reporter, *Title*` with the words between asterisks in italics."""
    return italic(_TYPED.sub(rf"{ITALIC}\1{ROMAN}", one_line(text)))


def italic(marked: str) -> Citation:
    """Runs from text that says with the two marks where italics begin and end; inside italics, more of them changes
    nothing."""
    runs: list[Run] = []
    depth = 0
    for piece in _MARKS.split(marked):
        if piece in (ITALIC, ROMAN):
            depth += 1 if piece == ITALIC else -1
        elif piece and runs and runs[-1].is_italic == (depth > 0):
            runs[-1] = Run(runs[-1].text + piece, depth > 0)
        elif piece:
            runs.append(Run(piece, depth > 0))
    return tuple(runs)


def without_stop(runs: Citation) -> Citation:
    """Styles for footnotes end with a full stop; in an index something follows, and after an address it misleads."""
    if not runs or not runs[-1].text.endswith("."):
        return runs
    last = Run(runs[-1].text[:-1], runs[-1].is_italic)
    return (*runs[:-1], last) if last.text else runs[:-1]


def followed_by(runs: Citation, text: str) -> Citation:
    if runs and text and not runs[-1].is_italic:
        return (*runs[:-1], Run(runs[-1].text + text))
    return (*runs, Run(text)) if text else runs


def plain_words(citation: Citation) -> str:
    return "".join(run.text for run in citation)
