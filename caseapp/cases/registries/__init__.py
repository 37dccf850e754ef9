"""Pure: whoever receives a filing, by whose clock and holidays days are counted. To add one: a line in its country's
module."""

from caseapp.cases.registries import canada, kingdom, states
from caseapp.cases.registries.registry import NOWHERE, Registry

__all__ = ["NOWHERE", "REGISTRIES", "Registry", "registries_of", "registry_for"]

REGISTRIES: dict[str, Registry] = {
    registry.key: registry for registry in (*states.REGISTRIES, *kingdom.REGISTRIES, *canada.REGISTRIES)
}

_ASSUMED = {
    "eoir": states.ASSUMED,
    "uscis": states.ASSUMED,
    "bia": states.BOARD,
    "uk_ftt": kingdom.ASSUMED,
    "uk_ut": kingdom.ASSUMED,
    "ca_rpd": canada.ASSUMED,
}


def registries_of(forum: str) -> list[Registry]:
    """Those that a filing with this forum can go to; any for a forum that is nowhere in particular."""
    return [registry for registry in REGISTRIES.values() if forum in registry.forums or forum not in _ASSUMED]


def registry_for(key: str, forum: str) -> Registry:
    """The registry with this key, if the forum has it; else the one that is assumed until somebody chooses."""
    chosen = REGISTRIES.get(key)
    if chosen is not None and chosen in registries_of(forum):
        return chosen
    return _ASSUMED.get(forum, NOWHERE)
