"""What hangs on themes outside the library, which knows nothing of it.

Whoever has rows that name a theme registers here how they come along when it is merged or removed, and come back when
that is undone: without it the database would let them go with the theme.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caseapp.library.models import Theme


@dataclass(frozen=True)
class Hanging:
    """`hand_over` gives what hangs on a theme that is about to go to the theme it is merged into, if any, and tells in
    plain values what `hang_again` needs to give it back."""

    hand_over: Callable[[Theme, Theme | None], Any]
    hang_again: Callable[[Theme, Theme | None, Any], None]


_known: dict[str, Hanging] = {}


def hangs_on_themes(name: str, hanging: Hanging) -> None:
    _known[name] = hanging


def hand_over_all(theme: Theme, into: Theme | None) -> dict[str, Any]:
    return {name: hanging.hand_over(theme, into) for name, hanging in _known.items()}


def hang_all_again(theme: Theme, into: Theme | None, kept: dict[str, Any]) -> None:
    """`kept` has nothing of what was not yet known when it was kept."""
    for name, hanging in _known.items():
        if name in kept:
            hanging.hang_again(theme, into, kept[name])
