"""The finished packet, read back in a child process: its pages hold files that nobody vouches for."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from caseapp.core import sandbox
from caseapp.packets.pdf.publishing import VolumeFile
from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.folder import MANIFEST

# Beside the largest volume, which the readers look into wherever it lies, and once more where objects are unpacked.
_MEMORY = 1024 * sandbox.MIB
_SECONDS = 8 * 60


class CannotReadBack(Exception):
    """The child that reads the packet back gave no answer."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The finished packet could not be read back to the end, so it cannot be downloaded. One of its files "
                "may be damaged in a way that was not seen before. Leave out the exhibits that were added last, one "
                "by one, and build again."
            )
        )


def read_back(published: bytes, volumes: Iterable[VolumeFile], room: Path) -> tuple[Failure, ...]:
    """Every disagreement between the manifest and the volumes, which lie in `room`. Raises `CannotReadBack`."""
    (room / MANIFEST).write_bytes(published)
    files = [volume.file_name for volume in volumes]
    largest = max((room / name).stat().st_size for name in files)
    limits = sandbox.Limits(memory=_MEMORY + 2 * largest, cpu=_SECONDS, wall=_SECONDS + 30)
    try:
        found = sandbox.run(
            "caseapp.packets.pdf.verification.folder:failures_in",
            folder=room,
            arguments={"files": files},
            limits=limits,
        )
    except sandbox.ChildFailed as error:
        raise CannotReadBack from error
    return tuple(map(Failure.from_dict, found))
