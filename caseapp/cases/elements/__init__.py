"""What each legal system requires to be shown, as far as evidence can show it. Pure data; help for sorting, not advice.

To add one: a module with a `System` beside these, and its line in `_BY_FORUM`.
"""

from caseapp.cases.elements.canada import CANADA
from caseapp.cases.elements.element import Element, System
from caseapp.cases.elements.uk import UNITED_KINGDOM
from caseapp.cases.elements.us import UNITED_STATES

__all__ = ["SYSTEMS", "Element", "System", "element_named", "elements_of", "printed", "systems_of"]

SYSTEMS = (UNITED_STATES, UNITED_KINGDOM, CANADA)

_BY_FORUM = {
    "eoir": UNITED_STATES,
    "bia": UNITED_STATES,
    "uscis": UNITED_STATES,
    "uk_ftt": UNITED_KINGDOM,
    "uk_ut": UNITED_KINGDOM,
    "ca_rpd": CANADA,
}
_BY_KEY = {element.key: element for system in SYSTEMS for element in system.elements}


def systems_of(forum: str) -> tuple[System, ...]:
    """The legal system of this forum; all that are known, for a forum that says nothing of its law."""
    system = _BY_FORUM.get(forum)
    return (system,) if system else SYSTEMS


def elements_of(forum: str) -> tuple[Element, ...]:
    """What is to be shown before this forum, each element before its parts and points."""
    return tuple(element for system in systems_of(forum) for element in system.elements)


def element_named(key: str) -> Element | None:
    return _BY_KEY.get(key)


def printed(key: str) -> str:
    """What an index says of it: "nexus"; what is stored without being known here says itself."""
    element = _BY_KEY.get(key)
    return element.words if element else key
