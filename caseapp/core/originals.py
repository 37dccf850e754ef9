"""Handing out the very bytes that somebody gave."""

from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

_KIND = "application/octet-stream"


def as_given(content: bytes | BinaryIO, name: str) -> HttpResponseBase:
    """A file to keep: never shown by the browser, whatever is in it."""
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    if isinstance(content, bytes):
        headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return HttpResponse(content, content_type=_KIND, headers=headers)
    return FileResponse(content, as_attachment=True, filename=name, content_type=_KIND, headers=headers)
