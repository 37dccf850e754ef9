"""What people look for on record: who looked, who took something out, who was turned away, who changed something."""

from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from caseapp.audit.actions import Action

LOOKED = (Action.CASE_VIEWED, Action.DOCUMENT_VIEWED, Action.BUILD_PAGES_VIEWED)
TAKEN = (
    Action.ORIGINAL_DOWNLOADED,
    Action.LIBRARY_TAKEN_OUT,
    Action.LIBRARY_EXPORTED,
    Action.RECORD_TAKEN_OUT,
    Action.CASE_EXPORTED,
    Action.CALENDAR_DOWNLOADED,
    Action.DOCUMENT_DOWNLOADED,
    Action.INDEX_DOWNLOADED,
    Action.VOLUME_DOWNLOADED,
    Action.MANIFEST_DOWNLOADED,
)

AT_THE_DOOR = (
    Action.SIGNED_IN,
    Action.SIGN_IN_FAILED,
    Action.SIGNED_OUT,
    Action.SESSION_IDLE,
    Action.SESSION_OVER,
    Action.SESSION_ENDED,
    Action.OTHER_SESSIONS_ENDED,
    Action.SESSIONS_ENDED,
    Action.RECOVERY_CODE_USED,
)


class Kind(TextChoices):
    LOOKED = "looked", _("looked at")
    TAKEN = "taken", _("taken out")
    GLASS = "glass", _("looked into from outside the team")
    DENIED = "denied", _("turned away")
    DOOR = "door", _("signing in and out")
    CHANGED = "changed", _("everything else")


def of_kind(kind: str) -> Q:
    asked = {
        Kind.LOOKED: Q(action__in=LOOKED),
        Kind.TAKEN: Q(action__in=TAKEN),
        Kind.GLASS: Q(action=Action.GLASS_BROKEN),
        Kind.DENIED: Q(action=Action.DENIED),
        Kind.DOOR: Q(action__in=AT_THE_DOOR),
    }
    told_apart = reduce(or_, asked.values())
    return asked.get(Kind(kind), ~told_apart)
