"""How words are compared when a page is read back: what typesetting may change is set aside, and nothing else. Pure.

White space comes and goes at line ends; readers give a mark of their own for the hyphen at a line end, spell
ligatures and presentation forms out, and drop characters that only join letters or give direction. Everything else
must agree, letter for letter.

Two kinds of writing cannot be given back so by any reader, because a PDF stores shapes in the order of the eye:

- Where right-to-left words stand among numbers, brackets or left-to-right words, the order of the words is guessed.
- Where a script draws several letters as one shape, or one letter as several (the Indic scripts, vowelled Arabic …),
  single letters are guessed.

There a quotation stands on a page if each of its plain words does, and enough of its letter triples. The published
manifest says which quotations were compared `by-words`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_DROPPED = re.compile("[\\s\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u0640]+")
# What PDFium gives for a hyphen that ends a line. Our pages break words at their own hyphens only.
_LINE_END_HYPHENS = str.maketrans("\ufffe\u0002", "--")
_SHAPED = re.compile(
    "[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1a20-\u1aaf"
    "\u0315\u0316\u0344\u035c-\u0362\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f\ufe20-\ufe2f"
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0730-\u07ff\U0001e900-\U0001e95f"
    "\U00010d00-\U00010d3f]"
)
_RIGHT_TO_LEFT = re.compile("[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_WORD = re.compile(r"\w+")
# Letters that share one shape in our fonts; the reader gives back whichever was used first.
_TWINS = str.maketrans("یىکۀە۰۱۲۳۴۵۶۷۸۹", "ييكةه٠١٢٣٤٥٦٧٨٩")
_LEAST_LIKENESS = 0.3


def folded(text: str) -> str:
    letters = _DROPPED.sub("", text.translate(_LINE_END_HYPHENS))
    return _DROPPED.sub("", unicodedata.normalize("NFKC", letters)).translate(_TWINS)


def reads_back_exactly(text: str) -> bool:
    """Whether every reader gives back these letters in this order."""
    return not has_shaped(text) and not reads_right_to_left(text)


def has_shaped(text: str) -> bool:
    """Whether some of it is drawn so that single letters are guessed."""
    return bool(_SHAPED.search(text))


def reads_right_to_left(text: str) -> bool:
    """Whether some of it runs so, and the order of the words is guessed."""
    return bool(_RIGHT_TO_LEFT.search(text))


def stands(quote: str, pages: Sequence[str]) -> bool:
    """Whether the quotation stands on these pages: begins on the first and ends on the last, as far as can be read."""
    if stands_from_to(quote, pages):
        return True
    return not reads_back_exactly(quote) and _stands_by_words(quote, "".join(pages))


def stands_from_to(quote: str, pages: Sequence[str]) -> bool:
    wanted, texts = folded(quote), [folded(page) for page in pages]
    whole = "".join(texts)
    last_starts = len(whole) - len(texts[-1])
    position = whole.find(wanted)
    while position >= 0:
        if position < len(texts[0]) and position + len(wanted) > last_starts:
            return True
        position = whole.find(wanted, position + 1)
    return False


def likeness(quote: str, page: str) -> float:
    """The share of the quotation's letter triples that the page holds, read either way, marks set aside."""
    wanted, there = set(_triples(quote)), set(_triples(page))
    there |= {triple[::-1] for triple in there}
    return len(wanted & there) / len(wanted) if wanted else 1.0


def _stands_by_words(quote: str, page: str) -> bool:
    there = folded(page)
    return likeness(quote, page) >= _LEAST_LIKENESS and all(word in there for word in _plain_words(quote))


def _plain_words(quote: str) -> Iterator[str]:
    for word in quote.split():
        if not _SHAPED.search(word):
            yield from _WORD.findall(folded(word))


def _triples(text: str) -> Iterator[str]:
    letters = "".join(letter for letter in folded(text) if unicodedata.category(letter)[0] in "LN")
    yield from (letters[start : start + 3] for start in range(max(1, len(letters) - 2)) if letters)
