"""The forums we know. To add one: a module with a `FORUM` beside these, and its line in the registry."""

from caseapp.forums import eoir, generic
from caseapp.forums.profile import Forum, Rule

__all__ = ["FORUMS", "Forum", "Rule", "UnknownForum", "forum"]

FORUMS: dict[str, Forum] = {profile.key: profile for profile in (generic.FORUM, eoir.FORUM)}


class UnknownForum(LookupError):
    """No forum has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no forum “{key}”. The forums are: {', '.join(FORUMS)}.")


def forum(key: str) -> Forum:
    try:
        return FORUMS[key]
    except KeyError:
        raise UnknownForum(key) from None
