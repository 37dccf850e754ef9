"""What the checks say of how much a packet holds."""

from caseapp.library.models import Capture
from caseapp.packets.readiness import Severity
from tests.packets.readiness.looking import found


def test_u3_a_packet_of_more_than_5000_pages_is_not_built(whole):
    capture = whole.exhibits.exclude(capture=None).first().capture_id
    Capture.objects.filter(pk=capture).update(pages=[[0, 1, ""]] * 5_000)
    assert found(whole, "too-many-pages") == []
    Capture.objects.filter(pk=capture).update(pages=[[0, 1, ""]] * 5_001)
    assert found(whole, "too-many-pages") == [(Severity.BLOCK, "")]
