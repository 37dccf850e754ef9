"""Where parts that show pages of a file are set: in a room of their own, by children that can reach nothing else."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseapp import intake
from caseapp.core import sandbox
from caseapp.packets.pdf.file_exhibits import CLEAN, PAGES, CannotWork

# Some pages hold large pictures.
_SECONDS, _SECONDS_A_PAGE = 60, 1


@dataclass(frozen=True)
class SandboxedRoom:
    """`lay_out` puts a copy of a stored file, by its hash, at a place; `folder` is a `sandbox.room()`."""

    lay_out: Callable[[str, Path], object]
    folder: Path

    def bring(self, sha256: str) -> None:
        clean, pages = self.folder / CLEAN, self.folder / PAGES
        self.lay_out(sha256, clean)
        shutil.copyfile(clean, pages)

    def mark(
        self, text: str, pages: Sequence[tuple[int, int, str]], passages: Sequence[intake.Passage]
    ) -> list[tuple[intake.Spot, ...]]:
        clean, marked = self.folder / CLEAN, self.folder / PAGES
        try:
            return intake.mark_passages(clean, text=text, pages=pages, passages=passages, out=marked)
        except intake.Unusable as error:
            raise CannotWork(str(error)) from error

    def bind(self, arguments: Mapping[str, Any], pages: int) -> dict[str, Any]:
        seconds = _SECONDS + pages * _SECONDS_A_PAGE
        limits = sandbox.Limits(cpu=seconds, wall=seconds + 30)
        try:
            told: dict[str, Any] = sandbox.run(
                "caseapp.packets.pdf.leaves:bind", folder=self.folder, arguments=arguments, limits=limits
            )
        except sandbox.ChildFailed as error:
            raise CannotWork(str(error)) from error
        return told
