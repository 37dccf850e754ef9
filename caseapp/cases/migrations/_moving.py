"""How the migrations of cases and packets move files from the common store into the files of their case."""

import contextlib
from collections.abc import Iterable

from caseapp.cases.files import CaseFiles
from caseapp.core import storage
from caseapp.core.storage import CHUNK, FileAltered


def take_in(files: CaseFiles, names: Iterable[str]) -> None:
    """A copy of each; what is there already is not written again. What is damaged stays where it is, for a backup to
    mend it."""
    for sha256 in names:
        if not sha256 or files.is_whole(sha256):
            continue
        with contextlib.suppress(FileAltered), storage.open_whole(sha256) as file:
            files.put(iter(lambda: file.read(CHUNK), b""))  # noqa: B023 — read to its end right here


def remove_plain(names: Iterable[str], still_used: set[str]) -> None:
    for sha256 in names:
        if sha256 and sha256 not in still_used and storage.is_whole(sha256):
            storage.path_of(sha256).unlink()
