"""From words as they are written to the forms under which they are found.

*Gangs*, *GANG* and *gang* have one form, *Díaz* and *Diaz* too, and *MS-13*, *MS 13* and *MS13* the same two. Accents
go before the endings do: stemming first would part "policia" from "policía". Every form is plain ASCII, so that no
database has an opinion of its own about what a letter is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import snowballstemmer

from caseapp.intake.letters import INVISIBLE

STEMMED = {"en": "english", "es": "spanish", "fr": "french"}
LONGEST_FORM = 60
# Between parts that are indexed together: no word has this form, so that no phrase reaches across.
GAP = "x00x"

_JOINERS = "\u200c\u200d"
# Signs and marks of all scripts lie in this range of Unicode 14, the version of Python 3.11.
_ATTACHED = "".join(chr(code) for code in range(0x0300, 0x1E950) if unicodedata.category(chr(code))[0] == "M")
_SIGNS = "".join(sign for sign in _ATTACHED if not unicodedata.combining(sign))
# Written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese. Each letter is found as a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"\d+|[{_UNSPACED}]|(?:[^\W\d_{_UNSPACED}]++[{_ATTACHED}{INVISIBLE}{_JOINERS}]*+)++")
_WORD_OF_ASCII = re.compile(r"[0-9]+|[A-Za-z]+")  # the same, in a tenth of the time
_FORM = re.compile(rf"\d+|[{_UNSPACED}]|(?:[^\W\d_{_UNSPACED}]|[{_SIGNS}])+")
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_DIGITS_OF_36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class Word(NamedTuple):
    """A word in a text at [start, end), and the form it is found under, before its ending is taken off."""

    start: int
    end: int
    form: str


def words_of(text: str) -> Iterator[Word]:
    return words_in(written_in(text))


def written_in(text: str) -> Iterator[re.Match[str]]:
    """The words as they are written."""
    return _word_in(text).finditer(text)


def words_in(written: Iterable[re.Match[str]]) -> Iterator[Word]:
    """With their forms: what is written as one word may have several."""
    return (Word(match.start(), match.end(), form) for match in written for form in forms_written(match.group()))


def _word_in(text: str) -> re.Pattern[str]:
    return _WORD_OF_ASCII if text.isascii() else _WORD


def forms_of(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words_of(text))


@lru_cache(maxsize=100_000)
def indexed_form(form: str, language: str) -> str:
    """The form without its ending, in letters of ASCII. Only three languages have their endings taken off."""
    name = STEMMED.get(language)
    # A stemmer remembers what it is at, so that two threads cannot share one; making it costs next to nothing.
    stem = snowballstemmer.stemmer(name).stemWord(form) if name and form.isascii() and form.isalpha() else form
    return in_ascii(stem or form)


def in_ascii(form: str) -> str:
    """Other scripts letter by letter, so that the beginning of a word stays its beginning."""
    return form if form.isascii() else "x0" + "".join(map(_code, form))


def indexed(parts: Iterable[tuple[str, str]]) -> str:
    """What an index holds of texts that belong together, each given with its language; the same held once."""
    held = (
        " ".join(filter(None, map(_indexed_word, _word_in(text).findall(text), repeat(language))))
        for text, language in parts
    )
    return f" {GAP} ".join(dict.fromkeys(filter(None, held)))


@lru_cache(maxsize=200_000)
def _indexed_word(word: str, language: str) -> str:
    return " ".join(indexed_form(form, language) for form in forms_written(word))


def base_language(code: str) -> str:
    """es-419 → es"""
    return code.split("-")[0].lower()


def fold(text: str) -> str:
    """In small letters without accents: what is the same for everybody who types it."""
    bare = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return "".join(bare).translate(_PLAIN_LETTERS).casefold()


@lru_cache(maxsize=100_000)
def forms_written(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower()[:LONGEST_FORM],)
    return tuple(map(_tidied, _FORM.findall(_WITHOUT_INVISIBLE.sub("", fold(word)))))


_WITHOUT_INVISIBLE = re.compile(f"[{INVISIBLE}{_JOINERS}]")


def _tidied(form: str) -> str:
    digits = "".join(str(unicodedata.digit(letter)) for letter in form) if form.isdigit() else form
    return digits[:LONGEST_FORM]


def _code(letter: str) -> str:
    number, digits = ord(letter), ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        digits = _DIGITS_OF_36[digit] + digits
    return digits
