"""Labels that are not simply counted: those of a filed packet, with letters between them. Pure."""

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from caseapp.forums.profile import TabScheme
from caseapp.packets.labels import letters, place_of_letters
from caseapp.packets.packing import Piece
from caseapp.typesetting.errors import PrintProblem


class NoLabelBetween(PrintProblem):
    """A page or tab stands where all labels are taken."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(
            _(
                "Nothing can be inserted between %(before)s and %(after)s without changing a filed number. "
                "File it elsewhere, or choose new numbers for the whole packet."
            )
            % {"before": before or _("the beginning"), "after": after}
        )


@dataclass(frozen=True)
class Numbered:
    """By piece, the label of each of its pages; `omitted` are, by part, filed labels that no page has any more."""

    labels: Mapping[str, tuple[str, ...]]
    omitted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Scheme:
    """How labels are written: one counted, and the mark of those inserted after it (0: none)."""

    pattern: re.Pattern[str]
    counted: Callable[[int], str]
    place: Callable[[str], int]
    mark: Callable[[int], str]
    place_of_mark: Callable[[str], int]

    def split(self, label: str) -> tuple[int, int]:
        found = self.pattern.fullmatch(label)
        if found is None:
            raise ValueError(f"“{label}” is no label here.")
        return self.place(found[1]), self.place_of_mark(found[2])


_NUMBERS = _Scheme(re.compile(r"([0-9]+)([A-Z]*)"), str, int, letters, place_of_letters)
_LETTERS = _Scheme(re.compile(r"([A-Z]+)([0-9]*)"), letters, place_of_letters, str, lambda mark: int(mark or 0))


def tab_labels(scheme: TabScheme, kept: Sequence[str], withdrawn: Collection[str] = ()) -> tuple[str, ...]:
    """A label for each tab: the filed one, or for a new exhibit (empty) the one before it with a letter, 12A; with a
    number, C1, where tabs are letters. At the end the count goes on. `withdrawn`: filed, and not in the packet now."""
    written = _NUMBERS if scheme == "numbers" else _LETTERS
    return tuple(_inserted(kept, {*filter(None, kept), *withdrawn}, written, 1))


def highest_number(labels: Iterable[str]) -> int:
    """The last number of these page labels, letters aside: 0 where there are none."""
    return max((_NUMBERS.split(label)[0] for label in labels), default=0)


def page_labels(pieces: Sequence[Piece], first_page: int, filed: Mapping[str, Sequence[str]]) -> Numbered:
    """Labels in the order of `pieces`. `filed`: by part, the labels that its pages were filed with; they keep them."""
    wanted = _wanted(pieces, filed)
    taken = {label for known in filed.values() for label in known}
    flat = iter(_inserted([label for kept in wanted.values() for label in kept], taken, _NUMBERS, first_page))
    labels = {name: tuple(next(flat) for _ in kept) for name, kept in wanted.items()}
    return Numbered(labels, _omitted(filed, labels))


def _wanted(pieces: Iterable[Piece], filed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """By piece, the filed label of each page; empty where it has none."""
    wanted = {}
    for piece in pieces:
        known = filed.get(piece.name if piece.is_repeated else piece.source, ())
        kept = list(known[piece.from_page - 1 :][: piece.pages])
        wanted[piece.name] = kept + [""] * (piece.pages - len(kept))
    return wanted


def _omitted(filed: Mapping[str, Sequence[str]], labels: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    used = {label for kept in labels.values() for label in kept}
    left = {name: tuple(label for label in known if label not in used) for name, known in filed.items()}
    return {name: known for name, known in left.items() if known}


def _inserted(kept: Sequence[str], taken: Collection[str], scheme: _Scheme, first: int) -> list[str]:
    """A label for each: the one kept, or the one before it with a mark; at the end the count goes on."""
    last_kept = max((place for place, label in enumerate(kept) if label), default=-1)
    count = max((scheme.split(label)[0] for label in taken), default=first - 1)
    ahead = deque(label for label in kept if label)
    found: list[str] = []
    for place, own in enumerate(kept):
        label = own
        if own:
            ahead.popleft()
        elif place > last_kept:
            count += 1
            label = scheme.counted(count)
        else:
            label = _between(found[-1] if found else "", ahead[0], taken, scheme)
        found.append(label)
    return found


def _between(before: str, after: str, taken: Collection[str], scheme: _Scheme) -> str:
    """The first free label after `before`. One whose page has left the packet is not given to another page."""
    if not before:
        raise NoLabelBetween(before, after)
    base, mark = scheme.split(before)
    while True:
        mark += 1
        label = scheme.counted(base) + scheme.mark(mark)
        if (base, mark) >= scheme.split(after):
            raise NoLabelBetween(before, after)
        if label not in taken:
            return label
