"""Packets that lack nothing, for one thing to be taken away."""

import datetime as dt

import pytest

from caseapp.cases.elements import SYSTEMS
from caseapp.cases.models import Case, CoverageNote
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.packets.models import Packet


@pytest.fixture
def whole(packet: Packet) -> Packet:
    """A packet that lacks nothing."""
    Source.objects.update(published_on="2019", url="https://example.org/a")
    Excerpt.objects.update(is_adverse=False)
    Theme.objects.update(stale_after_months=None)
    CoverageNote.objects.bulk_create(
        CoverageNote(case=packet.case, element=element.key, words="Not disputed.")
        for system in SYSTEMS
        for element in system.elements
    )
    return packet


@pytest.fixture
def at_court(whole: Packet) -> Packet:
    """The same packet for the immigration court, which asks for more; it lacks nothing either."""
    Case.objects.update(
        forum="eoir",
        court="Arlington, Virginia",
        file_number="A 000-000-000",
        hearing_on=dt.date(2027, 3, 15),
        filer="Lena Lawyer",
    )
    Packet.objects.update(forum="eoir")
    return Packet.objects.select_related("case").get()
