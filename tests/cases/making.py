"""A client's papers, read where the test runs."""

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PIL import Image

from caseapp.accounts.models import User
from caseapp.cases.files import CaseFiles
from caseapp.cases.models import Case, Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import DocumentDetails, add_document
from caseapp.core import sandbox
from tests.packets.making import REQUESTED_AT


def make_document(
    case: Case, data: bytes = b"I left in spring.", *, name: str = "declaration.txt", by: User | None = None, **details
) -> Document:
    """A document that a worker has read already."""
    document = add_document(
        by=by,
        case=case,
        details=DocumentDetails(**{"title": "Declaration", "kind": "declaration"} | details),
        original=[data],
        name=name,
        now=REQUESTED_AT,
        hand_over=False,
    )
    with children_asked_once():
        read_document(document.pk)
    document.refresh_from_db()
    return document


_ask_a_child = sandbox.run
_answers: dict[str, tuple[str, dict[str, bytes]]] = {}


@contextmanager
def children_asked_once() -> Iterator[None]:
    """What a child said and made of the same files is kept for all tests of this process. Tests of reading itself ask
    anew, and so does whoever puts something in the place of the child."""
    if sandbox.run is _ask_a_child:
        with patch.object(sandbox, "run", _asked_once):
            yield
    else:
        yield


def _asked_once(
    function: str, *, folder: Path, arguments: dict[str, Any] | None = None, limits: sandbox.Limits | None = None
) -> Any:
    given = _files_in(folder)
    asked = repr((function, sorted((arguments or {}).items()), limits, sorted(given.items())))
    key = hashlib.sha256(asked.encode()).hexdigest()
    if key not in _answers:
        said = json.dumps(_ask_a_child(function, folder=folder, arguments=arguments, limits=limits))
        made = {name: data for name, data in _files_in(folder).items() if given.get(name) != data}
        _answers[key] = said, made
    said, made = _answers[key]
    for name, data in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return json.loads(said)


def _files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def place_of(files: CaseFiles, sha256: str) -> Path:
    """Where one of the case's files lies on the disk."""
    return files._vault._place_of(sha256)


def lose(files: CaseFiles, sha256: str) -> None:
    place_of(files, sha256).unlink()


def damage(files: CaseFiles, sha256: str) -> None:
    """One bit of it falls over."""
    place = place_of(files, sha256)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.chmod(0o600)
    place.write_bytes(data)


def photograph(frames: int = 1) -> bytes:
    """A picture; with several frames a person must decide, because one alone can be printed."""
    out = io.BytesIO()
    pictures = [Image.new("RGB", (40, 30), (40 * number, 90, 160)) for number in range(frames)]
    pictures[0].save(out, "PNG", save_all=frames > 1, append_images=pictures[1:])
    return out.getvalue()
