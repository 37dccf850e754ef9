"""Files kept by the SHA-256 of their bytes: written once, never changed.

A file is written beside its final place, flushed to the disk, and moved there in one step, so a crash leaves
either the whole file or none. The same bytes are stored once.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 1 << 20


class FileAltered(Exception):
    """A stored file is missing, or its bytes no longer match its name."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"The stored file {sha256} is missing or was altered. Restore it from a backup.")
        self.sha256 = sha256


@dataclass(frozen=True)
class Blob:
    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / "files" / sha256[:2] / sha256[2:]


def put_bytes(data: bytes) -> Blob:
    return put([data])


def put(chunks: Iterable[bytes]) -> Blob:
    """Store the bytes that `chunks` give, in order."""
    root = Path(settings.DATA_DIR) / "files"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix="incoming-")
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
        _move_into_place(Path(name), path_of(blob.sha256))
    finally:
        Path(name).unlink(missing_ok=True)
    return blob


def _move_into_place(incoming: Path, place: Path) -> None:
    if place.exists():
        return
    place.parent.mkdir(mode=0o700, exist_ok=True)
    os.replace(incoming, place)
    _sync_folder(place.parent)
    _sync_folder(place.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_file(sha256: str) -> BinaryIO:
    """The stored file, for reading. Raises FileAltered where it is gone."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise FileAltered(sha256) from error


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
        with open_file(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileAltered:
        return False
