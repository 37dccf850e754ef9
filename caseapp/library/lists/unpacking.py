"""The door of the child process for zips: each entry written into the room, or why it is not."""

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from caseapp.core.refused import Refused

MOST_ENTRIES = 5_000
MOST_BYTES_OF_ONE = 50 * 1024 * 1024
MOST_BYTES = 500 * 1024 * 1024
_PIECE = 1 << 20
_LOCKED, _IS_UTF8 = 0x1, 0x800
_LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
# A packed file may ask for more memory than there is, as the first bytes of LZMA can.
_BROKEN = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error),
    *(lzma.LZMAError, MemoryError),
)
_ZIPS = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")


def unpack(folder: Path, *, file: str) -> list[dict[str, Any]]:
    """For each entry its name, and the file it was written to or the code of why not. Raises Refused."""
    try:
        with zipfile.ZipFile(folder / file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if len(entries) > MOST_ENTRIES:
                raise Refused("zip-too-many", count=len(entries), most=MOST_ENTRIES)
            return _each(archive, entries, folder)
    except (zipfile.BadZipFile, OSError, ValueError, OverflowError, NotImplementedError) as error:
        raise Refused("zip-broken") from error


def _each(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path) -> list[dict[str, Any]]:
    found, left = [], MOST_BYTES
    for number, entry in enumerate(entries):
        written = f"entry-{number}"
        refused = _refused(entry) or _written(archive, entry, folder / written, min(MOST_BYTES_OF_ONE, left))
        if refused:
            (folder / written).unlink(missing_ok=True)
        else:
            left -= (folder / written).stat().st_size
        found.append({"name": _name(entry), "file": "" if refused else written, "wrong": refused})
    return found


def _refused(entry: zipfile.ZipInfo) -> str:
    path = PurePosixPath(entry.filename.lower())
    if "__macosx" in path.parts or path.name in _LEFT_BY_SYSTEMS or path.name.startswith("._"):
        return "entry-of-system"
    if entry.flag_bits & _LOCKED:
        return "entry-locked"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "entry-link"
    if path.suffix in _ZIPS:
        return "entry-zip"
    return "entry-empty" if not entry.file_size else ""


def _written(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, most: int) -> str:
    """What an entry says of its size is not believed: its bytes are counted as they come."""
    size = 0
    try:
        with archive.open(entry) as packed, place.open("wb") as out:
            while piece := packed.read(_PIECE):
                size += len(piece)
                if size > most:
                    return "entry-too-large" if most == MOST_BYTES_OF_ONE else "entry-no-room"
                out.write(piece)
    except _BROKEN:
        return "entry-broken"
    return "" if size else "entry-empty"


def _name(entry: zipfile.ZipInfo) -> str:
    """Names that are UTF-8 without saying so are common; zipfile takes them for letters of an old code page."""
    if entry.flag_bits & _IS_UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
