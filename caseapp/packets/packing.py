"""Which parts of a packet go into which volume. Pure.

Parts stay in filing order, and what is filed together stays together, so filling each volume before the next is begun
gives the fewest volumes there can be. Only an exhibit that fits into no volume is divided.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

SLACK = 0.03
"""What joining and stamping may add to the bytes that parts have alone."""


class PageOverLimit(Exception):
    """One page of a part (or a part that may not be divided: page 0) is larger than a whole volume may be."""

    def __init__(self, source: str, page: int) -> None:
        super().__init__(source, page)
        self.source = source
        self.page = page


@dataclass(frozen=True)
class Sized:
    source: str
    pages: int
    bytes: int


@dataclass(frozen=True)
class Unit:
    """Parts that are filed together: a tab sheet, its exhibit, its translation. Which of them, if any, may be divided:
    what stands before it then stands before each piece, and what follows it after the last."""

    parts: tuple[Sized, ...]
    divisible: int | None = None

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)


@dataclass(frozen=True)
class Piece:
    """Some pages of a part that stand together in a volume, beginning with its page `from_page`.

    `name` is unique in the packet. `is_repeated`: the part stands in each volume, and this is not the first.
    """

    name: str
    source: str
    pages: int
    from_page: int = 1
    number: int = 1
    of: int = 1
    is_repeated: bool = False


Measure = Callable[[str, int, int], int]
"""Part, first page, last page → the bytes that these pages have alone."""


@dataclass(frozen=True)
class Load:
    """What is to be packed. `repeated` stands at the head of each volume; `together` are, by part, the pages after
    which it must not be divided, because a quotation goes on."""

    repeated: tuple[Sized, ...]
    units: tuple[Unit, ...]
    measure: Measure
    together: Mapping[str, Collection[int]] = field(default_factory=dict)


def packed(load: Load, limit: int | None) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each volume. Raises PageOverLimit."""
    truck = _Truck(load, limit)
    for unit in load.units:
        if truck.fits(unit.bytes):
            truck.add(unit)
        elif truck.fits_alone(unit.bytes):
            truck.next_volume()
            truck.add(unit)
        elif unit.divisible is not None:
            truck.divide(unit, unit.divisible)
        else:
            raise PageOverLimit(unit.parts[-1].source, 0)
    return tuple(_counted(truck.volumes))


class _Truck:
    def __init__(self, load: Load, limit: int | None) -> None:
        self._load = load
        weight = sum(part.bytes for part in load.repeated)
        self._room = None if limit is None else int(limit * (1 - SLACK)) - weight
        self._used = 0
        self.volumes: list[list[Piece]] = []
        self.next_volume()

    def next_volume(self) -> None:
        number = len(self.volumes) + 1
        again = f"/{number}" if number > 1 else ""
        heads = [
            Piece(f"{part.source}{again}", part.source, part.pages, is_repeated=number > 1)
            for part in self._load.repeated
        ]
        self.volumes.append(heads)
        self._used = 0

    def fits(self, size: int) -> bool:
        return self._room is None or self._used + size <= self._room

    def fits_alone(self, size: int) -> bool:
        return self._room is None or size <= self._room

    def add(self, unit: Unit) -> None:
        self.volumes[-1] += [Piece(part.source, part.source, part.pages) for part in unit.parts]
        self._used += unit.bytes

    def divide(self, unit: Unit, divisible: int) -> None:
        sheets, body, behind = unit.parts[:divisible], unit.parts[divisible], unit.parts[divisible + 1 :]
        sheet_bytes = sum(sheet.bytes for sheet in sheets)
        page = number = 1
        while page <= body.pages:
            last = self._last_that_fits(body, page, sheet_bytes)
            if last is None and not self._used:
                raise PageOverLimit(body.source, page)
            if last is None:
                self.next_volume()
                continue
            again = f"/{number}" if number > 1 else ""
            self.volumes[-1] += [
                Piece(f"{sheet.source}{again}", sheet.source, sheet.pages, number=number, is_repeated=number > 1)
                for sheet in sheets
            ]
            self.volumes[-1].append(Piece(f"{body.source}{again}", body.source, last - page + 1, page, number))
            self._used += sheet_bytes + self._load.measure(body.source, page, last)
            page, number = last + 1, number + 1
            if page <= body.pages:
                self.next_volume()
        for part in behind:
            self._add_alone(Unit((part,)))

    def _add_alone(self, unit: Unit) -> None:
        if not self.fits(unit.bytes):
            self.next_volume()
        if not self.fits_alone(unit.bytes):
            raise PageOverLimit(unit.parts[-1].source, 0)
        self.add(unit)

    def _last_that_fits(self, body: Sized, page: int, sheet_bytes: int) -> int | None:
        """The last page up to which `body` can stand here from `page` on, without tearing a quotation."""
        assert self._room is not None  # noqa: S101 - without a limit everything fits
        space = self._room - self._used - sheet_bytes
        ends = range(page, body.pages + 1)
        fitting = bisect_right(ends, space, key=lambda last: self._load.measure(body.source, page, last))
        together = self._load.together.get(body.source, ())
        whole = (last for last in reversed(ends[:fitting]) if last == body.pages or last not in together)
        return next(whole, None)


def _counted(volumes: Iterable[Sequence[Piece]]) -> Iterable[tuple[Piece, ...]]:
    """Each piece of a divided part, told how many there are; its continuation tab too."""
    volumes = list(volumes)
    pieces: dict[str, int] = {}
    for volume in volumes:
        for piece in volume:
            pieces[piece.source] = max(pieces.get(piece.source, 1), piece.number)
    for volume in volumes:
        yield tuple(replace(piece, of=pieces[piece.source]) for piece in volume)
