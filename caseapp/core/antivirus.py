"""Uploads are shown to a virus scanner (clamd) while they arrive, where the office has one: CLAMAV names its socket.

What it does not call clean is refused, also where it cannot be asked: whoever set up a scanner relies on it.
"""

import contextlib
import socket
import struct
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

_SECONDS = 60
_CLEAN = b"stream: OK"
_INFECTED = b" FOUND"


class FileNotClean(SuspiciousOperation):
    """Stops the request before any of it is taken in."""


def infected() -> FileNotClean:
    return FileNotClean(
        _("The virus scanner of this office found something in a file, and nothing was taken in. Ask whoever sent it.")
    )


def not_scanned() -> FileNotClean:
    return FileNotClean(
        _(
            "The virus scanner of this office could not look through a file, so nothing was taken in. Try again in a "
            "while; if it happens again, ask your administrator to look after the scanner."
        )
    )


class ScannedUpload(FileUploadHandler):
    """Passes on what it is given, and stops at the end of a file that is not clean."""

    scanner: socket.socket | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if settings.CLAMAV:
            self.scanner = _connected(settings.CLAMAV)
            self._send(b"zINSTREAM\0")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._send(struct.pack("!I", len(raw_data)) + raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.scanner is None:
            return None
        self._send(struct.pack("!I", 0))
        with self.scanner as scanner:
            said = _answer(scanner)
        self.scanner = None
        if said == _CLEAN:
            return None
        raise infected() if said.endswith(_INFECTED) else not_scanned()

    def upload_interrupted(self) -> None:
        if self.scanner is not None:
            self.scanner.close()

    def _send(self, data: bytes) -> None:
        if self.scanner is not None:
            # A scanner that has seen enough shuts the line; what it says of the file is read at the end.
            with contextlib.suppress(OSError):
                self.scanner.sendall(data)


def _connected(place: str) -> socket.socket:
    host, _colon, port = place.rpartition(":")
    try:
        return socket.create_connection((host, int(port)), timeout=_SECONDS) if host else _connected_to_file(place)
    except (OSError, ValueError) as error:
        raise not_scanned() from error


def _connected_to_file(path: str) -> socket.socket:
    scanner = socket.socket(socket.AF_UNIX)
    try:
        scanner.settimeout(_SECONDS)
        scanner.connect(path)
    except OSError:
        scanner.close()
        raise
    return scanner


def _answer(scanner: socket.socket) -> bytes:
    said = b""
    try:
        while len(said) < 1_000 and not said.endswith(b"\0"):
            piece = scanner.recv(1_000)
            if not piece:
                break
            said += piece
    except OSError:
        return b""
    return said.rstrip(b"\0\n")
