"""What pages say of evidence: {% load evidence %}"""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """{{ aged|of:excerpt.pk }}: what was found for it, if anything."""
    return found.get(key)
