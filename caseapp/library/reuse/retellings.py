"""Paragraphs that tell the same in words of their own or in another language, by figures, names and dates. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import log2

from caseapp.library.reuse.alignment import Passage, Text, shared_passages
from caseapp.library.reuse.facts import common_facts
from caseapp.library.reuse.signs import NAME, Sign, by_unit, signs_of

FEWEST = 2
"""So many signs must stand in both paragraphs."""
FULL_NAMES = 3
SHARE = 0.5
"""So much of what the poorer paragraph has."""
LENGTHS = 2.2
"""A translation may be longer than what it translates, but not more often than this."""

_Key = tuple[str, str]


def passages_by_signs(one: Text, other: Text) -> tuple[Passage, ...]:
    """In the order of the first text; no two overlap in either. The same whichever text comes first."""
    signs_one, signs_other = signs_of(one), signs_of(other)
    mine, theirs = by_unit(one, signs_one), by_unit(other, signs_other)
    weights = _weights([*mine, *theirs])
    says_enough = _says_much if common_facts(one, other, signs_one, signs_other).are_of_one_report else _is_of_a_report
    likely = _likely(one, other, mine, theirs, weights, says_enough)
    pairs = sorted(likely, key=lambda pair: (-pair[0], pair[1] + pair[2], pair[1:]))
    used_one: set[int] = set()
    used_other: set[int] = set()
    passages = []
    for _score, unit, peer, common in pairs:
        if unit not in used_one and peer not in used_other:
            used_one.add(unit)
            used_other.add(peer)
            passages.append(_passage(one, other, unit, peer, common))
    return tuple(sorted(passages))


def _weights(units: list[dict[_Key, Sign]]) -> dict[_Key, float]:
    counts = Counter(key for unit in units for key in unit)
    return {key: log2((len(units) + 2) / count) for key, count in counts.items()}


def _likely(
    one: Text,
    other: Text,
    mine: list[dict[_Key, Sign]],
    theirs: list[dict[_Key, Sign]],
    weights: dict[_Key, float],
    says_enough: Callable[[Iterable[_Key]], bool],
) -> Iterator[tuple[float, int, int, int]]:
    """(score, number of the paragraph, number of the other, how many signs both have)"""
    places: dict[_Key, list[int]] = defaultdict(list)
    for number, keys in enumerate(theirs):
        for key in keys:
            places[key].append(number)
    for number, keys in enumerate(mine):
        near = Counter(peer for key in keys for peer in places.get(key, ()))
        for peer, count in near.items():
            both = keys.keys() & theirs[peer].keys()
            if count >= FEWEST and _is_as_long(one.units[number], other.units[peer]) and says_enough(both):
                common = sum(weights[key] for key in both)
                poorer = min(sum(weights[key] for key in each) for each in (keys, theirs[peer]))
                if common >= SHARE * poorer:
                    yield common * common / poorer, number, peer, count


def _is_of_a_report(both: Iterable[_Key]) -> bool:
    """Names belong to a topic, however many; a figure or a day beside another, or beside a full name, to a report."""
    facts = sum(kind != NAME for kind, _value in both)
    return facts > 1 or (facts == 1 and any(" " in value for _kind, value in both))


def _says_much(both: Iterable[_Key]) -> bool:
    """Less is enough where most of one text's facts stand in the other."""
    return any(kind != NAME for kind, _value in both) or sum(" " in value for _kind, value in both) >= FULL_NAMES


def _is_as_long(unit: tuple[int, int], peer: tuple[int, int]) -> bool:
    here, there = unit[1] - unit[0], peer[1] - peer[0]
    return max(here, there) <= LENGTHS * min(here, there)


def _passage(one: Text, other: Text, unit: int, peer: int, common: int) -> Passage:
    (first, last), (start, end) = one.units[unit], other.units[peer]
    return Passage(
        one.words.spans[first][0],
        one.words.spans[last - 1][1],
        other.words.spans[start][0],
        other.words.spans[end - 1][1],
        common,
        is_verbatim=False,
    )


def all_passages(one: Text, other: Text) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Those found by their words, and of the rest those found by figures, names and dates. No two overlap."""
    by_words = shared_passages(one, other)
    by_signs = (
        passage for passage in passages_by_signs(one, other) if not any(_overlap(passage, each) for each in by_words)
    )
    return by_words, tuple(by_signs)


def _overlap(one: Passage, other: Passage) -> bool:
    return (one.one_start < other.one_end and other.one_start < one.one_end) or (
        one.other_start < other.other_end and other.other_start < one.other_end
    )
