"""What encryption of a case's files costs: one large file in and out, beside the plain store.

    DATA_DIR=$(mktemp -d) python -m benchmarks.vault [MEGABYTES]

Each runs in a process of its own: the seconds, and the most memory it held. What a build spends on it follows from the
bytes that it writes and reads.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

MIB = 1 << 20


def _measure(kind: str, path: Path) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseapp.settings")
    django.setup()
    from caseapp.core import storage  # noqa: PLC0415
    from caseapp.core.vault import Vault, new_key  # noqa: PLC0415

    store = Vault(path.parent / "case", new_key()) if kind == "vault" else storage
    began = time.monotonic()
    blob = store.put_file(path)
    written = time.monotonic()
    with store.open_whole(blob.sha256) as file:
        while file.read(MIB):
            pass
    read = time.monotonic()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"put": round(written - began, 2), "open": round(read - written, 2), "peak_mb": round(peak)}


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
        return
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        for size in (1, megabytes):
            path = Path(folder) / f"{size}.bin"
            path.write_bytes(os.urandom(MIB))
            with path.open("ab") as file:
                for _ in range(size - 1):
                    file.write(os.urandom(MIB))
            for kind in ("storage", "vault"):
                run = [sys.executable, "-m", "benchmarks.vault", kind, str(path)]
                said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
                print(f"{size} MiB, {kind}: {said.strip()}")


if __name__ == "__main__":
    main()
