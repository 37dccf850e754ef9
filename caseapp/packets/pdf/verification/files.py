"""The files themselves: there, under their names, the ones that were described, and within the forum's limit."""

from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from caseapp.packets.pdf.verification.failure import Failure

_MB = 1_000_000


def names(facts: Mapping[str, Any], paths: Mapping[str, Path]) -> Iterator[Failure]:
    told = [row["file"] for row in facts["volumes"]]
    for name in told:
        if Path(name).name != name or name.startswith("."):
            yield Failure("file", "file-name", None, {"name": name})
        elif name not in paths:
            yield Failure("file", "file-missing", None, {"name": name})
    for name in sorted(paths.keys() - set(told)):
        yield Failure("file", "file-surplus", None, {"name": name})


def file(facts: Mapping[str, Any], row: Mapping[str, Any], path: Path) -> Iterator[Failure]:
    with path.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    size = path.stat().st_size
    if size != row["bytes"] or digest != row["sha256"]:
        yield Failure("file", "file-other", None, {"name": row["file"]})
    limit = facts["forum"].get("volume_bytes_limit")
    if limit is not None and size > limit:
        params = {"name": row["file"], "size": f"{size / _MB:.1f}", "limit": f"{limit / _MB:g}"}
        yield Failure("size", "file-large", None, params)
