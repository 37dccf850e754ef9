"""What administrators see on every page until it is mended: {% load alarms %}"""

from django import template
from django.utils import timezone

from caseapp.packets.alarms import state_of_the_machine

register = template.Library()


@register.simple_tag
def alarms() -> tuple[str, ...]:
    return state_of_the_machine(timezone.now()).alarms
