"""What was typed, carried through an address: readable by nobody on its way."""

import time

import pytest

from caseapp.core import carrying


def test_what_was_typed_comes_back_on_its_own_page_alone():
    sealed = carrying.carry({"reason": "Ñandú"}, bound_to="7 /cases/")
    assert carrying.carried(sealed, bound_to="7 /cases/") == {"reason": "Ñandú"}
    assert carrying.carried(sealed, bound_to="8 /cases/") == {}


@pytest.mark.parametrize("sealed", ["", "x", "Ñ", "AAAA" * 20, "%%%"])
def test_what_nobody_sealed_is_nothing(sealed):
    assert carrying.carried(sealed, bound_to="7 /cases/") == {}


@pytest.mark.parametrize(("seconds", "found"), [(-2, {"reason": "x"}), (2, {})])
def test_it_holds_for_a_quarter_of_an_hour(monkeypatch, seconds, found):
    sealed = carrying.carry({"reason": "x"}, bound_to="7")
    later = time.time() + carrying.SECONDS + seconds
    monkeypatch.setattr(time, "time", lambda: later)
    assert carrying.carried(sealed, bound_to="7") == found


def test_nothing_and_too_much_are_left_out():
    assert carrying.carry({"reason": ""}, bound_to="7") == ""
    assert carrying.carry({"reason": "".join(map(chr, range(200, 3000)))}, bound_to="7") == ""
