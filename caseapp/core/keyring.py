"""The file of keys that wrap the keys of cases: one key a line, its id first; the last one wraps what is new.

It lies outside the database, so that neither a copy of the database nor one of the files can be read without it.
"""

import base64
import contextlib
import os
import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from caseapp.core.storage import FileAltered, sync_folder
from caseapp.core.vault import KEY_BYTES, new_key

_NONCE = 12


class KeyLost(FileAltered):
    """The key file is gone or unreadable, or does not hold the key that is needed. No file of the case can be read."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            _(
                "The files of this case are locked, and the key that opens them is not in the office’s key file. "
                "Nothing was lost. Ask your administrator to restore the key file from its backup."
            ),
        )
        self.sha256 = ""


@dataclass(frozen=True)
class Wrapped:
    """A key that was encrypted with another; `by` is the id of that one."""

    by: str
    data: bytes


class KeyRing:
    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """A file with one key, unless there is a file. Of two who make one at once, one is heard."""
        if not self.path.exists():
            self._write([_new_line()], is_first=True)

    def add(self) -> str:
        """A new key, with which everything is wrapped from now on. The id it has."""
        line = _new_line()
        self._write([*self._lines(), line])
        return line.partition(" ")[0]

    def keep_only(self, ids: Collection[str]) -> None:
        self._write([line for line in self._lines() if line.partition(" ")[0] in ids])

    @property
    def newest(self) -> str:
        return list(self._keys())[-1]

    def wrap(self, key: bytes, *, of: bytes) -> Wrapped:
        """`of` says whose key it is: it can be unwrapped for nobody else."""
        keys, nonce = self._keys(), os.urandom(_NONCE)
        by = list(keys)[-1]
        return Wrapped(by, nonce + AESGCM(keys[by]).encrypt(nonce, key, of))

    def unwrap(self, wrapped: Wrapped, *, of: bytes) -> bytes:
        """Raises KeyLost."""
        try:
            key = AESGCM(self._keys()[wrapped.by])
            return key.decrypt(wrapped.data[:_NONCE], wrapped.data[_NONCE:], of)
        except (KeyError, InvalidTag, ValueError) as error:
            raise KeyLost from error

    def _keys(self) -> Mapping[str, bytes]:
        pairs = (line.partition(" ") for line in self._lines())
        try:
            keys = {identity: base64.b64decode(key, validate=True) for identity, _space, key in pairs}
        except ValueError as error:
            raise KeyLost from error
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise KeyLost
        return keys

    def _lines(self) -> list[str]:
        try:
            lines = self.path.read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KeyLost from error
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def _write(self, lines: list[str], *, is_first: bool = False) -> None:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(_HEAD + "".join(f"{line}\n" for line in lines))
                file.flush()
                os.fsync(file.fileno())
            if is_first:
                with contextlib.suppress(FileExistsError):
                    os.link(name, self.path)
            else:
                os.replace(name, self.path)
            sync_folder(self.path.parent)
        finally:
            Path(name).unlink(missing_ok=True)


_HEAD = """\
# The keys of this installation's cases. Without this file no file of any case can be read, and nobody can help.
# Keep a copy apart from the backups of the database and of the files. Change it with `manage.py turn_case_keys`.
"""


def _new_line() -> str:
    return f"{secrets.token_hex(8)} {base64.b64encode(new_key()).decode()}"
