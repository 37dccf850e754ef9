"""What a child is asked: the packet in a folder against the manifest beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseapp.packets.pdf.verification.packet import verify_packet

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class _File:
    file_name: str
    path: Path


def failures_in(folder: Path, *, files: list[str]) -> list[dict[str, Any]]:
    """`files` are the names of the volumes. Facts, since the reader's language is known to the parent only."""
    published = (folder / MANIFEST).read_bytes()
    volumes = [_File(name, folder / name) for name in files]
    return [failure.to_dict() for failure in verify_packet(published, volumes)]
