"""How good the suggestions of themes are, and what they cost.

    python -m benchmarks.suggestions                      all figures, as JSON in the last line

Two bodies of text: invented sentences of ten themes that share few words on purpose, with sentences that belong to no
theme around them (benchmarks/passages.txt); and paragraphs of the manual of Python that this machine has, by topic.
Each figure is the mean of ten draws: so many passages a theme are learned, the others are asked about.
"""

import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

from caseapp.library.suggesting import learning
from caseapp.library.suggesting.learning import Learned, Lesson
from caseapp.library.suggesting.stems import Stem, stems_of

PASSAGES = Path(__file__).parent / "passages.txt"
AROUND = "none"
DRAWS = 10
ASKED = 20  # of each theme at the most
TOPICS = (
    "debugger string-methods typesmapping formatstrings import comparisons assignment customization strings types "
    "typesseq calls attribute-access function"
)
THEMES, EACH = 100, 300

Texts = dict[str, list[list[Stem]]]


def main() -> None:
    told = {
        "invented": [_figures(_invented(), each) for each in (3, 5, 8)],
        "manual": [_figures(_manual(), each) for each in (3, 5, 16)],
        "cost": _cost(),
    }
    for body in ("invented", "manual"):
        for row in told[body]:
            print(body, row, file=sys.stderr)
    print(json.dumps(told))


def _invented() -> Texts:
    texts: Texts = defaultdict(list)
    theme = ""
    for line in PASSAGES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            theme = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            texts[theme].append(stems_of(line, "en"))
    return texts


def _manual() -> Texts:
    """What stands under several topics belongs to none of them."""
    under: dict[str, set[str]] = defaultdict(set)
    for topic in TOPICS.split():
        for paragraph in re.split(r"\n\s*\n", topics[topic]):
            if 15 <= len(re.findall("[a-z]{2,}", paragraph)) <= 150:
                under[paragraph].add(topic)
    texts: Texts = defaultdict(list)
    for paragraph, found in under.items():
        if len(found) == 1:
            texts[found.pop()].append(stems_of(paragraph, "en"))
    return texts


def _figures(texts: Texts, each: int) -> dict[str, Any]:
    around = texts.get(AROUND, [])
    themes = [name for name, passages in texts.items() if name != AROUND and len(passages) > each + 2]
    # The program waits for five passages; fewer are tried here to see why.
    learning.LEAST_PASSAGES = min(each, 5)
    asked = first = three = shown = right = wrong_around = 0
    for draw in range(DRAWS):
        learned, tests = _draw(texts, themes, each, random.Random(draw))
        for theme, stems in tests:
            near, sure = [one.theme for one in learned.near(stems)], learned.sure(stems)
            asked += 1
            first += near[:1] == [theme]
            three += theme in near[:3]
            shown += sure is not None
            right += sure is not None and sure.theme == theme
        wrong_around += sum(learned.sure(stems) is not None for stems in around)
    return {
        "learned": each,
        "themes": len(themes),
        "asked": asked // DRAWS,
        "first": round(first / asked, 3),
        "among_three": round(three / asked, 3),
        "precision": round(right / max(1, shown), 3),
        "precision_among_all": round(right / max(1, shown + wrong_around), 3),
        "recall": round(right / asked, 3),
        "around": len(around),
        "wrong_around": round(wrong_around / DRAWS, 2),
    }


def _draw(
    texts: Texts, themes: list[str], each: int, chance: random.Random
) -> tuple[Learned, list[tuple[int, list[Stem]]]]:
    lessons, tests = {}, []
    for number, name in enumerate(themes):
        passages = chance.sample(texts[name], len(texts[name]))
        lessons[number] = Lesson.of(passages[:each])
        tests += [(number, stems) for stems in passages[each:][:ASKED]]
    return Learned(lessons), tests


def _cost() -> dict[str, float]:
    """A large office: a hundred themes, each learned from as many passages as any is. Processor time."""
    chance = random.Random(1)
    passages = [list(_passage(chance)) for _number in range(THEMES * EACH // 10)]
    started = time.process_time()
    lessons = {theme: Lesson.of(chance.sample(passages, EACH)) for theme in range(THEMES)}
    taught = time.process_time()
    learned = Learned(lessons)
    ready = time.process_time()
    for stems in passages[:500]:
        learned.sure(stems)
    asked = time.process_time()
    return {
        "ms_to_learn_a_theme": round((taught - started) / THEMES * 1000, 2),
        "ms_to_make_ready": round((ready - taught) * 1000, 1),
        "ms_a_passage": round((asked - ready) / 500 * 1000, 3),
        "bytes_a_lesson": len(json.dumps(lessons[0].stored())),
    }


def _passage(chance: random.Random) -> Iterator[Stem]:
    """Sixty words, of which some are everywhere and most are rare."""
    for number in range(60):
        form = f"w{int(chance.paretovariate(0.7))}"
        yield Stem(number, number + 1, form, form, is_common=False)


if __name__ == "__main__":
    main()
