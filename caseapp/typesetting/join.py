"""PDF files put one after another, with the same bytes every time."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Pdf


def joined(files: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, and nothing else of theirs: no names, outlines or metadata."""
    with Pdf.new() as whole:
        for file in files:
            with Pdf.open(BytesIO(file)) as part:
                whole.pages.extend(part.pages)
        return saved(whole)


def saved(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return target.getvalue()
