"""The forums we know. To add one: a module with a `FORUM` beside these, and its line in the registry."""

from caseapp.forums import bia, ca_rpd, eoir, generic, uk_ftt, uk_ut, uscis
from caseapp.forums.profile import Forum, Rule

__all__ = ["FORUMS", "Forum", "Rule", "UnknownForum", "forum"]

FORUMS: dict[str, Forum] = {
    module.FORUM.key: module.FORUM for module in (generic, eoir, bia, uscis, uk_ftt, uk_ut, ca_rpd)
}


class UnknownForum(LookupError):
    """No forum has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no forum “{key}”. The forums are: {', '.join(FORUMS)}.")


def forum(key: str) -> Forum:
    try:
        return FORUMS[key]
    except KeyError:
        raise UnknownForum(key) from None
