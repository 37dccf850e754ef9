"""Pure: a declaration, pasted or read from a file, cut into assertions that a person can choose from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 1000
# ¶ 12, 12., 12), (12), § 12 in front of a paragraph are where it stands, and no words of it.
_NUMBER = re.compile(r"^(?:¶|§|para(?:graph)?\.?)\s*(\d{1,4})[.):]?\s+|^\(?(\d{1,4})[.)]\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[”’\"')\]]*\s+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
# What ends with a point and ends no sentence: initials, titles, numbers of things, times of day.
_SHORTENED = re.compile(
    r"\b(?:[A-Z]|Mrs?|Ms|Drs?|Dra|Sra?|Srta|Sres|Lic|Ing|Prof|Gral|Gen|Cnel|Col|Capt?|Cap|Tte|Lt|Sgt|Insp|Sto?|Sta|"
    r"No|Nos|Núm|Art|Av|Avda|Col|vs|approx|aprox|a\.m|p\.m|U\.S|EE\.\s?UU)\.$",
)


@dataclass(frozen=True)
class Piece:
    """`paragraph` is "¶ 12", or "" where the paragraph has no number."""

    text: str
    paragraph: str = ""


def pieces_of(declaration: str, *, each_sentence: bool = False) -> list[Piece]:
    """Each paragraph, or each line where no empty line divides them; what is too long for one is cut at sentences.

    With `each_sentence`, each of their sentences.
    """
    text = declaration.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    is_divided = _PARAGRAPHS.search(text.strip()) is not None
    blocks = _PARAGRAPHS.split(text) if is_divided else text.split("\n")
    return [piece for block in blocks for piece in _pieces(" ".join(block.split()), each_sentence)]


def sentences_of(words: str) -> list[str]:
    return list(_sentences(" ".join(words.split())))


def left_out(declaration: str, said: Iterable[str]) -> list[Piece]:
    """The sentences of the declaration that stand in none of these texts, whatever their spaces and points."""
    pieces = pieces_of(declaration, each_sentence=True)
    return [piece for piece, is_held in zip(pieces, are_held(pieces, said), strict=True) if not is_held]


def are_held(pieces: Iterable[Piece], said: Iterable[str]) -> list[bool]:
    """Of each piece, whether every sentence of it stands in one of these texts."""
    held = "\n".join(map(letters_of, said))
    return [all(letters_of(sentence) in held for sentence in _sentences(piece.text)) for piece in pieces]


def letters_of(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()


def _pieces(words: str, each_sentence: bool) -> Iterator[Piece]:
    number = _NUMBER.match(words)
    paragraph = f"¶ {number[1] or number[2]}" if number else ""
    rest = words[number.end() :] if number else words
    for part in _each(rest) if each_sentence else _parts(rest):
        yield Piece(part, paragraph)


def _each(words: str) -> Iterator[str]:
    for sentence in _sentences(words):
        yield from _cut(sentence)


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
    yield from _each(words)


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
        sentence = words[start : end.end()].strip()
        if not _SHORTENED.search(sentence):
            yield sentence
            start = end.end()
    if rest := words[start:].strip():
        yield rest
