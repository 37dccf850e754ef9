"""How packets show their state: {% load packets %}"""

from django import template

from caseapp.packets.models import ACTIVE, BuildStatus

register = template.Library()

TONES = dict.fromkeys(ACTIVE, "wait") | {BuildStatus.READY: "good", BuildStatus.FAILED: "bad"}


@register.filter
def build_tone(status: str) -> str:
    """{{ status|build_tone }} → the tone of components/state.html."""
    return TONES.get(BuildStatus(status), "quiet")


@register.filter
def build_words(status: str) -> str:
    return str(BuildStatus(status).label)
