"""What lists of packets show: {% load packets %}"""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet

from caseapp.cases.models import Document
from caseapp.packets.models import BuildStatus, Exhibit, Packet
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


@register.simple_tag
def exhibits_of_older(versions: Iterable[Document]) -> QuerySet[Exhibit]:
    """{% exhibits_of_older versions as behind %}: the exhibits that file a version of a paper that was replaced."""
    older = [version.pk for version in versions if version.is_replaced]
    return Exhibit.objects.filter(document__in=older).select_related("packet").order_by("-packet__created_at", "pk")
