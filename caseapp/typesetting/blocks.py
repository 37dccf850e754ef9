"""A text cut into what is set: blocks of a paragraph, and chunks of bounded size. Pure.

A text may be one line of 5 MB or one word of 10,000 letters. Long paragraphs become consecutive blocks, and a long
text becomes chunks that are rendered one after another, so that memory stays bounded and nothing is cut off.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from caseapp.typesetting.printed import JOINERS, JOINING_SCRIPTS, LINE_ENDS

LONGEST_BLOCK = 6_000
LONGEST_WORD = 1_000
CHUNK_CHARACTERS = 150_000
CHUNK_BLOCKS = 3_000
_PARAGRAPH = re.compile(f"[^{LINE_ENDS}]+")
_SPACE = re.compile(r"\s")
_ENDLESS = re.compile(r"\S{41,}")
_BREAK_EVERY = 6
PLACE_TO_BREAK = "\u200b"


@dataclass(frozen=True)
class Block:
    """A paragraph, or a further piece of a very long one (`continues`)."""

    start: int
    end: int
    continues: bool


def blocks(text: str) -> Iterator[Block]:
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = _trimmed(text, *paragraph.span())
        first = start
        while start < end:
            cut = _cut(text, start, end)
            piece = _trimmed(text, start, cut)
            if piece[0] < piece[1]:
                yield Block(*piece, continues=start > first)
            start = cut


def chunks(pieces: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks in groups that one rendering can hold. There is always at least one group."""
    chunk: list[Block] = []
    held = 0
    for block in pieces:
        size = block.end - block.start
        if chunk and (held + size > CHUNK_CHARACTERS or len(chunk) >= CHUNK_BLOCKS):
            yield chunk
            chunk, held = [], 0
        chunk.append(block)
        held += size
    yield chunk


def breakable(pieces: Sequence[str]) -> list[str]:
    """The pieces of one line of text, with places to break inside words that no line can hold.

    Where a word runs on over the edge of a marked passage, the typesetter finds no place to break it and would let it
    run off the page. The zero-width spaces leave no trace on paper, nor for who copies the words out.
    """
    whole = "".join(pieces)
    places = [place for word in _ENDLESS.finditer(whole) for place in _places_to_break(whole, *word.span())]
    broken, position, next_place = [], 0, 0
    for piece in pieces:
        end = position + len(piece)
        cuts = [position]
        while next_place < len(places) and places[next_place] < end:
            cuts.append(places[next_place])
            next_place += 1
        broken.append(PLACE_TO_BREAK.join(whole[a:b] for a, b in pairwise([*cuts, end])))
        position = end
    return broken


def _places_to_break(text: str, start: int, end: int) -> Iterator[int]:
    for position in range(start + _BREAK_EVERY, end, _BREAK_EVERY):
        before, after = text[position - 1], text[position]
        is_joined = before in JOINERS or after in JOINERS or unicodedata.category(after).startswith("M")
        if not is_joined and not unicodedata.name(before, "").startswith(JOINING_SCRIPTS):
            yield position


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> int:
    """Where the block that begins at `start` ends: at a space if there is one, else inside the word."""
    if end - start <= LONGEST_WORD:
        return end
    limit = min(start + LONGEST_BLOCK, end)
    if limit == end and _longest_word(text, start, end) <= LONGEST_WORD:
        return end
    position = start
    while position < limit:
        space = _SPACE.search(text, position, limit)
        word_end = space.start() if space else limit
        if word_end - position > LONGEST_WORD:
            return position if position > start else _between_letters(text, start + LONGEST_WORD, end)
        if space is None:
            return position if position > start else _between_letters(text, limit, end)
        position = space.end()
    return limit


def _longest_word(text: str, start: int, end: int) -> int:
    return max(map(len, text[start:end].split()), default=0)


def _between_letters(text: str, position: int, end: int) -> int:
    """The next place where a mark is not torn from its letter."""
    while position < end and (unicodedata.combining(text[position]) or text[position] in JOINERS):
        position += 1
    return position
