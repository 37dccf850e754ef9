"""Pure: a declaration, pasted or read from a file, cut into assertions that a person can choose from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 1000
# ¶ 12, 12., 12), (12), § 12 in front of a paragraph are where it stands, and no words of it.
_NUMBER = re.compile(r"^(?:¶|§|para(?:graph)?\.?)\s*(\d{1,4})[.):]?\s+|^\(?(\d{1,4})[.)]\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[”’\"')\]]*\s+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Piece:
    """`paragraph` is "¶ 12", or "" where the paragraph has no number."""

    text: str
    paragraph: str = ""


def pieces_of(declaration: str) -> list[Piece]:
    """Each paragraph, or each line where no empty line divides them; what is too long for one is cut at sentences."""
    text = declaration.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    is_divided = _PARAGRAPHS.search(text.strip()) is not None
    blocks = _PARAGRAPHS.split(text) if is_divided else text.split("\n")
    return [piece for block in blocks for piece in _pieces(" ".join(block.split()))]


def _pieces(words: str) -> Iterator[Piece]:
    number = _NUMBER.match(words)
    paragraph = f"¶ {number[1] or number[2]}" if number else ""
    for part in _parts(words[number.end() :] if number else words):
        yield Piece(part, paragraph)


def _parts(words: str) -> Iterator[str]:
    """Whole sentences, as many together as fit; a sentence that is longer than that is cut between words."""
    part = ""
    for sentence in _pieces_that_fit(words):
        if part and len(part) + 1 + len(sentence) > LONGEST:
            yield part
            part = ""
        part = f"{part} {sentence}" if part else sentence
    if part:
        yield part


def _pieces_that_fit(words: str) -> Iterator[str]:
    if len(words) <= LONGEST:
        yield from [words] if words else []
        return
    for sentence in _sentences(words):
        yield from _cut(sentence)


def _cut(sentence: str) -> Iterator[str]:
    rest = sentence
    while len(rest) > LONGEST:
        cut = rest.rfind(" ", 0, LONGEST + 1)
        cut = cut if cut > 0 else LONGEST
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _sentences(words: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(words):
        yield words[start : end.end()].strip()
        start = end.end()
    yield words[start:].strip()
