"""Builds as an office has them: a database, stored files, and real worker processes around the embedded broker.

    python -m benchmarks.office make ROOM             an office with one packet of text exhibits
    python -m benchmarks.office build ROOM WORKERS    that packet, built anew by so many worker processes
    python -m benchmarks.office rebuild ROOM          built, one excerpt of one exhibit changed, and built again

Each prints what it saw as JSON in its last line. What workers cost is counted when they have ended.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import django

from benchmarks.pages import lines

ROOT = Path(__file__).resolve().parents[1]
EXHIBITS = 24
PARAGRAPHS = 130
_PATIENCE_SECONDS = 600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "build", "rebuild"])
    parser.add_argument("room", type=Path)
    parser.add_argument("workers", type=int, nargs="?", default=1)
    options = parser.parse_args()
    _set_up(options.room, options.workers)
    told = {"make": _make, "build": _build, "rebuild": _rebuild}[options.what](options)
    print(json.dumps(told))


def _set_up(room: Path, workers: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "caseapp.settings",
        "DATA_DIR": str(room.resolve()),
        "CELERY_BROKER_URL": "filesystem://localhost",
        "WORKER_PROCESSES": str(workers),
        "SECRET_KEY": "a key that only these measurements use, and long enough to pass the check of keys",
    }
    os.environ.pop("DATABASE_URL", None)
    room.mkdir(parents=True, exist_ok=True)
    django.setup()


def _make(options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command
    from django.utils import timezone

    from caseapp.cases.services.cases import CaseDetails, open_case
    from caseapp.cases.services.evidence import add_evidence
    from caseapp.packets.services.packets import add_exhibit, start_packet

    call_command("migrate", verbosity=0)
    random = Random("office")
    sources = [_source(random, number) for number in range(EXHIBITS)]
    excerpts = [_excerpt(source, number) for source in sources for number in range(3)]
    case = open_case(by=None, details=CaseDetails(reference="B-1", client_name="A. Client", forum="generic"), team=())
    add_evidence(by=None, case=case, excerpts=excerpts, why="Shows that the state does not protect.")
    packet = start_packet(by=None, case=case, title="Country conditions", forum="generic")
    for source in sources:
        add_exhibit(by=None, packet=packet, capture=source.capture)
    return {"packet": str(packet.pk), "exhibits": len(sources), "made": timezone.now().isoformat()}


def _source(random: Random, number: int) -> Any:
    from django.utils import timezone

    from caseapp.library.keeping.sources import SourceDetails, add_source
    from caseapp.library.models import Method

    text = "\n\n".join(f"{place}. {' '.join(lines(random, 5))}" for place in range(PARAGRAPHS))
    details = SourceDetails(title=f"Report number {number + 1}", publisher="The Example Herald")
    return add_source(
        by=None, details=details, original=text.encode(), name="report.txt", method=Method.IMPORTED, now=timezone.now()
    )


def _excerpt(source: Any, number: int) -> Any:
    from caseapp.library.models import Theme
    from caseapp.library.services.excerpts import quote_excerpt

    paragraphs = source.capture.text.split("\n\n")
    start = source.capture.text.index(paragraphs[20 + 30 * number])
    themes = list(Theme.objects.order_by("pk")[number : number + 1])
    return quote_excerpt(
        by=None, capture=source.capture, start=start, end=start + 200 + 60 * number, themes=themes, is_adverse=False
    )


def _build(options: argparse.Namespace) -> dict[str, Any]:
    """From the request to READY, with workers that are up already; nothing is left of earlier builds."""
    from caseapp.core.management.commands.up import worker_command

    _forget_builds()
    worker = subprocess.Popen(worker_command(), cwd=ROOT, start_new_session=True)
    try:
        _ready(_request(hand_over=True), within=_PATIENCE_SECONDS)  # the workers have imported all there is
        _forget_builds()
        before = _ticks(worker.pid)
        began = time.perf_counter()
        build = _ready(_request(hand_over=True), within=_PATIENCE_SECONDS)
        took = time.perf_counter() - began
        cpu = _ticks(worker.pid) - before
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    return {"seconds": round(took, 3), "cpu": round(cpu, 3), "pages": sum(v.pages for v in build.volumes.all())}


def _ticks(worker: int) -> float:
    """Seconds of processor that a worker and its processes have used, those that have ended too."""
    pids = [str(worker), *Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(time) for stat in stats for time in stat[11:15]) / os.sysconf("SC_CLK_TCK")


def _rebuild(options: argparse.Namespace) -> dict[str, Any]:
    """All in this process, so that every second of it is counted."""
    from caseapp.cases.services.evidence import add_evidence
    from caseapp.library.models import Excerpt
    from caseapp.library.services.excerpts import quote_excerpt
    from caseapp.packets.models import Packet

    _forget_builds()
    _work(_request(hand_over=False))
    packet = Packet.objects.get()
    source = packet.exhibits.first().capture.source
    start = source.capture.text.index("\n\n90. ") + 2
    excerpt = quote_excerpt(by=None, capture=source.capture, start=start, end=start + 120, themes=[], is_adverse=False)
    add_evidence(by=None, case=packet.case, excerpts=[excerpt], why="One more.")
    return _work(_request(hand_over=False)) | {"excerpts": Excerpt.objects.count()}


def _work(build: Any) -> dict[str, Any]:
    from caseapp.packets import builder

    spent = {"render": 0.0, "finish": 0.0, "verify": 0.0}
    rendered: list[str] = []
    real = {name: getattr(builder, name) for name in ("render_part", "finish_packet", "read_back")}

    def timed(stage: str, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            before = _cpu()
            try:
                return real[name](*given, **named)
            finally:
                spent[stage] += _cpu() - before
                if stage == "render":
                    rendered.append(given[1])

        return call

    for stage, name in (("render", "render_part"), ("finish", "finish_packet"), ("verify", "read_back")):
        setattr(builder, name, timed(stage, name))
    began, before = time.perf_counter(), _cpu()
    built = builder.see_through(build.pk)
    whole = {"seconds": round(time.perf_counter() - began, 3), "cpu": round(_cpu() - before, 3)}
    for name, function in real.items():
        setattr(builder, name, function)
    if built.status != "ready":
        sys.exit(f"The build failed: {built.failure}")
    return whole | {stage: round(seconds, 3) for stage, seconds in spent.items()} | {"rendered": rendered}


def _cpu() -> float:
    """Of this process and of the children that it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _request(*, hand_over: bool) -> Any:
    from django.utils import timezone

    from caseapp.packets.models import Packet
    from caseapp.packets.services.builds import request_build

    return request_build(by=None, packet=Packet.objects.get(), now=timezone.now(), hand_over=hand_over)


def _ready(build: Any, within: float) -> Any:
    from caseapp.packets.models import Build

    end = time.monotonic() + within
    while build.is_active and time.monotonic() < end:
        time.sleep(0.02)
        build = Build.objects.defer("manifest").get(pk=build.pk)
    if build.status != "ready":
        sys.exit(f"The build did not come: {build.status} {build.failure}")
    return build


def _forget_builds() -> None:
    """As before the first build: no part is there to be taken over."""
    from caseapp.packets.models import Build, BuildPart, Volume

    for model in (Volume, BuildPart, Build):
        model.objects.all().delete()


if __name__ == "__main__":
    main()
