"""Packets for the tests of this app."""

from functools import cache
from pathlib import Path

import pytest

from caseapp.packets import builder
from caseapp.packets.manifest import Manifest
from caseapp.packets.models import Packet
from caseapp.packets.pdf import packet as press
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.making import make_filing
from tests.packets.pdf.conftest import a_room


@cache
def _rendered(manifest_json: str, name: str) -> press.RenderedPart:
    return press.render_part(Manifest.from_json(manifest_json), name)


@cache
def _finished(manifest_json: str) -> press.Finished:
    manifest = Manifest.from_json(manifest_json)
    parts = {spec.name: _rendered(manifest_json, spec.name) for spec in press.planned_parts(manifest)}
    return press.finish_packet(manifest, parts, a_room())


@cache
def _verified(published: bytes, *_files: Path) -> tuple:
    return verify_packet(published, _volumes[published])


_volumes: dict[bytes, tuple] = {}


def _verify_once(published, volumes):
    _volumes[published] = tuple(volumes)
    return _verified(published, *(volume.path for volume in volumes))


@pytest.fixture
def printed_once(monkeypatch) -> None:
    """The real pages, each set once for all tests: for tests of what happens around the setting."""
    monkeypatch.setattr(builder, "render_part", lambda manifest, name, work: _rendered(manifest.to_json(), name))
    monkeypatch.setattr(builder, "finish_packet", lambda manifest, parts, room: _finished(manifest.to_json()))
    monkeypatch.setattr(builder, "read_back", lambda published, volumes, room: _verify_once(published, volumes))


@pytest.fixture
def packet(db, lawyer, caseworker) -> Packet:
    """Two articles, three passages; a lawyer and a caseworker on the team."""
    return make_filing(team=[lawyer, caseworker])
