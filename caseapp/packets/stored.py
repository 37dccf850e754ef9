"""Whether every stored file is what its name says, and whether every row finds the file that it points at.

It stands here because rows of every part of the program point at files.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import chain, groupby
from operator import itemgetter

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from caseapp.audit import inspecting
from caseapp.audit.models import Inspected, Inspection
from caseapp.cases.files import CaseFiles, files_of
from caseapp.cases.models import Case
from caseapp.cases.stored import files_pointed_at as of_cases
from caseapp.cases.stored import pointed_at
from caseapp.core import storage
from caseapp.core.keyring import KeyLost
from caseapp.library.stored import files_pointed_at
from caseapp.packets.models import Build, BuildPart, Volume, VolumePicture

MOST_NAMED = 100
_FIELDS = (
    (Build, "manifest_sha256", "packet__case"),
    (Build, "published_sha256", "packet__case"),
    (Build, "index_sha256", "packet__case"),
    (BuildPart, "sha256", "build__packet__case"),
    (Volume, "sha256", "build__packet__case"),
    (VolumePicture, "sha256", "volume__build__packet__case"),
)


class Harm(TextChoices):
    ALTERED = "altered", _("The stored file %(file)s is not what was stored under this name.")
    MISSING = "missing", _("The file %(file)s is gone, at which %(column)s %(row)s points.")


@dataclass(frozen=True)
class FileFinding:
    """In ids alone: the SHA-256 of the file, the column that points at it, and the id of its row."""

    harm: str
    file: str
    column: str = ""
    row: str = ""

    def __str__(self) -> str:
        return Harm(self.harm).label % {"file": self.file, "column": self.column, "row": self.row}


def inspect_files(*, now: dt.datetime) -> Inspection:
    """Read every stored file and look up every row that points at one, and keep what was found."""
    inspection = inspecting.begin(Inspected.FILES, now=now)
    for finding in _look():
        if finding is None:
            inspection.looked_at += 1
            continue
        inspection.found += 1
        if len(inspection.findings) < MOST_NAMED:
            inspection.findings.append(list(astuple(finding)))
    inspecting.end(inspection)
    return inspection


def _look() -> Iterator[FileFinding | None]:
    """What is wrong, and None for each file that was read."""
    for sha256 in storage.every_name():
        yield None
        if not storage.is_whole(sha256):
            yield FileFinding(Harm.ALTERED.value, sha256)
    for column, pk, sha256 in files_pointed_at():
        if not storage.path_of(sha256).exists():
            yield FileFinding(Harm.MISSING.value, sha256, column, str(pk))
    yield from _look_into_cases()


def _look_into_cases() -> Iterator[FileFinding | None]:
    """The same for the files of cases, which their keys open. Where the key file is gone, none of them is there."""
    for case_id in Case.objects.order_by("pk").values_list("pk", flat=True):
        files = files_of(case_id)
        with contextlib.suppress(KeyLost):
            for name in files.every_name():
                yield None
                if not files.is_whole(name):
                    yield FileFinding(Harm.ALTERED.value, name)
    for case_id, rows in groupby(chain(of_cases(), pointed_at(_FIELDS)), key=itemgetter(2)):
        files = files_of(case_id)
        for column, pk, _case_id, sha256 in rows:
            if not _is_there(files, sha256):
                yield FileFinding(Harm.MISSING.value, sha256, column, str(pk))


def _is_there(files: CaseFiles, sha256: str) -> bool:
    try:
        return files.has(sha256)
    except KeyLost:
        return False
