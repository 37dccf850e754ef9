"""What somebody is on the team of one case, beside what they are in the office: a part never adds to a role."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.roles import ABILITIES, Ability, Role


class Part(TextChoices):
    VIEWER = "viewer", _("Looks")
    EDITOR = "editor", _("Works on it")
    LAWYER = "lawyer", _("Lawyer of the case")


LOOKING = frozenset({Ability.SEE_CASES})
WORKING = LOOKING | {Ability.EDIT_CASES, Ability.TAKE_DOCUMENTS}

ABILITIES_OF_PARTS: dict[Part, frozenset[Ability]] = {
    Part.VIEWER: LOOKING,
    Part.EDITOR: WORKING,
    Part.LAWYER: WORKING | {Ability.BUILD_PACKETS, Ability.TAKE_PACKETS, Ability.KEEP_CASES},
}

WHEN_CLOSED = LOOKING | {Ability.TAKE_DOCUMENTS, Ability.TAKE_PACKETS, Ability.KEEP_CASES}
"""A closed case is read, taken home and opened again; nothing in it is changed."""


def abilities_of(role: str, part: str) -> frozenset[Ability]:
    """What somebody with this role may do on a case where they have this part."""
    return ABILITIES[Role(role)] & ABILITIES_OF_PARTS[Part(part)]


def fits(role: str, part: str) -> bool:
    """Whether the role carries all that the part allows: nobody is given a part that says more than it does."""
    return ABILITIES_OF_PARTS[Part(part)] <= ABILITIES[Role(role)]


def fullest_part(role: str) -> Part:
    """The most that somebody with this role can be on a team."""
    return next(part for part in (Part.LAWYER, Part.EDITOR, Part.VIEWER) if part is Part.VIEWER or fits(role, part))
