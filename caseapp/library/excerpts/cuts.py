"""Whether a quotation begins or ends within a sentence, and whether the source itself left words out of it. Pure.

A sentence ends at a full stop, a question or exclamation mark or an ellipsis, with the quotation marks and brackets
that close behind it, or at the end of its line. The number of a paragraph, of a point or of a footnote belongs to no
sentence. A full stop after an initial or an abbreviation (English or Spanish)
ends none; after one that can stand last, such as “p.m.” or “Inc.”, it does where a capital letter follows.
"""

import re
from dataclasses import dataclass

_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«([¿¡—–-•*"
_STOPS = ".!?…。؟۔"

# Stand before a name.
_NEVER_LAST = frozenset(
    """
    mr mrs ms dr prof rev hon sgt lt col gen capt cpl pvt maj cmdr adm gov sen rep pres supt insp atty vs cf approx
    sr sra srta sres dra dres profa licda ing arq gral cnel aprox avda
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
# Stand before a number; elsewhere they are words, as in “He said no.”
_BEFORE_NUMBERS = frozenset(
    """
    no nos art arts sec secs para paras p pp vol vols ch fig figs v
    núm num nro inc párr párrs pág págs cap caps
    """.split()  # noqa: SIM905
)
# May also stand last.
_MAY_BE_LAST = frozenset(
    """
    jr inc ltd co corp etc jan feb mar apr jun jul aug sept sep oct nov dec
    st ed eds dept est ext lic ca av depto ene abr ago set dic cía ltda
    """.split()  # noqa: SIM905
)
# "2.1", "[14]", "(a)" or "iv." before a sentence, and "12" or "[4]" behind one.
_AFTER_A_SENTENCE = r"""(?:^|[.!?…]["”’»)\]]*\s+)"""
_LABEL = re.compile(rf"{_AFTER_A_SENTENCE}([(\[]?(?:\d+(?:\.\d+)*|[a-z]|[ivxlc]{{1,7}})[.)\]:])$")
_NUMBER = re.compile(rf"""(?:{_AFTER_A_SENTENCE}|[^\d\s][.!?…]["”’»)\]]*)(\d+(?:\.\d+)*)$""")
_FOOTNOTE = re.compile(r"^\[?\d{1,3}\]?(?=\s|$)")
_LAST_WORD = re.compile(r"(?:^|[\s(\[“\"«‘'])([^\s(\[“\"«‘']+)$")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]{1,2}")
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.")


@dataclass(frozen=True)
class Cut:
    begins_mid_sentence: bool
    ends_mid_sentence: bool
    has_ellipsis: bool

    def __bool__(self) -> bool:
        return self.begins_mid_sentence or self.ends_mid_sentence or self.has_ellipsis


UNCUT = Cut(begins_mid_sentence=False, ends_mid_sentence=False, has_ellipsis=False)


def cut_of(before: str, quote: str, after: str) -> Cut:
    """`before` and `after` are the text around the quote, as much as is kept of it; "" at the edge of the text."""
    return Cut(
        begins_mid_sentence=_continues(before.rsplit("\n", 1)[-1], quote),
        ends_mid_sentence=_goes_on(quote, after.split("\n", 1)[0]),
        has_ellipsis=bool(_ELLIPSIS.search(quote)),
    )


def _continues(line: str, quote: str) -> bool:
    """Whether the sentence that the quote begins with began before it, in the same line."""
    words = line.rstrip().rstrip(_OPENING).rstrip()
    label = _LABEL.search(words) or (_NUMBER.search(words) if _begins_with_capital(quote) else None)
    if label is not None:
        words, quote = words[: label.start(1)].rstrip(), label[1]
    return bool(words) and not _ends_sentence(words, quote)


def _goes_on(quote: str, line: str) -> bool:
    """Whether the sentence that the quote ends with goes on behind it. A full stop left off is no word left out."""
    rest = line.lstrip(_CLOSING + _STOPS)
    is_stop_left_off = any(letter in _STOPS for letter in line[: len(line) - len(rest)])
    if is_stop_left_off and not quote.rstrip()[-1:].isdigit():
        rest = _FOOTNOTE.sub("", rest, count=1)
    if not rest.strip():
        return False
    if rest[0].isspace() and is_stop_left_off:
        return False
    return not _ends_sentence(quote.rstrip(), rest)


def _ends_sentence(words: str, following: str) -> bool:
    bare = words.rstrip(_CLOSING)
    if not bare or bare[-1] not in _STOPS:
        return False
    if bare[-1] != "." or bare.endswith(".."):
        return True
    return not _is_abbreviation(bare[:-1], following)


def _is_abbreviation(words: str, following: str) -> bool:
    found = _LAST_WORD.search(words)
    if found is None:
        return False
    word = found.group(1)
    if word.casefold() in _NEVER_LAST or _is_initial_of_name(word):
        return True
    if word.casefold() in _BEFORE_NUMBERS and following.strip()[:1].isdigit():
        return True
    if word.casefold() in _MAY_BE_LAST or _INITIALS.fullmatch(word):
        return not _begins_with_capital(following)
    return False


def _is_initial_of_name(word: str) -> bool:
    """One capital letter, as in J. Smith; “U.S.” and “EE.UU.” may end a sentence."""
    return len(word) == 1 and word.isupper()


def _begins_with_capital(words: str) -> bool:
    return words.strip().lstrip(_OPENING).strip()[:1].isupper()
