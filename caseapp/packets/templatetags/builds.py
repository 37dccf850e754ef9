"""What pages show of builds: {% load builds %}"""

from django import template
from django.db.models import QuerySet

from caseapp.packets.models import Build, BuildStatus, Packet, PartStatus

register = template.Library()

_TONES: dict[str, str] = {
    BuildStatus.READY: "good",
    BuildStatus.FAILED: "bad",
    BuildStatus.CANCELLED: "quiet",
    PartStatus.DONE: "good",
    PartStatus.RUNNING: "wait",
    PartStatus.WAITING: "quiet",
}


@register.simple_tag
def builds_of(packet: Packet) -> QuerySet[Build]:
    """All builds of a packet, newest first, without what they were made from: {% builds_of packet as builds %}"""
    return packet.builds.select_related("requested_by").order_by("-number")


@register.filter
def tone(status: str) -> str:
    """The tone of components/state.html for the status of a build or of a part."""
    return _TONES.get(status, "wait")
