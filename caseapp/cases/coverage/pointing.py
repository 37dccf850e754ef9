"""What themes go to show, and through them the passages. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Ruling(NamedTuple):
    """One case's word on a theme and an element, over the office's."""

    theme: int
    element: str
    is_on: bool


@dataclass(frozen=True)
class ThemeFacts:
    parent: int | None
    months: int | None


def themes_to_elements(
    themes: Mapping[int, ThemeFacts], office: Iterable[tuple[int, str]], rulings: Iterable[Ruling] = ()
) -> dict[int, frozenset[str]]:
    """What each theme goes to show. One of which the office says nothing follows the theme above it."""
    own: dict[int, set[str]] = {}
    for theme, element in office:
        own.setdefault(theme, set()).add(element)
    ruled: dict[int, list[Ruling]] = {}
    for ruling in rulings:
        ruled.setdefault(ruling.theme, []).append(ruling)
    found: dict[int, frozenset[str]] = {}

    def settle(theme: int) -> frozenset[str]:
        if theme not in found:
            parent = themes[theme].parent
            base = own.get(theme) or (settle(parent) if parent is not None else ())
            on = {ruling.element for ruling in ruled.get(theme, ()) if ruling.is_on}
            off = {ruling.element for ruling in ruled.get(theme, ()) if not ruling.is_on}
            found[theme] = frozenset(base) - off | on
        return found[theme]

    for theme in themes:
        settle(theme)
    return found


def rulings_for(office: Iterable[str], wanted: Iterable[str], offered: Iterable[str], *, theme: int) -> list[Ruling]:
    """What a case must rule so that of the `offered` elements the theme goes to those `wanted`."""
    standing, chosen = set(office), set(wanted)
    return [
        Ruling(theme, element, element in chosen)
        for element in offered
        if (element in standing) is not (element in chosen)
    ]


def elements_of_passage(
    chosen: Iterable[str], said: Iterable[str], themes: Iterable[int], goes_to: Mapping[int, frozenset[str]]
) -> frozenset[str]:
    """What somebody chose for the passage; else what the statements that it bears on go to; else what its themes do."""
    return (
        frozenset(chosen)
        or frozenset(said)
        or frozenset(element for theme in themes for element in goes_to.get(theme, ()))
    )


def months_for(
    element: str, themes: Iterable[int], facts: Mapping[int, ThemeFacts], goes_to: Mapping[int, frozenset[str]]
) -> int | None:
    """After how many months a passage is old for this element: the least that its themes which go there allow, or that
    any of its themes allows where none goes there."""
    known = [theme for theme in themes if theme in facts]
    there = [theme for theme in known if element in goes_to.get(theme, ())] or known
    months = [facts[theme].months for theme in there]
    return min((one for one in months if one is not None), default=None)
