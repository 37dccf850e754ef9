"""Pure: whether a source speaks for a state or for a body of states. Judges hold such reports against a declaration."""

import re

from caseapp.core.addresses import parts_of

OFFICIAL_KINDS = frozenset({"government", "intergovernmental"})
# The web addresses of governments and of bodies of states, wherever they are.
_HOSTS = re.compile(
    r"(?:^|\.)(?:(?:gov|gob|gouv|gub|govt|go|mil)(?:\.[a-z]{2})?|gc\.ca|canada\.ca|europa\.eu|coe\.int|int|un\.org|"
    r"unhcr\.org|ohchr\.org|oas\.org|refworld\.org)$"
)


def is_official(kind: str, url: str = "") -> bool:
    """By what somebody said it is, or by where it was published: many official reports were taken in as news."""
    if kind in OFFICIAL_KINDS:
        return True
    return _HOSTS.search(parts_of(url).hostname or "") is not None
