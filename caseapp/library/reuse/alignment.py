"""Which passages two texts share, and where each stands in both. Pure.

Runs of the same words are found first and joined across what was left out, put in or spelt otherwise. Then paragraphs
that tell the same in other words: by the words that are rare in both texts, for topics share the frequent ones.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from math import log2

from rapidfuzz import fuzz

from caseapp.library.reuse.stopwords import STOPWORDS
from caseapp.library.reuse.words import Words, paragraphs, words_of

SEED = 4
"""So many equal words in a row begin a passage."""
MOST_PLACES = 8
"""A run of words that stands in one text more often than this begins nothing: it is a formula."""
GAP = 12
"""So many words may be missing or added inside a passage."""
FEWEST_WORDS = 9
FEWEST_TELLING = 4
DENSEST = 0.5
"""So much of a passage's longer side must be the same words."""
WHOLE = 0.7
RETOLD = 73.5
"""rapidfuzz's token_set_ratio, as measured on real articles; see ADR 21."""
MUCH, MOST = 0.45, 0.6
"""So much of what is rare in the poorer paragraph must stand in the other for the two to be one, told twice: more where
few words are behind it."""
COVERED = 0.6
LONG = 20
"""So many of the same words are a quotation, whatever the rest of the paragraph says."""
STEM = 6
"""So many letters of a word say which it is, whatever its ending."""
FEWEST_RETOLD = 6


@dataclass(frozen=True, order=True)
class Passage:
    """The same in both texts: [one_start, one_end) and [other_start, other_end), in code points.

    `words` is how many words are the same; `is_verbatim` says that they stand in the same order.
    """

    one_start: int
    one_end: int
    other_start: int
    other_end: int
    words: int
    is_verbatim: bool = True

    def mirrored(self) -> "Passage":
        return replace(
            self,
            one_start=self.other_start,
            one_end=self.other_end,
            other_start=self.one_start,
            other_end=self.one_end,
        )


@dataclass(frozen=True)
class Run:
    """`size` words from number `i` of one text and from number `j` of the other are the same."""

    i: int
    j: int
    size: int


@dataclass(frozen=True)
class Text:
    """A text, or its stretch [start, end), made ready for comparing it with many."""

    text: str
    words: Words
    units: tuple[tuple[int, int], ...]
    """Of each paragraph, the numbers of its first word and of the first after it."""

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> "Text":
        words = words_of(text, start, end)
        bounds = [
            (bisect_left(words.starts, first), bisect_left(words.starts, last))
            for first, last in paragraphs(text, start, end)
        ]
        return cls(text, words, tuple((first, last) for first, last in bounds if first < last))


def shared_passages(one: Text, other: Text) -> tuple[Passage, ...]:
    """In the order of the first text. The same whichever text comes first; no two overlap in either text.

    No passage reaches over the end of a paragraph: what is told in three is three passages.
    """
    if (other.words.forms, other.text) < (one.words.forms, one.text):
        return tuple(sorted(passage.mirrored() for passage in shared_passages(other, one)))
    chains = _chains(_runs(one.words.forms, other.words.forms))
    pieces = list(_accepted(one, other, [piece for chain in chains for piece in _by_paragraph(one, other, chain)]))
    mine, theirs = _units(one), _units(other)
    weights = _weights([*mine, *theirs])
    whole, cut = _widened(pieces, one, other, mine, theirs, weights)
    free_one = _free(mine, [(p[0].i, p[-1].i + p[-1].size) for p in cut], [a for a, _b in whole], one)
    free_other = _free(theirs, [(p[0].j, p[-1].j + p[-1].size) for p in cut], [b for _a, b in whole], other)
    told_again = [*whole, *_retold(free_one, free_other, weights)]
    verbatim = [_verbatim(one, other, piece) for piece in cut]
    return tuple(sorted([*verbatim, *(_told_again(one, other, *pair) for pair in told_again)]))


def _runs(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """Equal words in a row, the longest first chosen, none overlapping another in either text; by their place."""
    longest = sorted(_all_runs(one, other), key=lambda run: (-run.size, run.i, run.j))
    free_one, free_other = bytearray(b"\1" * len(one)), bytearray(b"\1" * len(other))
    chosen = []
    for run in longest:
        for part in _free_parts(run, free_one, free_other):
            free_one[part.i : part.i + part.size] = bytes(part.size)
            free_other[part.j : part.j + part.size] = bytes(part.size)
            chosen.append(part)
    return sorted(chosen, key=lambda run: (run.i, run.j))


def _all_runs(one: Sequence[str], other: Sequence[str]) -> Iterator[Run]:
    places = defaultdict(list)
    for j in range(len(other) - SEED + 1):
        places[tuple(other[j : j + SEED])].append(j)
    reached: dict[int, int] = {}
    for i in range(len(one) - SEED + 1):
        found = places.get(tuple(one[i : i + SEED]), ())
        if len(found) > MOST_PLACES:
            continue
        for j in found:
            if reached.get(i - j, 0) > i:
                continue
            size = SEED
            while i + size < len(one) and j + size < len(other) and one[i + size] == other[j + size]:
                size += 1
            reached[i - j] = i + size
            yield Run(i, j, size)


def _free_parts(run: Run, free_one: bytearray, free_other: bytearray) -> Iterator[Run]:
    begun = None
    for step in range(run.size + 1):
        is_free = step < run.size and free_one[run.i + step] and free_other[run.j + step]
        if is_free and begun is None:
            begun = step
        elif not is_free and begun is not None:
            if step - begun >= SEED:
                yield Run(run.i + begun, run.j + begun, step - begun)
            begun = None


def _chains(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that follow one another in both texts, with little between."""
    chains: list[list[Run]] = []
    for run in runs:
        for chain in reversed(chains[-4:]):
            last = chain[-1]
            if 0 <= run.i - last.i - last.size <= GAP and 0 <= run.j - last.j - last.size <= GAP:
                chain.append(run)
                break
        else:
            chains.append([run])
    return chains


def _by_paragraph(one: Text, other: Text, chain: list[Run]) -> Iterator[list[Run]]:
    """The chain, cut wherever a paragraph ends in either text."""
    cut = [part for run in chain for part in _cut(one, other, run)]
    for _bounds, runs in groupby(cut, key=lambda run: (_unit_at(one, run.i), _unit_at(other, run.j))):
        yield list(runs)


def _cut(one: Text, other: Text, run: Run) -> Iterator[Run]:
    begun = 0
    while begun < run.size:
        left_one = _unit_at(one, run.i + begun)[1] - run.i - begun
        left_other = _unit_at(other, run.j + begun)[1] - run.j - begun
        size = min(left_one, left_other, run.size - begun)
        yield Run(run.i + begun, run.j + begun, size)
        begun += size


def _unit_at(text: Text, word: int) -> tuple[int, int]:
    return text.units[bisect_right(text.units, (word, len(text.words))) - 1]


def _accepted(one: Text, other: Text, pieces: list[list[Run]]) -> Iterator[list[Run]]:
    """Those that are more than a phrase that anybody uses, grown over the small differences at their ends."""
    used_one, used_other = bytearray(len(one.words)), bytearray(len(other.words))
    for piece in pieces:
        _use(used_one, used_other, piece, 1)
    for piece in pieces:
        _use(used_one, used_other, piece, 0)
        grown = _grown(one, other, piece, used_one, used_other)
        if _is_passage(one, other, grown):
            _use(used_one, used_other, grown, 1)
            yield grown


def _use(used_one: bytearray, used_other: bytearray, piece: list[Run], value: int) -> None:
    first, last = piece[0], piece[-1]
    used_one[first.i : last.i + last.size] = bytes([value]) * (last.i + last.size - first.i)
    used_other[first.j : last.j + last.size] = bytes([value]) * (last.j + last.size - first.j)


def _grown(one: Text, other: Text, piece: list[Run], used_one: bytearray, used_other: bytearray) -> list[Run]:
    """With what is the same shortly before and after it in the same paragraphs, as far as nothing else has it."""
    first, last = piece[0], piece[-1]
    room_one = _room(one, first.i, last.i + last.size, used_one)
    room_other = _room(other, first.j, last.j + last.size, used_other)
    found = list(piece)
    while found[0].i > room_one[0] and found[0].j > room_other[0]:
        i, j = max(room_one[0], found[0].i - GAP), max(room_other[0], found[0].j - GAP)
        more = _longest(one, other, (i, found[0].i), (j, found[0].j))
        if more is None:
            break
        found.insert(0, more)
    while (i := found[-1].i + found[-1].size) < room_one[1] and (j := found[-1].j + found[-1].size) < room_other[1]:
        more = _longest(one, other, (i, min(i + GAP, room_one[1])), (j, min(j + GAP, room_other[1])))
        if more is None:
            break
        found.append(more)
    return found


def _room(text: Text, first: int, last: int, used: bytearray) -> tuple[int, int]:
    start, end = _unit_at(text, first)
    before, after = used.rfind(1, start, first), used.find(1, last, end)
    return before + 1 if before >= 0 else start, after if after >= 0 else end


def _longest(one: Text, other: Text, mine: tuple[int, int], theirs: tuple[int, int]) -> Run | None:
    here, there = one.words.forms[slice(*mine)], other.words.forms[slice(*theirs)]
    match = SequenceMatcher(None, here, there, autojunk=False).find_longest_match()
    return Run(mine[0] + match.a, theirs[0] + match.b, match.size) if match.size >= 2 else None


def _is_passage(one: Text, other: Text, chain: list[Run]) -> bool:
    words = [form for run in chain for form in one.words.forms[run.i : run.i + run.size]]
    telling = sum(form not in STOPWORDS for form in words)
    here = chain[-1].i + chain[-1].size - chain[0].i
    there = chain[-1].j + chain[-1].size - chain[0].j
    if telling < FEWEST_TELLING or len(words) < DENSEST * max(here, there):
        return False
    return len(words) >= FEWEST_WORDS or (len(words) >= 6 and _is_whole(one, other, chain, len(words)))


def _is_whole(one: Text, other: Text, chain: list[Run], count: int) -> bool:
    """Does the chain make up a paragraph of either text?"""
    bounds = (_unit_at(one, chain[0].i), _unit_at(other, chain[0].j))
    return count >= WHOLE * min(last - first for first, last in bounds)


def _verbatim(one: Text, other: Text, chain: list[Run]) -> Passage:
    first, last = chain[0], chain[-1]
    return Passage(
        one.words.spans[first.i][0],
        one.words.spans[last.i + last.size - 1][1],
        other.words.spans[first.j][0],
        other.words.spans[last.j + last.size - 1][1],
        sum(run.size for run in chain),
    )


@dataclass(frozen=True)
class Unit:
    """A paragraph, or what is left of it: the words [first, last)."""

    first: int
    last: int
    telling: frozenset[str]
    line: str

    @classmethod
    def of(cls, text: Text, first: int, last: int) -> "Unit":
        forms = text.words.forms[first:last]
        telling = frozenset(form[:STEM] for form in forms if form not in STOPWORDS)
        return cls(first, last, telling, " ".join(forms))


def _units(text: Text) -> list[Unit]:
    return [Unit.of(text, first, last) for first, last in text.units]


def _weights(units: list[Unit]) -> dict[str, float]:
    """How much a word tells: what stands in many paragraphs belongs to the topic."""
    counts = Counter(word for unit in units for word in unit.telling)
    return {word: log2((len(units) + 1) / count) for word, count in counts.items()}


def _widened(
    pieces: list[list[Run]],
    one: Text,
    other: Text,
    mine: list[Unit],
    theirs: list[Unit],
    weights: dict[str, float],
) -> tuple[list[tuple[Unit, Unit]], list[list[Run]]]:
    """Paragraphs of which a part is told in the same words and the rest in others, whole; and the other pieces."""
    units_one, units_other = {unit.first: unit for unit in mine}, {unit.first: unit for unit in theirs}
    in_one = Counter(_unit_at(one, piece[0].i)[0] for piece in pieces)
    in_other = Counter(_unit_at(other, piece[0].j)[0] for piece in pieces)
    whole, cut = [], []
    for piece in pieces:
        unit, peer = units_one[_unit_at(one, piece[0].i)[0]], units_other[_unit_at(other, piece[0].j)[0]]
        is_alone = in_one[unit.first] == in_other[peer.first] == 1
        count = sum(run.size for run in piece)
        is_part = count < LONG and count < COVERED * min(unit.last - unit.first, peer.last - peer.first)
        if is_alone and is_part and likeness(unit, peer, weights):
            whole.append((unit, peer))
        else:
            cut.append(piece)
    return whole, cut


def _free(units: list[Unit], taken: list[tuple[int, int]], whole: list[Unit], text: Text) -> list[Unit]:
    """Of each paragraph that no passage covers yet for the most part, the longest stretch of words that is free."""
    gone = {unit.first for unit in whole}
    left = []
    for unit in units:
        inside = sorted(pair for pair in taken if unit.first <= pair[0] < unit.last)
        covered = sum(last - first for first, last in inside)
        if unit.first in gone or covered >= COVERED * (unit.last - unit.first):
            continue
        edges = [unit.first, *(edge for pair in inside for edge in pair), unit.last]
        first, last = max(zip(edges[::2], edges[1::2], strict=True), key=lambda pair: (pair[1] - pair[0], -pair[0]))
        if last - first >= FEWEST_RETOLD:
            left.append(Unit.of(text, first, last) if inside else unit)
    return left


def _retold(mine: list[Unit], theirs: list[Unit], weights: dict[str, float]) -> Iterator[tuple[Unit, Unit]]:
    """Paragraphs that tell the same in other words, each paired once, the likeliest first."""
    pairs = sorted(_likely(mine, theirs, weights), key=lambda pair: (-pair[0], pair[1].first, pair[2].first))
    used_one: set[int] = set()
    used_other: set[int] = set()
    for _score, unit, peer in pairs:
        if unit.first not in used_one and peer.first not in used_other:
            used_one.add(unit.first)
            used_other.add(peer.first)
            yield unit, peer


def _likely(mine: list[Unit], theirs: list[Unit], weights: dict[str, float]) -> Iterator[tuple[float, Unit, Unit]]:
    places: dict[str, list[int]] = defaultdict(list)
    for number, peer in enumerate(theirs):
        for word in peer.telling:
            places[word].append(number)
    for unit in mine:
        near = Counter(number for word in unit.telling for number in places.get(word, ()))
        for number, common in near.items():
            if common >= FEWEST_TELLING - 1:
                score = likeness(unit, theirs[number], weights)
                if score:
                    yield score, unit, theirs[number]


def likeness(unit: Unit, peer: Unit, weights: dict[str, float]) -> float:
    """0 where the two merely share a topic."""
    common = unit.telling & peer.telling
    is_short = min(unit.last - unit.first, peer.last - peer.first) <= FEWEST_WORDS
    if len(common) < FEWEST_TELLING - (not is_short):
        return 0.0
    ratio = fuzz.token_set_ratio(unit.line, peer.line)
    poorer = min(sum(weights[word] for word in each.telling) for each in (unit, peer))
    telling = sum(weights[word] for word in common) / poorer if poorer else 0.0
    is_likely = telling >= MOST or (telling >= MUCH and len(common) > FEWEST_TELLING)
    is_near = ratio >= RETOLD and len(common) >= FEWEST_TELLING
    return ratio / 100 + telling if is_likely or is_near else 0.0


def _told_again(one: Text, other: Text, unit: Unit, peer: Unit) -> Passage:
    return Passage(
        one.words.spans[unit.first][0],
        one.words.spans[unit.last - 1][1],
        other.words.spans[peer.first][0],
        other.words.spans[peer.last - 1][1],
        len(unit.telling & peer.telling),
        is_verbatim=False,
    )
