"""Who may do what: one table. Code asks for an ability, never for a role."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ability(Enum):
    EDIT_LIBRARY = "add sources, excerpts and themes"
    SEE_CASES = "look at the cases whose team one is on"
    EDIT_CASES = "open cases, choose evidence and arrange packets"
    APPROVE_EXCERPTS = "approve excerpts for use"
    BUILD_PACKETS = "build packets, and decide what they are filed with"
    POINT_THEMES = "say for the whole office what themes go to show"
    TAKE_DOCUMENTS = "download the originals of a client's papers"
    TAKE_PACKETS = "download packets"
    KEEP_CASES = "close cases, hold them, hand out what is kept of a client, and erase it"
    MANAGE_PEOPLE = "manage people"
    BREAK_GLASS = "look for an hour into a case one is not on, with a reason"


class Role(TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    LAWYER = "lawyer", _("Lawyer")
    ADMINISTRATOR = "administrator", _("Administrator")


CASEWORK = frozenset({Ability.EDIT_LIBRARY, Ability.SEE_CASES, Ability.EDIT_CASES, Ability.TAKE_DOCUMENTS})
FOR_LAWYERS = frozenset(
    {
        Ability.APPROVE_EXCERPTS,
        Ability.POINT_THEMES,
        Ability.BUILD_PACKETS,
        Ability.TAKE_PACKETS,
        Ability.KEEP_CASES,
    }
)

ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.CASEWORKER: CASEWORK,
    Role.LAWYER: CASEWORK | FOR_LAWYERS,
    Role.ADMINISTRATOR: frozenset({Ability.MANAGE_PEOPLE, Ability.BREAK_GLASS}),
}


def roles_with(ability: Ability) -> list[Role]:
    return [role for role, abilities in ABILITIES.items() if ability in abilities]
