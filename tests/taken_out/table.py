"""The checks that are taken out, one after another, and the tests that must then fail: see `checks.toml`."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("checks.toml")
SECURITY = REPOSITORY / "docs" / "security.md"


@dataclass(frozen=True)
class TakenOut:
    """One check: `takes` stands once in `file`, `leaves` takes its place, and each test of `fails` must then fail."""

    row: str
    file: str
    takes: str
    leaves: str
    fails: tuple[str, ...]
    # What is taken out is put into the database by a migration, so that the database is made anew.
    is_of_the_database: bool = False

    def __str__(self) -> str:
        return f"{self.row} {self.file}: {' '.join(self.takes.split())[:60]}"

    def applied_to(self, code: str) -> str:
        if code.count(self.takes) != 1:
            raise ValueError(f"{self}: stands {code.count(self.takes)} times in its file")
        return code.replace(self.takes, self.leaves)


def entries() -> tuple[TakenOut, ...]:
    return tuple(TakenOut(**entry | {"fails": tuple(entry["fails"])}) for entry in _table()["check"])


def reasons() -> dict[str, str]:
    """Rows that name a code place and have no entry: why not."""
    return _table()["reasons"]


def rows_with_a_place() -> list[str]:
    """The rows of docs/security.md whose column `where` names something."""
    rows = re.findall(r"^\| ([A-Z]\d+)[^|]*\|[^|]*\|([^|]*)\|", SECURITY.read_text(), re.MULTILINE)
    return [row for row, where in rows if where.strip()]


def _table() -> dict:
    return tomllib.loads(TABLE.read_text())
