"""Packets for the tests of rows that speak of them."""

import pytest

from caseapp.packets.models import Packet
from tests.packets.making import make_filing


@pytest.fixture
def packet(db, lawyer, caseworker) -> Packet:
    return make_filing(team=[lawyer, caseworker])
