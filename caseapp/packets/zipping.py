"""A zip written while it is sent: nothing of it ever lies on the disk, however large it is."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
# No clock: the same case gives the same bytes.
BEGINNING = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Entry:
    """One file of the zip; `opened` gives its bytes when their turn comes."""

    name: str
    opened: Callable[[], BinaryIO]


class _Outlet(io.RawIOBase):
    """What the zip was written to since it was last emptied."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        whole, self._pieces = b"".join(self._pieces), []
        return whole


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, BEGINNING)
            with entry.opened() as source, archive.open(info, "w", force_zip64=True) as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield outlet.taken()
    yield outlet.taken()
