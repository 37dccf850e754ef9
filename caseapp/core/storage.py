"""Files kept by the SHA-256 of their bytes: written once, never changed.

A file is written beside its final place, flushed to the disk, and moved there in one step, so a crash leaves
either the whole file or none. The same bytes are stored once.
"""

import datetime as dt
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

CHUNK = 1 << 20
INCOMING = "incoming-"
# Nothing takes this long to write: an incoming file as old as this was left behind by a process that was killed.
ABANDONED_AFTER = dt.timedelta(hours=1)


class FileAltered(Exception):
    """A stored file is missing, or its bytes no longer match its name."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            _(
                "The stored file %(sha256)s is missing or was altered. "
                "Ask your administrator to restore it from a backup."
            )
            % {"sha256": sha256}
        )
        self.sha256 = sha256


@dataclass(frozen=True)
class Blob:
    sha256: str
    size: int


class Store(Protocol):
    """Where files may be kept: this module, or the files of a case."""

    def put_bytes(self, data: bytes) -> Blob: ...

    def put_file(self, path: Path) -> Blob: ...


def _root() -> Path:
    return Path(settings.DATA_DIR) / "files"


def path_of(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256[2:]


def put_bytes(data: bytes) -> Blob:
    return put([data])


def put_file(path: Path) -> Blob:
    """Store a copy of a file, read piece by piece."""
    with path.open("rb") as file:
        return put(iter(lambda: file.read(CHUNK), b""))


def put(chunks: Iterable[bytes]) -> Blob:
    """Store the bytes that `chunks` give, in order."""
    root = _root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix=INCOMING)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o400)
        blob = Blob(digest.hexdigest(), size)
        _move_into_place(Path(name), blob)
    finally:
        Path(name).unlink(missing_ok=True)
    return blob


def _move_into_place(incoming: Path, blob: Blob) -> None:
    # A stored file that was damaged is mended by the next arrival of the same bytes.
    if is_whole(blob.sha256):
        return
    place = path_of(blob.sha256)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    os.replace(incoming, place)
    sync_folder(place.parent)
    sync_folder(place.parent.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_file(sha256: str) -> io.BufferedReader:
    """The stored file, for reading. Raises FileAltered where it is gone."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise FileAltered(sha256) from error


def open_whole(sha256: str) -> io.BufferedReader:
    """The stored file, for reading, after its bytes were checked against its name.

    What is handed out is the very file that was checked: it is not opened a second time.
    """
    file = open_file(sha256)
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise FileAltered(sha256)
    file.seek(0)
    return file


def read_bytes(sha256: str) -> bytes:
    """The stored bytes, checked against their name."""
    with open_file(sha256) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileAltered(sha256)
    return data


def is_whole(sha256: str) -> bool:
    """Whether the file is there and still has the bytes it was stored with."""
    try:
        open_whole(sha256).close()
    except FileAltered:
        return False
    return True


def whole_path(sha256: str) -> Path:
    """Where the stored file is, after its bytes were checked against its name. Nobody may write there."""
    open_whole(sha256).close()
    return path_of(sha256)


def every_name() -> Iterator[str]:
    """The SHA-256 by which each file that is there was stored."""
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        for path in folder.iterdir():
            yield f"{folder.name}{path.name}"


def copy_out(sha256: str, place: Path) -> None:
    """Write the stored file to `place`, outside the store, in one step: whole, or not at all."""
    with open_whole(sha256) as file:
        write_whole(place, iter(lambda: file.read(CHUNK), b""))


def write_whole(place: Path, chunks: Iterable[bytes]) -> None:
    """Write a file in one step, so that nobody ever finds half of it."""
    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, place)
        sync_folder(place.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def remove_abandoned(now: dt.datetime) -> int:
    """Remove what killed processes left half-written. Returns how many files that were."""
    return remove_incoming(_root(), now)


def remove_incoming(folder: Path, now: dt.datetime) -> int:
    return remove_older(folder.glob(f"{INCOMING}*"), now)


def remove_older(paths: Iterable[Path], now: dt.datetime) -> int:
    """Remove those that nobody can be writing any more."""
    removed = 0
    for path in paths:
        try:
            written_at = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
            if written_at < now - ABANDONED_AFTER:
                path.unlink()
                removed += 1
        except FileNotFoundError:  # its writer has just finished
            continue
    return removed
