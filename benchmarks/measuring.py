"""What a whole process costs: its time, its processor's time, and the most memory it held.

Taken from the kernel's account of the finished child (`wait4`), so start-up and everything that the child itself
waited for are in it. This module stays small on purpose: a child begins as a copy of its parent, and would inherit
the parent's peak.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True)
class Contender:
    """`command` is run `again` and again; `prepare` puts away what the run before left behind. `units`: what it
    handles, such as pages."""

    name: str
    command: Sequence[str]
    units: int = 0
    prepare: Callable[[], object] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)


class ChildFailed(Exception):
    """A measured command did not end well, so there is nothing to compare."""

    def __init__(self, command: Sequence[str], status: int, said: str) -> None:
        super().__init__(f"{' '.join(command)} ended with {status}: {said[-2000:]}")


@dataclass
class Taken:
    """The runs of one contender, and what it printed last."""

    contender: Contender
    runs: list[Cost] = field(default_factory=list)
    said: str = ""

    def middle(self) -> Cost:
        return Cost(*(median(getattr(run, name) for run in self.runs) for name in ("wall", "cpu", "peak_mb")))

    def row(self, group: str) -> dict[str, Any]:
        return {
            "group": group,
            "name": self.contender.name,
            "command": shown(self.contender.command),
            "units": self.contender.units,
            "median": asdict(self.middle()),
            "runs": [asdict(run) for run in self.runs],
        }


def run(contender: Contender, log: Path, accepted: Sequence[int] = (0,)) -> tuple[Cost, str]:
    contender.prepare()
    with log.open("w+b") as said:
        began = time.perf_counter()
        child = subprocess.Popen(
            list(contender.command),
            cwd=ROOT,
            env={**os.environ, **contender.environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)  # it is waited for; Popen must not do it again
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    if child.returncode not in accepted:
        raise ChildFailed(contender.command, child.returncode, words)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), words


def side_by_side(contenders: Sequence[Contender], times: int, log: Path) -> list[Taken]:
    """Each once unmeasured, so that files and programs are in memory; then in turns, so that a busy moment of the
    machine falls on all. qpdf ends with 3 where it had warnings, and did its work."""
    taken = [Taken(contender) for contender in contenders]
    for round_number in range(times + 1):
        for one in taken:
            cost, one.said = run(one.contender, log, accepted=(0, 3))
            if round_number:
                one.runs.append(cost)
    return taken


def ratio(one: Taken, other: Taken, what: str = "cpu") -> float:
    """The middle of the ratios of runs that stood side by side."""
    pairs = zip(one.runs, other.runs, strict=True)
    return median(getattr(mine, what) / getattr(theirs, what) for mine, theirs in pairs)


def shown(command: Sequence[str]) -> str:
    """A command as one would type it in the checkout: files beside one another in one word."""
    words: list[str] = []
    for word in (word.replace(f"{ROOT}/", "") for word in command):
        folder, _, name = word.rpartition("/")
        many = f"{folder}/*.pdf" if folder and name.endswith(".pdf") and not name.startswith("out-") else word
        if words[-1:] != [many]:
            words.append(many)
    return " ".join(words)


def last_json(said: str) -> dict[str, Any]:
    """What a measured program of ours says of its own work, in its last line."""
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found
