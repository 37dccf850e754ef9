"""A packet with thirty exhibits of every kind: built, and read back from its files alone.

Here in the forums that differ most: pages as they are, on letter paper, on A4 with a schedule. All of them, and their
packets left in a folder to be looked at: `EVERY_KIND=folder FORUMS=all pytest tests/flows/test_every_kind.py`.
"""

import json
import os
from io import StringIO
from itertools import cycle
from pathlib import Path

import pytest
from django.core.management import call_command

from caseapp.forums import FORUMS
from caseapp.packets.models import IndexStyle
from caseapp.packets.readiness import blocks, findings
from caseapp.packets.services.filing import waive_finding
from tests.flows.every_kind import every_exhibit, packet_of

UNLIKE = "generic eoir uk_ftt"
STYLES = dict(zip(FORUMS, cycle(IndexStyle.values), strict=False))


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_thirty_exhibits_of_every_kind(lawyer, caseworker, tmp_path):
    case, filed = every_exhibit([lawyer, caseworker], lawyer)
    assert len(filed) == 30
    forums = os.environ.get("FORUMS", UNLIKE)
    for forum in FORUMS if forums == "all" else forums.split():
        packet = packet_of(case, filed, forum=forum, index_style=STYLES[forum], by=lawyer)
        for finding in blocks(findings(packet)):
            waive_finding(by=lawyer, packet=packet, key=finding.key, reason="Every kind is tried.")
        folder = Path(os.environ.get("EVERY_KIND", tmp_path)) / forum
        run("build_packet", str(packet.pk), "--out", str(folder))
        assert json.loads(run("verify_packet", str(folder), "--json"))["failures"] == []
