"""A capture of a source, written once and never changed, and what its arrival sets going."""

import datetime as dt
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from caseapp.accounts.models import User
from caseapp.core.storage import Blob
from caseapp.library.keeping.arrivals import compare_with_all
from caseapp.library.keeping.contents import Contents
from caseapp.library.keeping.rechecking import look_for_all
from caseapp.library.keeping.searching import refresh_search, refresh_text
from caseapp.library.models import Capture, Method, Source

LONGEST_NAME = 150


def keep_capture(
    source: Source,
    contents: Contents,
    original: Blob,
    *,
    by: User | None,
    name: str,
    method: Method,
    at: dt.datetime,
    number: int = 1,
    response: dict[str, Any] | None = None,
) -> Capture:
    """The capture `number` of the source, with the stored original it was read from. Called inside a transaction."""
    capture: Capture = source.captures.create(
        number=number,
        method=method,
        captured_by=by,
        captured_at=at,
        original_sha256=original.sha256,
        original_size=original.size,
        original_name=safe_name(name),
        response=response or {},
        **contents.fields(),
    )
    compare_with_all(capture, now=at)
    refresh_search(sources=[source])
    refresh_text(source)
    if number > 1:
        source.newest = number
        source.save(update_fields=["newest"])
        look_for_all(capture, now=at)
    return capture


def safe_name(name: str) -> str:
    """A file's name without folders, control or direction characters, composed, short, its ending kept."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    path = PurePosixPath(visible)
    return path.stem[: LONGEST_NAME - len(path.suffix[:20])] + path.suffix[:20]
