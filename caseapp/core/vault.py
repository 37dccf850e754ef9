"""Files that nobody can read without a key: the same verbs as `storage`, for one folder and its key.

A file is named by the SHA-256 of its bytes, and lies under a name that only the holder of the key can work out: the
folder tells nobody whether some known file is in it. What was decrypted leaves only after its tag and its hash held.

On the disk: FORMAT, then a nonce, the encrypted bytes and their tag, and last, sealed apart, the file's name, which is
bound to that tag. The bytes come before the name because a file that is still arriving has none yet.
"""

import hashlib
import hmac
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from caseapp.core.storage import CHUNK, INCOMING, Blob, FileAltered, sync_folder, write_whole

KEY_BYTES = 32
FORMAT = b"caseapp file 1\n"
_NONCE, _TAG, _NAME = 12, 16, 32
_HEAD = len(FORMAT) + _NONCE
_FOOT = _TAG + _NONCE + _NAME + _TAG


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


class Vault:
    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._contents = _derived(key, b"contents")
        self._names = AESGCM(_derived(key, b"names"))
        self._places = _derived(key, b"places")

    def put_bytes(self, data: bytes) -> Blob:
        return self.put([data])

    def put_file(self, path: Path) -> Blob:
        """Keep a copy of a file, read piece by piece."""
        with path.open("rb") as file:
            return self.put(iter(lambda: file.read(CHUNK), b""))

    def put(self, chunks: Iterable[bytes]) -> Blob:
        """Keep the bytes that `chunks` give, in order: flushed to the disk, and moved into place in one step."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, incoming = tempfile.mkstemp(dir=self.folder, prefix=INCOMING)
        try:
            with os.fdopen(descriptor, "wb") as file:
                blob = self._write(file, chunks)
                file.flush()
                os.fsync(file.fileno())
                os.fchmod(file.fileno(), 0o400)
            self._move_into_place(Path(incoming), blob.sha256)
        finally:
            Path(incoming).unlink(missing_ok=True)
        return blob

    def _write(self, file: IO[bytes], chunks: Iterable[bytes]) -> Blob:
        digest, size, nonce = hashlib.sha256(), 0, os.urandom(_NONCE)
        encryptor = Cipher(AES256(self._contents), GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(FORMAT)
        file.write(FORMAT + nonce)
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(encryptor.update(chunk))
        file.write(encryptor.finalize())
        name_nonce = os.urandom(_NONCE)
        name = self._names.encrypt(name_nonce, digest.digest(), encryptor.tag)
        file.write(encryptor.tag + name_nonce + name)
        return Blob(digest.hexdigest(), size)

    def _move_into_place(self, incoming: Path, sha256: str) -> None:
        # A file that was damaged is mended by the next arrival of the same bytes.
        if self.is_whole(sha256):
            return
        place = self._place_of(sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(incoming, place)
        sync_folder(place.parent)
        sync_folder(self.folder)

    def _place_of(self, sha256: str) -> Path:
        name = hmac.digest(self._places, sha256.encode(), "sha256").hex()
        return self.folder / name[:2] / name[2:]

    def has(self, sha256: str) -> bool:
        """Whether a file of that name is there, whatever became of its bytes."""
        return self._place_of(sha256).exists()

    def open_whole(self, sha256: str) -> BinaryIO:
        """The file, for reading, after it was checked: a copy without a name, gone when it is closed."""
        file = tempfile.TemporaryFile(dir=self.folder if self.folder.is_dir() else None)  # noqa: SIM115 — handed out
        try:
            for chunk in self._chunks(sha256):
                file.write(chunk)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def read_bytes(self, sha256: str) -> bytes:
        out = io.BytesIO()
        for chunk in self._chunks(sha256):
            out.write(chunk)
        return out.getvalue()

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and still has the bytes it was kept with."""
        try:
            for _chunk in self._chunks(sha256):
                pass
        except FileAltered:
            return False
        return True

    def copy_out(self, sha256: str, place: Path) -> None:
        """Write the file to `place`, outside, in one step: whole, or not at all."""
        write_whole(place, self._chunks(sha256))

    def lay_out(self, sha256: str, place: Path) -> None:
        """Put a copy into a room that is swept: not flushed to the disk, and taken back where it is not whole."""
        try:
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in self._chunks(sha256):
                    file.write(chunk)
        except BaseException:
            place.unlink(missing_ok=True)
            raise

    def _chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file. Until this ends without FileAltered, nothing that it gave may be handed on."""
        try:
            file = self._place_of(sha256).open("rb")
        except FileNotFoundError as error:
            raise FileAltered(sha256) from error
        with file:
            try:
                yield from self._decrypted(file, sha256)
            except (InvalidTag, _NotOurs) as error:
                raise FileAltered(sha256) from error

    def _decrypted(self, file: BinaryIO, sha256: str) -> Iterator[bytes]:
        length, tag, name = self._foot(file)
        file.seek(0)
        head = file.read(_HEAD)
        if name != sha256 or not head.startswith(FORMAT):
            raise _NotOurs
        decryptor = Cipher(AES256(self._contents), GCM(head[len(FORMAT) :], tag)).decryptor()
        decryptor.authenticate_additional_data(FORMAT)
        digest = hashlib.sha256()
        while length:
            chunk = decryptor.update(file.read(min(CHUNK, length)))
            if not chunk:
                raise _NotOurs
            length -= len(chunk)
            digest.update(chunk)
            yield chunk
        decryptor.finalize()
        if digest.hexdigest() != sha256:
            raise _NotOurs

    def _foot(self, file: BinaryIO) -> tuple[int, bytes, str]:
        """How many bytes there are, their tag, and the name that is sealed beside it."""
        length = file.seek(0, os.SEEK_END) - _HEAD - _FOOT
        if length < 0:
            raise _NotOurs
        file.seek(_HEAD + length)
        foot = file.read(_FOOT)
        tag, nonce, sealed = foot[:_TAG], foot[_TAG : _TAG + _NONCE], foot[_TAG + _NONCE :]
        return length, tag, self._names.decrypt(nonce, sealed, tag).hex()

    def every_name(self) -> Iterator[str]:
        """The names of all files in the folder. One that tells none any more goes by the name it lies under: of that
        one `is_whole` is false too."""
        for place in sorted(self.folder.glob("??/*")):
            try:
                with place.open("rb") as file:
                    yield self._foot(file)[2]
            except (InvalidTag, _NotOurs):
                yield place.parent.name + place.name


class _NotOurs(Exception):
    """The file is not one that this vault wrote under that name."""


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(SHA256(), KEY_BYTES, b"caseapp vault " + purpose).derive(key)
