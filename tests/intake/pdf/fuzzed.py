"""What a child does with files that were damaged at random, by a seed: runs in the sandbox, for `test_fuzzing`."""

import random
import re
from pathlib import Path

from caseapp.core.refused import Refused
from caseapp.intake.pdf.examining import examined
from caseapp.intake.pdf.opening import PasswordNeeded
from tests.intake.hostile import CASES

_HEAVY = {"operators_by_the_million", "annotations_by_the_thousand", "page_of_a_mile", "page_of_poster_size"}
_TOKEN = re.compile(rb"/[A-Za-z0-9]+|\d+ 0 R|\d+|\([^)]*\)")
_ODD = (
    b"null",
    b"[]",
    b"<< >>",
    b"-1",
    b"99999999999999999999",
    b"(x)",
    b"/Name",
    b"3 0 R",
    b"true",
    b"1e9",
    b"<feff>",
)


def take_in_damaged_files(folder: Path, *, seed: int, count: int) -> list[str]:
    """How each ended. Whatever is neither a copy nor a refusal ends this process."""
    chance = random.Random(seed)
    sound = [case.make() for case in CASES.values() if not case.deadly and not case.refused and case.name not in _HEAVY]
    return [_end_of(folder / "input", _damaged(chance.choice(sound), chance)) for _ in range(count)]


def _end_of(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    try:
        return ",".join(question.code for question in examined(path, "").report.questions)
    except PasswordNeeded:
        return "password"
    except Refused as refused:
        return f"refused: {refused.code}"


def _damaged(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(5)
    start = chance.randrange(len(data))
    end = min(start + chance.randrange(1, 200), len(data))
    if kind == 0:
        return data[: max(start, 20)]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:start] + data[start:end] * 2 + data[end:]
    if kind == 3:
        found = chance.choice(list(_TOKEN.finditer(data)))
        return data[: found.start()] + chance.choice(_ODD) + data[found.end() :]
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)
