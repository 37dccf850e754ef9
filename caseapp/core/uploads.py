"""How much of an upload is taken in, and how long what is not taken in yet may lie on the disk."""

import datetime as dt
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from caseapp.core.storage import remove_older


class NotKept(UploadedFile):
    """A file of which nothing was kept: it was too long, or more came with it than one request may bring.

    It is empty, but has its true size.
    """


class BoundedFileUpload(TemporaryFileUploadHandler):
    """Keeps nothing of a file that is longer than `MAX_UPLOAD_BYTES`, so that none can fill the disk, and nothing
    more once one request has brought `MAX_REQUEST_BYTES`.

    Such a file arrives in the form as `NotKept`, by which the form refuses it in words.
    """

    brought = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._fits(start + len(raw_data)):
            super().receive_data_chunk(raw_data, start)
        else:
            self.file.close()  # which also deletes it

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._fits(file_size):
            return NotKept(
                file=BytesIO(),
                name=self.file_name,
                content_type=self.content_type,
                size=file_size,
                charset=self.charset,
            )
        self.brought += file_size
        return super().file_complete(file_size)

    def _fits(self, size: int) -> bool:
        return size <= settings.MAX_UPLOAD_BYTES and self.brought + size <= settings.MAX_REQUEST_BYTES


def remove_abandoned(now: dt.datetime) -> int:
    """Remove the uploads of processes that were killed: a file as it came, which its request would have removed at its
    end. Returns how many files that were."""
    return remove_older(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"), now)
