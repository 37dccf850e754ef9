"""Pure: reports that come out again and again under one name, each time for another year, and which one is newer."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from caseapp.library.searching.words import fold

LONGEST = 200
_YEARS = re.compile(r"\b(?P<first>(?:19|20)\d{2})(?:\s?[/–-]\s?(?P<last>(?:19|20)?\d{2}))?\b")
_IS_SERIAL = re.compile(
    r"\b(?:reports?|review|survey|yearbook|index|profile|guidelines|assessment|overview|informes?|memoria|anuario|"
    r"balance|indice|encuesta|perfil|rapport|annuaire|bericht|jahresbericht)\b"
)
_AT_THE_ENDS = " \t:;,.()[]|–—-"
_LOOSE_ENDS = re.compile(r"\b(?:for|of|in|on|de|del|para|sobre|en|pour|the|el|la)$", re.IGNORECASE)


class Edition(NamedTuple):
    """One issue of a serial report: its name, and the year that it is for."""

    series: str
    edition: str


def edition_in(title: str, *, country_names: Iterable[str] = ()) -> Edition | None:
    """What a title says of itself, such as “2024 Country Report on Human Rights Practices: Exampleland”.

    The name of the country is no part of the report's: the same report is written of each. A guess, for a person to
    confirm; None where a title does not look like one of a series.
    """
    years = list(_YEARS.finditer(title))
    if len(years) != 1 or not _IS_SERIAL.search(fold(title)):
        return None
    (year,) = years
    name = _without_loose_ends(f"{_without_loose_ends(title[: year.start()])} {title[year.end() :].strip()}")
    for country in sorted(filter(None, country_names), key=len, reverse=True):
        name = _without_loose_ends(re.sub(rf"(?i)(?:^|[\s:,(–-]+){re.escape(country)}(?=$|[\s:,)–-])", " ", name))
    if len(name.split()) < 2 or len(name) > LONGEST or any(letter.isdigit() for letter in name):
        return None
    return Edition(name, _last_year(year))


def is_newer(edition: str, published_on: str, *, than: str, than_published_on: str) -> bool:
    """By the year it is for; where that is not known of both, by when it was published."""
    if edition and than:
        return edition > than
    return bool(published_on and than_published_on) and published_on > than_published_on


def _without_loose_ends(words: str) -> str:
    before = None
    words = " ".join(words.split())
    while before != words:
        before, words = words, _LOOSE_ENDS.sub("", words.strip(_AT_THE_ENDS)).strip(_AT_THE_ENDS)
    return words


def _last_year(years: re.Match[str]) -> str:
    first, last = years["first"], years["last"] or ""
    year = last if len(last) == 4 else first[:2] + last if last else first
    return year if year >= first else first
