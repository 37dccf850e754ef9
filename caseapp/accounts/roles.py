"""Who may do what: one table. Code asks for an ability, never for a role."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ability(Enum):
    EDIT_LIBRARY = "add sources, excerpts and themes"
    EDIT_CASES = "open cases, choose evidence and arrange packets"
    APPROVE_EXCERPTS = "approve excerpts for use"
    BUILD_PACKETS = "build and download packets"
    MANAGE_PEOPLE = "manage people"


class Role(TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    LAWYER = "lawyer", _("Lawyer")
    ADMINISTRATOR = "administrator", _("Administrator")


CASEWORK = frozenset({Ability.EDIT_LIBRARY, Ability.EDIT_CASES})

ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.CASEWORKER: CASEWORK,
    Role.LAWYER: CASEWORK | {Ability.APPROVE_EXCERPTS, Ability.BUILD_PACKETS},
    Role.ADMINISTRATOR: frozenset({Ability.MANAGE_PEOPLE}),
}
