"""The table of checks that are taken out (make taken-out) is true to the code, or it would be trusted for nothing."""

import ast
from functools import cache

import pytest

from tests.taken_out.__main__ import outcomes_of
from tests.taken_out.table import REPOSITORY, entries, reasons, rows_with_a_place


@pytest.mark.parametrize("check", entries(), ids=str)
def test_what_is_taken_out_stands_once_in_its_file_and_what_is_left_is_python(check):
    code = (REPOSITORY / check.file).read_text()
    assert code.count(check.takes) == 1
    assert check.takes != check.leaves
    if check.file.endswith(".py"):
        ast.parse(check.applied_to(code))


@cache
def written_in(path: str) -> set[str]:
    tree = ast.parse((REPOSITORY / path).read_text())
    found = set()
    for thing in tree.body:
        inside = thing.body if isinstance(thing, ast.ClassDef) else [thing]
        of_class = f"{thing.name}::" if isinstance(thing, ast.ClassDef) else ""
        found |= {f"{path}::{of_class}{one.name}" for one in inside if isinstance(one, ast.FunctionDef)}
    return found


def test_every_test_that_must_fail_is_there():
    named = {test.partition("[")[0] for check in entries() for test in check.fails}
    assert [test for test in sorted(named) if test not in written_in(test.partition("::")[0])] == []
    assert all(check.fails for check in entries())


def test_every_row_that_names_a_place_has_an_entry_or_a_reason():
    rows = rows_with_a_place()
    assert len(rows) > 50
    taken = {check.row for check in entries()}
    assert [row for row in rows if row not in taken | reasons().keys()] == []
    assert sorted(taken & reasons().keys()) == []
    assert reasons().keys() <= set(rows)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("<failure message='AssertionError: assert 200 == 404'/>", "failed"),
        ("<failure message='assert 200 == 404'/>", "failed"),
        ("<failure message=\"Failed: DID NOT RAISE &lt;class 'ValueError'&gt;\"/>", "failed"),
        ("<failure message='KeyError: 1'/>", "broke: KeyError: 1"),
        ("<error message='failed on setup with \"ImportError\"'/>", 'broke: failed on setup with "ImportError"'),
        ("<skipped message='not here'/>", "was skipped"),
        ("", "passed"),
    ],
)
def test_only_a_test_that_asserts_has_failed(fault, outcome, tmp_path):
    report = tmp_path / "report.xml"
    case = f"<testcase classname='tests.some.test_x.Class' name='test_y[1]'>{fault}</testcase>"
    report.write_text(f"<testsuite>{case}<testcase classname='tests.some.test_x' name='test_y'/></testsuite>")
    named = "tests/some/test_x.py::Class::test_y"
    assert outcomes_of(report, [named]) == {named: outcome}
    assert outcomes_of(report, ["tests/some/test_x.py::Class::test_z"]).popitem()[1] == "did not run"
