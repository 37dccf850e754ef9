import atexit
import shutil
import tempfile
from pathlib import Path

import pytest

from caseapp.packets.pdf.packet import finish_packet, planned_parts, render_part
from tests.packets.pdf import samples

_ROOMS = Path(tempfile.mkdtemp(prefix="packets-of-tests-"))
atexit.register(shutil.rmtree, _ROOMS, ignore_errors=True)


def a_room():
    """A folder for the volumes of one packet, there until the tests are over."""
    return Path(tempfile.mkdtemp(dir=_ROOMS))


def finish(manifest, rendered=None):
    return finish_packet(manifest, render_all(manifest) if rendered is None else rendered, a_room())


def render_all(manifest):
    return {part.name: render_part(manifest, part.name) for part in planned_parts(manifest)}


@pytest.fixture(scope="session")
def manifest():
    return samples.manifest()


@pytest.fixture(scope="session")
def rendered(manifest):
    return render_all(manifest)


@pytest.fixture(scope="session")
def finished(manifest, rendered):
    return finish(manifest, rendered)
