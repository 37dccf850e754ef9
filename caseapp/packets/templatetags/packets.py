"""What lists of packets show: {% load packets %}"""

from django import template

from caseapp.packets.models import BuildStatus

register = template.Library()


@register.filter
def build_words(status: str) -> str:
    """{{ packet.build_status|build_words }} → ready. An annotated status has no display method."""
    return str(BuildStatus(status).label)
