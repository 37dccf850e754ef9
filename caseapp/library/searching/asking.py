"""What a person typed into the search box: words, "phrases", -not, word*, and fields such as theme: or before:.

Nothing that can be typed is an error. What is not understood is looked for as plain words, and a notice says so.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from caseapp.library.searching.words import STEMMED, fold, forms_of, in_ascii, indexed_form

LONGEST = 1000
MOST_TERMS = 25
MOST_WORDS = 25  # of one phrase

# As people type them, in English and in Spanish, without accents.
FIELDS = {
    "theme": ("theme", "tema"),
    "country": ("country", "pais"),
    "publisher": ("publisher", "editor", "editorial", "medio"),
    "before": ("before", "antes", "hasta"),
    "after": ("after", "since", "despues", "desde"),
    "adverse": ("adverse", "adverso", "adversa", "contra"),
    "kind": ("kind", "tipo", "clase"),
    "language": ("language", "idioma", "lengua"),
    "state": ("state", "estado"),
    "origin": ("origin", "origen"),
    "reading": ("reading", "lectura"),
}
_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}

_OPENING, _CLOSING = '"“”„«»', '"“”„«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=\S))?"
    rf"(?:(?P<name>[^\W\d_]+):)?"
    rf"(?:[{_OPENING}](?P<quoted>[^{_CLOSING}]*)[{_CLOSING}]?(?P<star>\*)?|(?P<bare>[^\s{_OPENING}]+))?"
)
_NUMBER = re.compile(r"\d{1,3}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Reading(NamedTuple):
    """Forms of the index that stand one behind the other; with `is_prefix` the last one is the beginning of a word."""

    forms: tuple[str, ...]
    is_prefix: bool


@dataclass(frozen=True)
class Term:
    """Words that must stand one behind the other, or, excluded, must not."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """How the words may stand in the index: as they are, or with the endings off of one of the languages."""
        as_typed = Reading(tuple(map(in_ascii, self.words)), self.is_prefix)
        stems = (tuple(indexed_form(word, language) for word in self.words) for language in STEMMED)
        return tuple(dict.fromkeys([as_typed, *(Reading(forms, False) for forms in stems)]))


@dataclass(frozen=True)
class Narrowing:
    """A field with its value, and where both stand in what was typed."""

    field: str
    value: str
    is_excluded: bool
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """`text` is what was typed, as far as it was read."""

    text: str
    terms: tuple[Term, ...]
    narrowings: tuple[Narrowing, ...]
    notices: tuple[str, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    @property
    def side_by_side(self) -> Term | None:
        """All that is wanted, one behind the other as it was typed; None where there is but one term."""
        words = tuple(word for term in self.wanted for word in term.words)
        return Term(words, is_prefix=self.wanted[-1].is_prefix) if len(self.wanted) > 1 else None

    def without(self, narrowing: Narrowing) -> str:
        """What was typed, but for this field."""
        return " ".join((self.text[: narrowing.start] + self.text[narrowing.end :]).split())


def read_question(typed: str) -> Question:
    text = " ".join(_UNSTORABLE.sub(" ", typed[: LONGEST + 1]).split())
    notices = []
    if len(typed) > LONGEST:
        text = text[:LONGEST]
        notices.append(_("Only the first %(n)s characters were looked for.") % {"n": f"{LONGEST:,}"})
    terms: list[Term] = []
    narrowings: list[Narrowing] = []
    for piece in _PIECE.finditer(text):
        field = _field_of(piece)
        if field:
            narrowings.append(_narrowing(piece, field))
            continue
        if piece["name"] and not (piece["bare"] or "").startswith("//"):
            notices.append(_("“%(name)s:” is no field; it was looked for as a plain word.") % {"name": piece["name"]})
        if len(forms_of(piece["quoted"] or "")) > MOST_WORDS:
            notices.append(_("Of a phrase, only the first %(n)d words were looked for.") % {"n": MOST_WORDS})
        terms.extend(_terms(piece))
    terms = _numbered_names_joined(terms)
    if len(terms) > MOST_TERMS:
        notices.append(_("Only the first %(n)d words were looked for.") % {"n": MOST_TERMS})
    return Question(text, tuple(dict.fromkeys(terms[:MOST_TERMS])), tuple(narrowings), tuple(dict.fromkeys(notices)))


def _field_of(piece: re.Match[str]) -> str | None:
    return _FIELD_OF.get(fold(piece["name"])) if piece["name"] else None


def _narrowing(piece: re.Match[str], field: str) -> Narrowing:
    value = piece["quoted"] if piece["quoted"] is not None else piece["bare"] or ""
    return Narrowing(field, value.strip(), bool(piece["minus"]), piece.start(), piece.end())


def _terms(piece: re.Match[str]) -> list[Term]:
    is_excluded = bool(piece["minus"])
    written = [piece["name"] or "", piece["quoted"] if piece["quoted"] is not None else piece["bare"] or ""]
    is_prefix = bool(piece["star"]) or written[1].endswith("*")
    read = [(forms_of(words)[:MOST_WORDS], is_prefix and number == 1) for number, words in enumerate(written)]
    return [Term(words, starred, is_excluded) for words, starred in read if words]


def _numbered_names_joined(terms: list[Term]) -> list[Term]:
    """“MS 13” is the name that MS-13 and MS13 are: a few letters and a short number belong together."""
    joined: list[Term] = []
    for term in terms:
        before = joined[-1] if joined else None
        if before and _is_short_name(before) and _is_short_number(term):
            joined[-1] = Term((*before.words, *term.words), term.is_prefix, before.is_excluded)
        else:
            joined.append(term)
    return joined


def _is_short_name(term: Term) -> bool:
    return len(term.words) == 1 and term.words[0].isalpha() and len(term.words[0]) <= 3 and not term.is_prefix


def _is_short_number(term: Term) -> bool:
    return len(term.words) == 1 and bool(_NUMBER.fullmatch(term.words[0])) and not term.is_excluded
