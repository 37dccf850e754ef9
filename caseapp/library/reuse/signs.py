"""Figures, names and dates of a text: what stays the same when it is told in other words or in another language."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from caseapp.library.reuse.alignment import Text
from caseapp.library.reuse.stopwords import STOPWORDS
from caseapp.library.reuse.words import folded

FIGURE, NAME, DATE = "figure", "name", "date"

_MONTHS = (
    ("january", "enero", "jan"),
    ("february", "febrero", "feb"),
    ("march", "marzo", "mar"),
    ("april", "abril", "apr"),
    ("may", "mayo"),
    ("june", "junio", "jun"),
    ("july", "julio", "jul"),
    ("august", "agosto", "aug"),
    ("september", "septiembre", "setiembre", "sept", "sep"),
    ("october", "octubre", "oct"),
    ("november", "noviembre", "nov"),
    ("december", "diciembre", "dec"),
)
_MONTH_OF = {folded(word): number for number, words in enumerate(_MONTHS, start=1) for word in words}
MONTHS = frozenset(_MONTH_OF)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo"
_NEVER_NAMES = frozenset(map(folded, _DAYS.split())) | _MONTH_OF.keys() | STOPWORDS
_TIMES = {"thousand": 10**3, "mil": 10**3, "million": 10**6, "millones": 10**6, "millon": 10**6, "billion": 10**9}
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS_SENTENCE = re.compile(r"[.!?…:;\n“\"«¿¡—–•]\s*[\"'“”‘’«(¿¡]*\s*$|^\s*[\"'“‘«(]*$")


@dataclass(frozen=True)
class Sign:
    """`word` is the number of its first word in the text. A rare one is worth an entry in the index."""

    kind: str
    value: str
    word: int
    is_rare: bool


def signs_of(text: Text) -> list[Sign]:
    dates = list(_dates(text.words.forms))
    in_dates = {place for sign in dates for place in _places(text.words.forms, sign.word)}
    figures = [sign for sign in _figures(text.words.forms) if sign.word not in in_dates]
    return sorted([*dates, *figures, *_names(text)], key=lambda sign: (sign.word, sign.kind, sign.value))


def _dates(forms: tuple[str, ...]) -> Iterator[Sign]:
    """4 March, March 4, 4 de marzo: the year may be said or not, so it does not count."""
    for at, form in enumerate(forms):
        month = _MONTH_OF.get(form)
        if not month:
            continue
        before = forms[at - 2] if at > 1 and forms[at - 1] == "de" else forms[at - 1] if at else ""
        after = forms[at + 1] if at + 1 < len(forms) else ""
        for day in (before, after):
            if day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= 31:
                yield Sign(DATE, f"{month:02}-{int(day):02}", at, is_rare=True)
                break


def _places(forms: tuple[str, ...], month: int) -> tuple[int, int]:
    """Where the day of a date may stand."""
    return (month - 2 if month and forms[month - 1] == "de" else month - 1, month + 1)


def _figures(forms: tuple[str, ...]) -> Iterator[Sign]:
    for at, form in enumerate(forms):
        if not form[0].isdigit() or _YEAR.fullmatch(form):
            continue
        times = _TIMES.get(forms[at + 1], 1) if at + 1 < len(forms) else 1
        value = form
        if times > 1 and form.replace(".", "", 1).isdecimal():
            value = f"{float(form) * times:.0f}"
        is_rare = (len(value.replace(".", "")) > 2 and not value.endswith("000")) or times > 1
        yield Sign(FIGURE, value, at, is_rare)


def _names(text: Text) -> Iterator[Sign]:
    """Capitalised words that are so inside sentences too, alone and with the one that follows."""
    capital = [_is_capital(text.text[start]) for start, _end in text.words.spans]
    shouted = _in_headlines(text, capital)
    inside = {
        form
        for at, form in enumerate(text.words.forms)
        if capital[at] and at not in shouted and not _begins_sentence(text, at)
    }
    small = Counter(form for at, form in enumerate(text.words.forms) if not capital[at])
    names = [
        at
        for at, form in enumerate(text.words.forms)
        if capital[at] and form in inside and len(form) > 2 and form not in _NEVER_NAMES and not small[form]
    ]
    for at in names:
        yield Sign(NAME, text.words.forms[at], at, is_rare=len(text.words.forms[at]) > 3)
    for at, after in pairwise(names):
        if after == at + 1 and text.text[text.words.spans[at][1] : text.words.spans[after][0]].isspace():
            yield Sign(NAME, f"{text.words.forms[at]} {text.words.forms[after]}", at, is_rare=True)


def _is_capital(letter: str) -> bool:
    return letter.isupper() or letter.istitle()


def _in_headlines(text: Text, capital: list[bool]) -> set[int]:
    """Words of lines in which nearly every word has a capital."""
    found: set[int] = set()
    for first, last in text.units:
        if sum(capital[first:last]) > 0.7 * (last - first):
            found.update(range(first, last))
    return found


def _begins_sentence(text: Text, at: int) -> bool:
    start = text.words.spans[at][0]
    before = text.text[text.words.spans[at - 1][1] if at else 0 : start]
    return not at or (bool(_ENDS_SENTENCE.search(before)) and bool(before.strip() or "\n" in before))


def by_unit(text: Text, signs: list[Sign]) -> list[dict[tuple[str, str], Sign]]:
    """Of each paragraph its signs, by what they are."""
    starts = [sign.word for sign in signs]
    found = []
    for first, last in text.units:
        inside = signs[bisect_left(starts, first) : bisect_left(starts, last)]
        found.append({(sign.kind, sign.value): sign for sign in inside})
    return found
