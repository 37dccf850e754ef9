"""The words of a text as they compare across writings: without accents and capitals, with one spelling for two. Pure.

Words keep where they stand, in code points, so that what is found among them can be shown in the text itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Figures with their separators, initials ("U.S."), and words with what an apostrophe joins to them.
_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_](?:\.[^\W\d_])+\b\.?|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’][^\W\d_]+)*"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
# Two spellings of one word become one. What else they join, they join in both texts.
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=.)our", "or"),
        (r"isation", "ization"),
        (r"is(e|ed|es|er|ers|ing)$", r"iz\1"),
        (r"yse(d|s|r|)$", r"yze\1"),
        (r"ll(ed|er|ers|ing)$", r"l\1"),
        (r"(?<=[tb])re(s?)$", r"er\1"),
        (r"[ao]e", "e"),
        (r"ence$", "ense"),
        (r"mmes?$", "m"),
        (r"^grey", "gray"),
    )
)
# One name for what has two, and figures for small numbers in words.
_SHORT = {
    ("united", "states"): "us",
    ("estados", "unidos"): "us",
    ("united", "nations"): "un",
    ("naciones", "unidas"): "un",
    ("united", "kingdom"): "uk",
    ("european", "union"): "eu",
    ("per", "cent"): "percent",
}
_FIRST_OF_SHORT = {first for first, _second in _SHORT}
_NUMBERS = (
    ("three", "tres"),
    ("four", "cuatro"),
    ("five", "cinco"),
    ("six", "seis"),
    ("seven", "siete"),
    ("eight", "ocho"),
    ("nine", "nueve"),
    ("ten", "diez"),
    ("eleven",),
    ("twelve", "doce"),
)
_FIGURE_OF = {word: str(figure) for figure, words in enumerate(_NUMBERS, start=3) for word in words}
_LINE = re.compile(r"[^\n]+")
_ENDS = tuple(".!?…:;\"'”’»)")


@dataclass(frozen=True)
class Words:
    """`forms` are what is compared; `spans` say where each stands, half-open."""

    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(start for start, _end in self.spans)


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """Those between `start` and `end`, at the places where they stand in the whole text."""
    matches = list(_WORD.finditer(text, start, len(text) if end is None else end))
    forms = [folded(match.group()) for match in matches]
    spans = [match.span() for match in matches]
    for at in [at for at, form in enumerate(forms) if form in _FIRST_OF_SHORT][::-1]:
        short = _SHORT.get((forms[at], "".join(forms[at + 1 : at + 2])))
        if short:
            forms[at : at + 2], spans[at : at + 2] = [short], [(spans[at][0], spans[at + 1][1])]
    return Words(tuple(forms), tuple(spans))


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    if word[0].isdigit():
        return _figure(word)
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’]s?$|[.'’]", "", re.sub(r"['’]s$", "", plain))
    if len(plain) > 4:
        for pattern, instead in _SPELLINGS:
            plain = pattern.sub(instead, plain)
    return _FIGURE_OF.get(plain, plain)


def _figure(written: str) -> str:
    """1,234 and 1.234 are 1234; 60.8 and 60,8 are 60.8."""
    if _THOUSANDS.fullmatch(written):
        return re.sub(r"[.,]", "", written)
    head, mark, tail = written.rpartition("." if "." in written else ",")
    return re.sub(r"[.,]", "", head) + "." + tail if mark else written


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Lines with words in them. A line that breaks off inside a sentence goes on in the next."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        line = match.group().strip()
        if not line:
            continue
        goes_on = found and line[0].islower() and not text[: found[-1][1]].rstrip().endswith(_ENDS)
        if goes_on and text.count("\n", found[-1][1], match.start()) == 1:
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found
