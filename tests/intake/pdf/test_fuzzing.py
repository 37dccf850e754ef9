"""Files damaged at random: none stops the child, whichever way it ends."""

import pytest

from caseapp.core import sandbox


@pytest.mark.parametrize("seed", range(3))
def test_no_damage_stops_the_reader(seed, monkeypatch):
    monkeypatch.setitem(sandbox._ENVIRONMENT, "PYTHONPATH", str(sandbox.PROGRAM))
    with sandbox.room() as folder:
        ends = sandbox.run(
            "tests.intake.pdf.fuzzed:take_in_damaged_files", folder=folder, arguments={"seed": seed, "count": 30}
        )
    assert len(ends) == 30
    assert {"damaged", "refused: unreadable"} <= set(ends)
