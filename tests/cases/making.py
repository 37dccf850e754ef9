"""A client's papers, read where the test runs."""

import io
from pathlib import Path

from PIL import Image

from caseapp.accounts.models import User
from caseapp.cases.files import CaseFiles
from caseapp.cases.models import Case, Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import DocumentDetails, add_document
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
    read_document(document.pk)
    document.refresh_from_db()
    return document


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
