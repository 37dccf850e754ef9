"""Every volume against the manifest, check by check."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pypdfium2

from caseapp.packets.pdf.published import read_published
from caseapp.packets.pdf.verification import bookmarks, files, index, links, objects, parts, quotations, stamps
from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.volume import Volume

_CHECKS = (
    parts.plan,
    objects.properties,
    stamps.stamps,
    stamps.labels,
    parts.shown,
    parts.files,
    parts.annotations,
    quotations.cited,
    quotations.listed,
    index.headings,
    index.entries,
    index.exhibits,
    links.links,
    links.cited_pages,
    bookmarks.bookmarks,
    objects.nothing_active,
)


class VolumeFile(Protocol):
    @property
    def file_name(self) -> str: ...

    @property
    def path(self) -> Path: ...


def verify_packet(published: bytes, volumes: Iterable[VolumeFile]) -> tuple[Failure, ...]:
    """Every disagreement between the published manifest and the files. Raises `NotAManifest`."""
    facts = read_published(published)
    paths = {volume.file_name: volume.path for volume in volumes}
    divided = parts.Divided(facts)
    failures = list(files.names(facts, paths))
    for row in facts["volumes"]:
        if row["file"] in paths:
            failures += _of_volume(facts, row, paths[row["file"]], divided)
    return (*failures, *divided.failures())


def _of_volume(facts: Mapping[str, Any], row: Mapping[str, Any], path: Path, divided: parts.Divided) -> list[Failure]:
    failures = list(files.file(facts, row, path))
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return [*failures, Failure("file", "file-closed", None, {"name": row["file"]})]
    volume = Volume(facts, row, pdf)
    try:
        if volume.page_count != row["pages"]:
            # Every other check counts on the plan, so one sentence says it all.
            found = volume.failure("page-count", "page-count", found=volume.page_count, planned=row["pages"])
            return [*failures, found]
        failures += objects.objects(volume, path)
        for check in _CHECKS:
            failures += check(volume)
        divided.read(volume)
    finally:
        volume.close()
        pdf.close()
    return failures
