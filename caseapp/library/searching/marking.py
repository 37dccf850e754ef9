"""Where the words that were looked for stand in a text, and a passage around them with the words marked."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from caseapp.library.searching.asking import Reading, Term
from caseapp.library.searching.words import Word, forms_written, indexed_form, words_in, written_in
from caseapp.library.texts.page_text import plain_html

PASSAGE = 320  # characters shown of a longer text
_BEFORE = 80  # of them at most before the first word


class Span(NamedTuple):
    start: int
    end: int


def found_in(text: str, languages: Iterable[str], terms: Iterable[Term]) -> list[Span]:
    """The places of the terms, in order, those that touch made one."""
    readings = tuple(reading for term in terms if not term.is_excluded for reading in term.readings)
    if not readings:
        return []
    known = tuple(dict.fromkeys(["", *languages]))
    longest = max(len(reading.forms) for reading in readings)
    written = list(written_in(text))
    # Most words of a text are none of those.
    begins = _beginnings(readings, known)
    places = [at for at, match in enumerate(written) if begins[match.group()]]
    return _merged(span for at in places for span in _spans_from(written, at, longest, readings, known))


def marked_html(text: str, spans: Iterable[Span], *, most: int = PASSAGE) -> SafeString:
    """A passage of the text with the spans marked: all of it, or as much as shows the most of them."""
    spans = list(spans)
    start, end = _window(text, spans, most)
    shown = ["… " if start else ""]
    place = start
    for span in spans:
        if span.start < start or span.end > end:
            continue
        shown += plain_html(text[place : span.start]), "<mark>", plain_html(text[span.start : span.end]), "</mark>"
        place = span.end
    shown += plain_html(text[place:end]), (" …" if end < len(text) else "")
    return mark_safe("".join(shown))  # noqa: S308 (plain_html escaped what stands in the text)


@lru_cache(maxsize=50_000)
def _forms_in(form: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(indexed_form(form, language) for language in languages)


class _Beginnings(dict[str, bool]):
    """By word as it is written: whether one of the readings begins in it. Texts of one page share most of them."""

    def __init__(self, readings: tuple[Reading, ...], languages: tuple[str, ...]) -> None:
        super().__init__()
        self._readings, self._languages = readings, languages

    def __missing__(self, written: str) -> bool:
        forms = [_forms_in(form, self._languages) for form in forms_written(written)]
        self[written] = any(_is_here(some, reading, 0) for some in forms for reading in self._readings)
        return self[written]


@lru_cache(maxsize=16)
def _beginnings(readings: tuple[Reading, ...], languages: tuple[str, ...]) -> _Beginnings:
    return _Beginnings(readings, languages)


def _spans_from(
    written: list[re.Match[str]], at: int, longest: int, readings: tuple[Reading, ...], known: tuple[str, ...]
) -> Iterator[Span]:
    """Of the readings that begin in the word there."""
    beginnings = len(forms_written(written[at].group()))
    words = list(islice(words_in(islice(written, at, None)), beginnings + longest - 1))
    return (
        _span(words, first, reading)
        for first in range(beginnings)
        for reading in readings
        if _fits(words, first, reading, known)
    )


def _fits(words: list[Word], at: int, reading: Reading, known: tuple[str, ...]) -> bool:
    if at + len(reading.forms) > len(words):
        return False
    steps = range(len(reading.forms))
    return all(_is_here(_forms_in(words[at + step].form, known), reading, step) for step in steps)


def _is_here(forms: Collection[str], reading: Reading, step: int) -> bool:
    form = reading.forms[step]
    if form in forms:
        return True
    is_beginning = reading.is_prefix and step == len(reading.forms) - 1
    return is_beginning and any(other.startswith(form) for other in forms)


def _span(words: list[Word], at: int, reading: Reading) -> Span:
    return Span(words[at].start, words[at + len(reading.forms) - 1].end)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _window(text: str, spans: list[Span], most: int) -> Span:
    if len(text) <= most:
        return Span(0, len(text))
    shown = max(spans, key=lambda first: _shown(spans, first, most), default=Span(0, 0))
    start = _at_word(text, max(0, min(shown.start - _BEFORE, len(text) - most)), shown.start)
    end = start + most
    if end >= len(text):
        return Span(start, len(text))
    last_gap = text.rfind(" ", start, end)
    return Span(start, last_gap if last_gap > max(start, shown.end) else max(end, shown.end))


def _shown(spans: list[Span], first: Span, most: int) -> int:
    return sum(1 for span in spans if first.start <= span.start and span.end <= first.start + most - _BEFORE)


def _at_word(text: str, start: int, before: int) -> int:
    """The first beginning of a word from `start` on, not behind `before`."""
    if start == 0:
        return 0
    gap = text.find(" ", start - 1, before)
    return gap + 1 if gap >= 0 else start
