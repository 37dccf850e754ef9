"""How much of an upload is taken in."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedFileUpload(TemporaryFileUploadHandler):
    """Keeps nothing of a file that is longer than `MAX_UPLOAD_BYTES`, so that none can fill the disk.

    Such a file arrives in the form empty but with its true size, by which the form refuses it in words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.MAX_UPLOAD_BYTES:
            super().receive_data_chunk(raw_data, start)
        else:
            self.file.close()  # which also deletes it

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= settings.MAX_UPLOAD_BYTES:
            return super().file_complete(file_size)
        return UploadedFile(
            file=BytesIO(), name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset
        )
