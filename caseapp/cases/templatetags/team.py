"""What the page of a team shows: {% load team %}"""

from django import template

from caseapp.cases.models import CaseMember
from caseapp.cases.parts import fits

register = template.Library()


@register.filter
def has_less(member: CaseMember) -> bool:
    """Whether the person's role in the office has fallen below what they are on the team."""
    return not fits(member.user.role, member.part)
