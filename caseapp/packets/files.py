"""What a build is made of and what it became: files of its case, and what the library keeps for everybody."""

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

from caseapp.cases.files import CaseFiles, files_of
from caseapp.core import storage
from caseapp.packets.manifest import Manifest
from caseapp.packets.models import Build


def files_of_build(build: Build) -> CaseFiles:
    return files_of(build.packet.case_id)


def frozen_of(build: Build) -> dict[str, Any]:
    """The manifest as it was frozen, in plain values. Raises FileAltered."""
    frozen: dict[str, Any] = json.loads(files_of_build(build).read_bytes(build.manifest_sha256))
    return frozen


def manifest_of(build: Build) -> Manifest:
    """What the build is made from. Raises FileAltered and ManifestBroken."""
    return Manifest.from_dict(frozen_of(build))


def published_of(build: Build) -> dict[str, Any]:
    """What a finished build says of itself. Raises FileAltered."""
    published: dict[str, Any] = json.loads(files_of_build(build).read_bytes(build.published_sha256))
    return published


class FilesInReach:
    """What a packet of the case may hold: papers of the case, and captures of the library."""

    def __init__(self, case_id: uuid.UUID) -> None:
        self._own = files_of(case_id)

    def lay_out(self, sha256: str, place: Path) -> None:
        """A copy for the room of a sandbox. Raises FileAltered."""
        if self._own.has(sha256):
            self._own.lay_out(sha256, place)
        else:
            with storage.open_whole(sha256) as file, place.open("xb") as copy:
                shutil.copyfileobj(file, copy)

    def copy_out(self, sha256: str, place: Path) -> None:
        """A copy for whoever takes it away. Raises FileAltered."""
        (self._own if self._own.has(sha256) else storage).copy_out(sha256, place)
