"""Take each check out of a copy of the program, and see the tests that hold it fail.

    python -m tests.taken_out                 every check of checks.toml
    python -m tests.taken_out A Z6 matrix     the checks of these rows, or of sections by their letter
    python -m tests.taken_out --at-once 2 A   two copies side by side

A test counts as having failed only where it asserts: one that breaks, cannot be collected or never runs proves nothing.
The same tests are run first on a copy from which nothing is taken, and must pass there.
"""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from xml.etree import ElementTree as ET

from tests.taken_out.table import REPOSITORY, TakenOut, entries

_LONGEST = 900
_ASSERTED = re.compile(r"assert\b|AssertionError|Failed: DID NOT RAISE")
# Makes the database that every run gets a copy of.
_ANY_TEST = "tests/security/test_h_rows.py::test_h3_signing_out_clears_what_the_browser_kept"


class Room:
    """A copy of the checkout, in which one check at a time is missing."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "program"
        self.data = folder / "data"
        self.report = folder / "report.xml"
        for name in _files_of_checkout():
            (self.program / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, self.program / name)

    def without(self, check: TakenOut, database: Path) -> list[str]:
        """What is wrong with the tests of this check once it is taken out; nothing where each of them fails."""
        file = self.program / check.file
        whole, times = file.read_text(), (file.stat().st_atime, file.stat().st_mtime)
        file.write_text(check.applied_to(whole))
        try:
            outcomes = self.run(check.fails, None if check.is_of_the_database else database)
        finally:
            file.write_text(whole)
            os.utime(file, times)
        return [f"{test}: {outcomes[test]}" for test in check.fails if outcomes[test] != "failed"]

    def run(self, tests: Sequence[str], database: Path | None) -> dict[str, str]:
        """How each of these tests ended: passed, failed, or what else became of it."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        if database:
            shutil.copy2(database, self.data / "test.sqlite3")
        self.report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "--reuse-db", "-p", "no:cacheprovider"]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        process = subprocess.Popen(
            [*command, f"--junit-xml={self.report}", *tests],
            cwd=self.program,
            env=environment | {"DATA_DIR": str(self.data)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            return dict.fromkeys(tests, "never ended")
        finally:
            # With all that it started: without its check, something may go on for ever.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return outcomes_of(self.report, tests)


def outcomes_of(report: Path, tests: Iterable[str]) -> dict[str, str]:
    cases = list(ET.parse(report).iter("testcase")) if report.exists() else []
    return {test: _outcome([case for case in cases if _is_of(case, test)]) for test in tests}


def _is_of(case: ET.Element, test: str) -> bool:
    """Whether the case is this test, or the test with one of its parameters."""
    path, *inside = test.split("::")
    where = ".".join([path.removesuffix(".py").replace("/", "."), *inside[:-1]])
    return case.get("classname") == where and case.get("name", "").partition("[")[0] == inside[-1].partition("[")[0]


def _outcome(cases: list[ET.Element]) -> str:
    said = [fault.get("message", "") for case in cases for fault in case if fault.tag == "failure"]
    if any(_ASSERTED.match(message) for message in said):
        return "failed"
    broken = said + [fault.get("message", "") for case in cases for fault in case if fault.tag == "error"]
    if broken:
        return f"broke: {broken[0][:200]}"
    if any(fault.tag == "skipped" for case in cases for fault in case):
        return "was skipped"
    return "passed" if cases else "did not run"


def _files_of_checkout() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if (REPOSITORY / name).is_file()]


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def _is_wanted(check: TakenOut, rows: Sequence[str]) -> bool:
    return not rows or check.row in rows or check.row.rstrip("0123456789") in rows


def _not_green(room: Room, checks: Sequence[TakenOut], database: Path) -> list[str]:
    tests = sorted({test for check in checks for test in check.fails})
    return [f"{test}: {how}" for test, how in room.run(tests, database).items() if how != "passed"]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", nargs="*", help="rows of docs/security.md, their sections, matrix, canaries")
    arguments.add_argument("--at-once", type=int, default=1, metavar="N", help="how many copies side by side")
    arguments.add_argument("--known-green", action="store_true", help="leave out the run with nothing taken out")
    chosen = arguments.parse_args()
    checks = [check for check in entries() if _is_wanted(check, chosen.rows)]
    with tempfile.TemporaryDirectory(prefix="taken-out-") as folder:
        rooms: SimpleQueue[Room] = SimpleQueue()
        for number in range(chosen.at_once):
            rooms.put(Room(Path(folder) / str(number)))
        room, database = rooms.get(), Path(folder) / "test.sqlite3"
        room.run([_ANY_TEST], None)
        shutil.copy2(room.data / "test.sqlite3", database)
        if not chosen.known_green and (wrong := _not_green(room, checks, database)):
            _say("\n".join(["With nothing taken out these do not pass:", *wrong]))
            return 1
        rooms.put(room)

        def look(check: TakenOut) -> bool:
            room, began = rooms.get(), time.monotonic()
            wrong = room.without(check, database)
            rooms.put(room)
            _say("\n    ".join([f"{'HELD ' if wrong else 'fails'} {time.monotonic() - began:4.0f} s  {check}", *wrong]))
            return not wrong

        with ThreadPoolExecutor(chosen.at_once) as pool:
            seen = list(pool.map(look, checks))
    _say(f"{seen.count(True)} of {len(seen)} checks were missed by every test that holds them")
    return 0 if all(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
