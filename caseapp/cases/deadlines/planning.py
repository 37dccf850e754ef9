"""Pure: what has to be done by when, so that the filing is there on its safe date."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from caseapp.cases.registries import Registry

StepName = Literal["translations", "vetting", "frozen"]


@dataclass(frozen=True)
class Steps:
    """So many days of business before the safe filing date."""

    translations: int = 15
    vetting: int = 7
    frozen: int = 2

    def in_order(self) -> list[tuple[StepName, int]]:
        """The one that comes first is the first."""
        rows: list[tuple[StepName, int]] = [
            ("translations", self.translations),
            ("vetting", self.vetting),
            ("frozen", self.frozen),
        ]
        return sorted(rows, key=lambda row: -row[1])


DEFAULT_STEPS = Steps()
MOST_DAYS = 120


@dataclass(frozen=True)
class Step:
    name: StepName
    business_days: int
    by: dt.date


def steps_before(safe: dt.date, steps: Steps, registry: Registry) -> Iterator[Step]:
    """The steps in the order in which they are due."""
    for name, days in steps.in_order():
        yield Step(name, days, registry.before(safe, days))
