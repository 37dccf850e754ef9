"""How words are compared when a page is read back: what typesetting may change is set aside, and nothing else. Pure.

White space comes and goes at line ends; readers give a mark of their own for a word broken at a line end, spell
ligatures and presentation forms out, and drop characters that only join letters or give direction. Everything else
must agree, letter for letter.

Some scripts draw several letters as one shape or one letter as several (the Indic scripts, vowelled Arabic …), and a
PDF stores shapes: no reader gives back their exact letters. There a quotation counts as found when most of its letter
triples stand on the page; the published manifest says which quotations were compared so.
"""

import re
import unicodedata

_DROPPED = re.compile("[\\s\u00ad\u200c\u200d\u200e\u200f\u061c\ufffe\u0002\u0640]+")
_SHAPED = re.compile(
    "[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf\u0780-\u07bf\u07c0-\u07ff"
    "\u0f71-\u0fbc\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0730-\u074a\u0591-\u05c7"
    "\u1100-\u11ff\U0001e900-\U0001e95f\U00010d00-\U00010d3f]"
)
# Letters that share one shape in our fonts; the reader gives back whichever was used first.
_TWINS = str.maketrans("یىکۀە۰۱۲۳۴۵۶۷۸۹", "ييكةه٠١٢٣٤٥٦٧٨٩")
# Words of alphabets that every reader gives back exactly, from left to right.
_PLAIN_WORD = re.compile("[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]{4,}")
_LEAST_LIKENESS = 0.4


def folded(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _DROPPED.sub("", text))).translate(_TWINS)


def is_shaped(text: str) -> bool:
    """Whether the text holds letters that no reader gives back exactly."""
    return bool(_SHAPED.search(text))


def likeness(quote: str, page: str) -> float:
    """The share of the quotation's letter triples that the page holds, marks set aside: 1.0 is all."""
    wanted, there = _triples(quote), _triples(page)
    return len(wanted & there) / len(wanted) if wanted else 1.0


def is_like(quote: str, page: str) -> bool:
    """Alike enough, with every plain word of the quotation in place."""
    there = folded(page)
    return likeness(quote, page) >= _LEAST_LIKENESS and all(word in there for word in _PLAIN_WORD.findall(folded(quote)))


def _triples(text: str) -> set[str]:
    letters = "".join(letter for letter in folded(text) if unicodedata.category(letter)[0] in "LN")
    return {letters[start : start + 3] for start in range(max(1, len(letters) - 2))} if letters else set()


def stands_from_to(quote: str, pages: list[str]) -> bool:
    """Whether the quotation begins on the first of these pages and ends on the last."""
    wanted, texts = folded(quote), [folded(page) for page in pages]
    whole = "".join(texts)
    last_starts = len(whole) - len(texts[-1])
    position = whole.find(wanted)
    while position >= 0:
        if position < len(texts[0]) and position + len(wanted) > last_starts:
            return True
        position = whole.find(wanted, position + 1)
    return False
