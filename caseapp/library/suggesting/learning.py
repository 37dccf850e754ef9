"""What can be learned from the passages that an office tagged, and which themes another passage is near to.

Each theme is the mean of its passages (a Rocchio centroid): every passage is a vector of its words, those that stand in
few passages weighing most, and nearness is the cosine between passage and mean. ADR 23 says why nothing larger.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from math import log, sqrt
from operator import itemgetter
from typing import Any, NamedTuple, Self

from caseapp.library.suggesting.stems import Stem

LEAST_PASSAGES = 5  # a theme is suggested from as many tagged passages on
# Shown unasked from this nearness on, and only where no other theme comes close. Measured: benchmarks/suggestions.py.
SURE, CLEARER_THAN_NEXT = 0.15, 1.3
# Beside a passage that a person has selected, who sees at once what is wrong, this many are shown from this on.
NEAR_ENOUGH, MOST_BESIDE = 0.08, 3
LEAST_REASONS = 2  # one word that both have is no reason yet
MOST_REASONS = 5
MOST_WORDS = 1000  # of a theme: those that weigh most


def wording(stems: Iterable[Stem]) -> str:
    """The same for two passages that differ in case, accents, marks and endings alone."""
    return hashlib.sha256(" ".join(stem.form for stem in stems).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Lesson:
    """Of one theme: how many passages it was learned from, in how many of them each word stands, what the words weigh
    together, and the wordings themselves."""

    passages: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    wordings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, passages: Iterable[list[Stem]], *, definition: Sequence[Stem] = ()) -> Self:
        """The definition teaches as much as one passage, and is not counted as one."""
        taught = list(passages)
        counts: Counter[str] = Counter()
        weights: dict[str, float] = defaultdict(float)
        for stems in [*taught, definition]:
            for form, share in _shares(stems).items():
                counts[form] += 1
                weights[form] += share
        heaviest = dict(sorted(weights.items(), key=itemgetter(1), reverse=True)[:MOST_WORDS])
        kept = {form: counts[form] for form in heaviest}
        return cls(len(taught), kept, heaviest, frozenset(map(wording, taught)))

    def stored(self) -> dict[str, Any]:
        words = {form: [count, round(self.weights[form], 4)] for form, count in self.counts.items()}
        return {"passages": self.passages, "words": words, "wordings": sorted(self.wordings)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        words = stored.get("words", {})
        return cls(
            stored.get("passages", 0),
            {form: count for form, (count, _weight) in words.items()},
            {form: weight for form, (_count, weight) in words.items()},
            frozenset(stored.get("wordings", ())),
        )

    def without(self, stems: Sequence[Stem]) -> Self:
        """As it would be, had it never seen this passage, which it has."""
        shares = _shares(stems)
        counts = {form: count - (form in shares) for form, count in self.counts.items()}
        kept = {form: count for form, count in counts.items() if count > 0}
        weights = {form: self.weights[form] - shares.get(form, 0) for form in kept}
        return type(self)(self.passages - 1, kept, weights, self.wordings - {wording(stems)})


class Nearness(NamedTuple):
    """How near a passage is to a theme, from 0 to 1, and the words that bring them together, heaviest first."""

    theme: int
    score: float
    reasons: tuple[str, ...]


class Learned:
    """What was learned of all themes, ready to be asked."""

    def __init__(self, lessons: Mapping[int, Lesson]) -> None:
        self.lessons = dict(lessons)
        counts = Counter[str]()
        for lesson in lessons.values():
            counts.update(lesson.counts)
        passages = sum(lesson.passages for lesson in lessons.values())
        self._rarity = {form: log((passages + 1) / (count + 0.5)) for form, count in counts.items()}
        self._of_unknown = log((passages + 1) / 0.5)
        self._means: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for theme, lesson in lessons.items():
            for form, weight in self._mean(lesson).items():
                self._means[form].append((theme, weight))
        self._instead: dict[int, dict[str, float]] = {}

    def with_another(self, theme: int, lesson: Lesson) -> "Learned":
        """As if this had been learned of the theme; how rare a word is stays as it was. Costs next to nothing."""
        changed = copy(self)
        changed._instead = {theme: self._mean(lesson)}
        return changed

    def beside(self, stems: Sequence[Stem]) -> list[Nearness]:
        """For a passage that a person has selected: the nearest themes."""
        return [one for one in self.near(stems) if one.score >= NEAR_ENOUGH][:MOST_BESIDE]

    def sure(self, stems: Sequence[Stem], *, besides: Collection[int] = ()) -> Nearness | None:
        """The theme to suggest unasked, if one is near and no other as near; `besides` are those it carries."""
        others = [one for one in self.near(stems) if one.theme not in besides]
        if not others or others[0].score < SURE:
            return None
        is_clear = len(others) == 1 or others[0].score >= CLEARER_THAN_NEXT * others[1].score
        return others[0] if is_clear else None

    def near(self, stems: Sequence[Stem]) -> list[Nearness]:
        """The themes with enough passages, the nearest first."""
        vector = {form: share * self._rarity.get(form, self._of_unknown) for form, share in _shares(stems).items()}
        length = _length(vector)
        shared: dict[int, dict[str, float]] = defaultdict(dict)
        for form, weight in vector.items():
            for theme, mean in self._means.get(form, ()):
                if theme not in self._instead:
                    shared[theme][form] = weight * mean / length
            for theme, words in self._instead.items():
                if form in words:
                    shared[theme][form] = weight * words[form] / length
        found = [_nearness(theme, both) for theme, both in shared.items() if len(both) >= LEAST_REASONS]
        return sorted(found, key=lambda one: (-one.score, one.theme))

    def themes_with(self, stems: Sequence[Stem]) -> list[int]:
        """The themes that some passage of this very wording carries."""
        sought = wording(stems)
        return [theme for theme, lesson in self.lessons.items() if sought in lesson.wordings]

    def _mean(self, lesson: Lesson) -> dict[str, float]:
        """Nothing where there are too few passages to go by."""
        if lesson.passages < LEAST_PASSAGES:
            return {}
        vector = {form: weight * self._rarity.get(form, self._of_unknown) for form, weight in lesson.weights.items()}
        length = _length(vector)
        return {form: weight / length for form, weight in vector.items()}


def _nearness(theme: int, words: Mapping[str, float]) -> Nearness:
    heaviest = sorted(words, key=lambda form: (-words[form], form))[:MOST_REASONS]
    return Nearness(theme, sum(words.values()), tuple(heaviest))


def _shares(stems: Iterable[Stem]) -> dict[str, float]:
    """What each word weighs in a passage, the whole passage weighing one."""
    counted = Counter(stem.form for stem in stems if not stem.is_common)
    vector = {form: 1 + log(count) for form, count in counted.items()}
    length = _length(vector)
    return {form: weight / length for form, weight in vector.items()}


def _length(vector: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))
