import pytest

from caseapp.packets.pdf.packet import finish_packet, planned_parts, render_part
from tests.packets.pdf import samples


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
    return finish_packet(manifest, rendered)
