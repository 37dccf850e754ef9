"""What lists of packets show: {% load packets %}"""

from django import template
from django.db.models import QuerySet

from caseapp.cases.models import Document
from caseapp.packets.models import BuildStatus, Packet
from caseapp.packets.sizes import megabytes

register = template.Library()
register.filter(megabytes)


@register.filter
def build_words(status: str) -> str:
    """{{ packet.build_status|build_words }} → ready. An annotated status has no display method."""
    return str(BuildStatus(status).label)


@register.simple_tag
def packets_filing(document: Document) -> QuerySet[Packet]:
    """{% packets_filing document as filing %}: the packets in which a document of the case is an exhibit."""
    return Packet.objects.filter(exhibits__document=document).order_by("-created_at", "pk")
