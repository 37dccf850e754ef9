"""The files of a case: all of them encrypted, with a key of the case's own.

Erasing the key erases the case: what lies in the folder, and in every copy of it, can then be read by nobody.
"""

import datetime as dt
import shutil
import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Self

from django.conf import settings
from django.db import transaction

from caseapp.cases.models import CaseKey
from caseapp.core.keyring import KeyRing, Wrapped
from caseapp.core.storage import Blob, FileAltered, remove_incoming
from caseapp.core.vault import Vault, new_key


def key_ring() -> KeyRing:
    return KeyRing(Path(settings.CASE_KEYS_FILE or Path(settings.DATA_DIR) / "case_keys"))


def files_of(case_id: uuid.UUID) -> "CaseFiles":
    return CaseFiles(case_id)


class CaseFiles:
    """The verbs of `core.storage`. Reading raises FileAltered, and KeyLost, which is one, where the key is gone.

    `keys` are the rows of CaseKey, as a migration sees them at its time.
    """

    def __init__(self, case_id: uuid.UUID, keys: Any = None) -> None:
        self.case_id = case_id
        self._keys = CaseKey.objects if keys is None else keys

    @classmethod
    def of_new_case(cls) -> Self:
        """For a case that has no row yet: its id is made here. `begin` writes the key down after that row."""
        files = cls(uuid.uuid4())
        files._key = files._new_key()
        return files

    def begin(self) -> None:
        """Give the case its key, unless it has one. Whoever makes a case calls it; for older ones the first file."""
        if self._key is None:
            key = self._new_key()
            with transaction.atomic():
                self._key, _is_new = self._keys.get_or_create(
                    case_id=self.case_id, defaults={"wrapped": key.wrapped, "wrapped_by": key.wrapped_by}
                )
        elif self._key._state.adding:
            self._key.save(force_insert=True)

    def put_bytes(self, data: bytes) -> Blob:
        return self._to_write.put_bytes(data)

    def put_file(self, path: Path) -> Blob:
        return self._to_write.put_file(path)

    def put(self, chunks: Iterable[bytes]) -> Blob:
        return self._to_write.put(chunks)

    def has(self, sha256: str) -> bool:
        return self._key is not None and self._vault.has(sha256)

    def is_whole(self, sha256: str) -> bool:
        return self._key is not None and self._vault.is_whole(sha256)

    def open_whole(self, sha256: str) -> BinaryIO:
        return self._to_read(sha256).open_whole(sha256)

    def read_bytes(self, sha256: str) -> bytes:
        return self._to_read(sha256).read_bytes(sha256)

    def copy_out(self, sha256: str, place: Path) -> None:
        self._to_read(sha256).copy_out(sha256, place)

    def lay_out(self, sha256: str, place: Path) -> None:
        """A copy for the room of a sandbox."""
        self._to_read(sha256).lay_out(sha256, place)

    def every_name(self) -> Iterator[str]:
        """The SHA-256 of every file that is there, as each says itself; `is_whole` then tells whether it is true."""
        return iter(()) if self._key is None else self._vault.every_name()

    def erase(self) -> None:
        """Forget the key, and remove the folder once that is certain: until then a change of mind loses nothing."""
        self._keys.filter(case_id=self.case_id).delete()
        self._key = None
        transaction.on_commit(self._remove_folder)

    def _remove_folder(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)

    @property
    def folder(self) -> Path:
        return _folders() / str(self.case_id)

    @cached_property
    def _key(self) -> Any:
        return self._keys.filter(case_id=self.case_id).first()

    def _new_key(self) -> Any:
        ring = key_ring()
        # Where cases have keys already, a file that is gone must be restored, and never made anew.
        if not self._keys.exists():
            ring.make()
        wrapped = ring.wrap(new_key(), of=self.case_id.bytes)
        return self._keys.model(case_id=self.case_id, wrapped=wrapped.data, wrapped_by=wrapped.by)

    @cached_property
    def _vault(self) -> Vault:
        wrapped = Wrapped(self._key.wrapped_by, bytes(self._key.wrapped))
        return Vault(self.folder, key_ring().unwrap(wrapped, of=self.case_id.bytes))

    @property
    def _to_write(self) -> Vault:
        if self._key is None:
            self.begin()
        return self._vault

    def _to_read(self, sha256: str) -> Vault:
        if self._key is None:
            raise FileAltered(sha256)
        return self._vault


def turn_keys() -> int:
    """Wrap the key of every case with a new key of the key file. The earlier keys stay in it, for older backups.

    Each case by itself, so that whoever was stopped in the middle can begin again. Returns how many those were.
    """
    ring, turned = key_ring(), 0
    if not CaseKey.objects.exists():
        ring.make()
    newest = ring.add()
    for key in CaseKey.objects.exclude(wrapped_by=newest).iterator():
        turned += _wrap_anew(key, ring)
    return turned


def _wrap_anew(key: CaseKey, ring: KeyRing) -> bool:
    of = key.case_id.bytes
    opened = ring.unwrap(Wrapped(key.wrapped_by, bytes(key.wrapped)), of=of)
    wrapped = ring.wrap(opened, of=of)
    rows = CaseKey.objects.filter(pk=key.pk, wrapped_by=key.wrapped_by)
    return bool(rows.update(wrapped=wrapped.data, wrapped_by=wrapped.by))


def forget_unused_keys() -> None:
    """Take out of the key file what wraps no key any more: older backups of the database can then not be opened."""
    used = set(CaseKey.objects.values_list("wrapped_by", flat=True))
    ring = key_ring()
    ring.keep_only({*used, ring.newest})


def remove_abandoned(now: dt.datetime) -> int:
    """Remove what killed processes left half-written. Returns how many files that were."""
    return sum(remove_incoming(folder, now) for folder in _folders().glob("*"))


def _folders() -> Path:
    return Path(settings.DATA_DIR) / "cases"
