"""`make bench`: every measurement, side by side in one run → results.jsonl and docs/benchmarks.md.

    python -m benchmarks.run [--times 5] [--room FOLDER] [GROUP …]

Groups: assembly, verification, scaling, volumes, text, workers, rebuild, peers, tagging, reuse, suggestions,
search. Without one, all.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import table
from benchmarks.measuring import ROOT, Contender, Taken, last_json, ratio, run, side_by_side

PYTHON = str(ROOT / ".venv/bin/python")
PEERS = ROOT / "benchmarks/peers"
_TIMES_FOR_10_000 = 15
RESULTS = ROOT / "benchmarks/results.jsonl"
Row = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    room: Path
    times: int

    def ours(self, name: str, module: str, *given: object, **more: Any) -> Contender:
        return Contender(name, [PYTHON, "-m", f"benchmarks.{module}", *map(str, given)], **more)

    def peer(self, name: str, script: str, files: Sequence[Path]) -> Contender:
        own = PEERS.parent / ".venv/bin/python"
        python = PYTHON if script.startswith(("pikepdf", "pypdfium2")) or not own.exists() else str(own)
        return Contender(name, [python, str(PEERS / f"{script}.py"), str(self.out(script)), *map(str, files)])

    def qpdf(self, files: Sequence[Path]) -> Contender:
        return Contender(
            "qpdf --empty --pages", ["qpdf", "--empty", "--pages", *map(str, files), "--", str(self.out("qpdf"))]
        )

    def out(self, name: str) -> Path:
        return self.room / f"out-{name}.pdf"

    def corpus(self, pages: int) -> list[Path]:
        """Made once; the names say how."""
        said = self.quietly("corpus", self.room / "corpus", "--pages", pages)
        return [Path(path) for path in said["files"]]

    def quietly(self, module: str, *given: object) -> dict[str, Any]:
        _cost, said = run(self.ours(module, module, *given), self.log)
        return last_json(said)

    def measure(self, contenders: Sequence[Contender], times: int | None = None) -> list[Taken]:
        return side_by_side(contenders, times or self.times, self.log)

    @contextmanager
    def postgresql(self, name: str) -> Iterator[dict[str, str]]:
        """A new database on this machine's PostgreSQL, as environment; empty where there is none."""
        stack = [PYTHON, str(ROOT / "scripts/local_stack.py")]
        said = subprocess.run([*stack, "borrow", name], capture_output=True, text=True, check=True).stdout
        try:
            yield dict(line.split("=", 1) for line in said.splitlines() if line.startswith("DATABASE_URL="))
        finally:
            subprocess.run([*stack, "give-back", name], check=True)

    @property
    def log(self) -> Path:
        return self.room / "said.log"


def peers(bench: Bench) -> Iterator[Row]:
    """What the open tools need for the same files, each doing what it can."""
    files = bench.corpus(600)
    open_files = [path for path in files if "empty-password" not in path.name]
    every = [str(path) for path in files]
    contenders = [
        bench.qpdf(files),
        Contender("mutool merge (drops annotations)", ["mutool", "merge", "-o", str(bench.out("mutool")), *every]),
        Contender(
            "pdftk-java cat (without the locked file)",
            ["pdftk", *map(str, open_files), "cat", "output", str(bench.out("pdftk"))],
        ),
        bench.peer("pikepdf merge, bookmarks, labels", "pikepdf_merge", files),
        bench.peer("pypdfium2 merge", "pypdfium2_merge", files),
        bench.peer("pypdf merge", "pypdf_merge", files),
        bench.peer("pypdf merge and stamp", "pypdf_stamp", files),
        bench.peer("pypdf bundle: index, links, stamps, bookmarks", "pypdf_bundle", files),
        bench.peer("PyMuPDF merge and stamp", "pymupdf_stamp", files),
    ]
    for taken in bench.measure([one for one in contenders if shutil.which(one.command[0])]):
        yield taken.row("peers")
    if shutil.which("gs"):
        ghostscript = [
            "gs",
            "-q",
            "-dBATCH",
            "-dNOPAUSE",
            "-sDEVICE=pdfwrite",
            f"-sOutputFile={bench.out('gs')}",
            *every,
        ]
        (taken,) = bench.measure([Contender("Ghostscript pdfwrite (one run)", ghostscript)], times=1)
        yield taken.row("peers")


def assembly(bench: Bench) -> Iterator[Row]:
    """Stamps, links, bookmarks and labels, beside qpdf putting the same parts together."""
    room = _packet(bench)
    parts, out = sorted((room / "parts").glob("*.pdf")), bench.out("assembled")
    qpdf, ours, nothing = bench.measure(
        [
            bench.qpdf(parts),
            bench.ours("our assembly", "ours", "assemble", room, out),
            bench.ours("starting, and nothing more", "ours", "nothing"),
        ]
    )
    yield from (taken.row("assembly") for taken in (qpdf, ours, nothing))
    yield _bar("assembly", "CPU of assembly ÷ CPU of qpdf, whole processes", ratio(ours, qpdf), 1.5)
    net = [mine.cpu - empty.cpu for mine, empty in zip(ours.runs, nothing.runs, strict=True)]
    yield _bar("assembly", "the same without the start of the process, as in a worker", _pairs(net, qpdf), 1.5)
    yield _bar("assembly", "peak memory of assembly, MB", ours.middle().peak_mb, 150)


def _packet(bench: Bench) -> Path:
    """The corpus taken in and its parts set, once in a run: what the stages begin with."""
    room = bench.room / "packet"
    if not (room / "layouts.json").exists():
        shutil.rmtree(room, ignore_errors=True)
        bench.quietly("ours", "clean", room, *bench.corpus(600))
        bench.quietly("ours", "render", room)
    return room


def _pairs(mine: Sequence[float], other: Taken) -> float:
    return median(one / run.cpu for one, run in zip(mine, other.runs, strict=True))


def verification(bench: Bench) -> Iterator[Row]:
    """The whole packet, made from its parts, and then read back from its files alone."""
    room = _packet(bench)
    folder = room / "filed"
    finish, verify = bench.measure(
        [
            bench.ours("the whole packet from its parts", "ours", "finish", room, folder),
            Contender("verify_packet", [PYTHON, "manage.py", "verify_packet", str(folder)]),
        ]
    )
    yield from (taken.row("verification") for taken in (finish, verify))
    yield _bar("verification", "CPU of verification, s, whole process", verify.middle().cpu, 5.0)


def scaling(bench: Bench) -> Iterator[Row]:
    """The same parts five times over."""
    room = _packet(bench)
    few, many = bench.measure(
        [
            bench.ours("our assembly, every part once", "ours", "assemble", room, bench.out("few")),
            bench.ours("every part five times", "ours", "assemble", room, bench.out("many"), "--times", 5),
        ],
        times=min(bench.times, 3),
    )
    yield from (taken.row("scaling") for taken in (few, many))
    yield _bar("scaling", "CPU of 3,000 pages ÷ CPU of 600", ratio(many, few), 5.5)
    yield _bar("scaling", "peak memory of 3,000 pages in one volume, MB", many.middle().peak_mb, 450)


def volumes(bench: Bench) -> Iterator[Row]:
    """The exhibits fifteen times over, in files of 25 MB, with index, labels and manifest. One run, not warmed up."""
    room = _packet(bench)
    made = bench.ours(
        "the whole packet from its parts",
        *("ours", "finish", room, room / "filed-in-volumes", "--times", _TIMES_FOR_10_000, "--volumes-of", 25),
    )
    cost, said = run(made, bench.log)
    taken, told = Taken(made, [cost], said), last_json(said)
    yield taken.row("volumes") | {"name": f"{told['pages']:,} pages in {told['volumes']} volumes", "told": told}
    yield _bar("volumes", "peak memory of 10,000 pages in volumes of 25 MB, MB", taken.middle().peak_mb, 300)
    yield _bar("volumes", "largest volume, MB", told["largest"] / 1_000_000, 25)


def text(bench: Bench) -> Iterator[Row]:
    """Text exhibits with margin notes, beside WeasyPrint with the same markup and nothing else."""
    room = bench.room / "text"
    bench.quietly("text", "make", room)
    ours, alone = bench.measure(
        [
            bench.ours("our text exhibits", "text", "ours", room),
            bench.ours("WeasyPrint alone", "text", "weasyprint", room),
        ]
    )
    for taken in (ours, alone):
        pages = last_json(taken.said)["pages"]
        yield taken.row("text") | {"units": pages, "pages_per_second": round(pages / taken.middle().cpu, 1)}
    yield _bar("text", "CPU of ours ÷ CPU of WeasyPrint alone", ratio(ours, alone), 1.10)


def workers(bench: Bench) -> Iterator[Row]:
    """A packet of text exhibits through real worker processes and the embedded broker, request to READY."""
    room = _office(bench)
    told: dict[int, list[dict[str, Any]]] = {1: [], 2: []}
    for _round in range(min(bench.times, 3)):
        for count, runs in told.items():
            runs.append(bench.quietly("office", "build", room, count))
    for count, runs in told.items():
        yield {
            "group": "workers",
            "name": f"{count} worker process{'es' if count > 1 else ''}",
            "command": f"python -m benchmarks.office build ROOM {count}",
            "units": runs[0]["pages"],
            "median": {"wall": median(one["seconds"] for one in runs), "cpu": median(one["cpu"] for one in runs)},
            "runs": runs,
        }
    faster = median(one["seconds"] / two["seconds"] for one, two in zip(told[1], told[2], strict=True))
    yield _bar("workers", "time with one worker ÷ time with two", faster, 1.7, at_least=True)


def rebuild(bench: Bench) -> Iterator[Row]:
    """Everything built, then one excerpt added to one exhibit, and built again; the second build is counted."""
    room = _office(bench)
    told = [bench.quietly("office", "rebuild", room) for _round in range(min(bench.times, 3))]
    after = [one["cpu"] / (one["finish"] + one["verify"]) for one in told]
    yield {
        "group": "rebuild",
        "name": "rebuild after one excerpt",
        "command": "python -m benchmarks.office rebuild ROOM",
        "median": {"wall": median(one["seconds"] for one in told), "cpu": median(one["cpu"] for one in told)},
        "runs": told,
    }
    yield _bar("rebuild", "parts rendered again", max(len(one["rendered"]) for one in told), 1)
    yield _bar("rebuild", "CPU of the rebuild ÷ CPU of assembly and verification", median(after), 1.5)


def tagging(bench: Bench) -> Iterator[Row]:
    """Two people on SQLite and ten on PostgreSQL, each a process of their own, against the real web server."""
    yield from _tagged(bench, 2, {})
    with bench.postgresql("benchtagging") as environment:
        if environment:
            yield from _tagged(bench, 10, environment)


def _tagged(bench: Bench, people: int, environment: dict[str, str]) -> Iterator[Row]:
    room = bench.room / f"tagging-{people}"
    shutil.rmtree(room, ignore_errors=True)
    cost, said = run(bench.ours("tagging", "tagging", room, people, environment=environment), bench.log)
    told = last_json(said)
    where = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[told["database"]]
    yield {
        "group": "tagging",
        "name": f"{people} people on {where}, {told['passages']} passages of 3 themes, and one that all change",
        "command": f"python -m benchmarks.tagging ROOM {people}",
        "median": {"wall": told["seconds"], "cpu": cost.cpu},
        "runs": [told],
    }
    yield _bar("tagging", f"answers that were errors, {people} people on {where}", told["errors"], 0)
    yield _bar("tagging", f"saved and then lost, {people} people on {where}", told["lost"], 0)


def reuse(bench: Bench) -> Iterator[Row]:
    """Tellings found on invented texts; and one more source compared with a library of 100,000, on both databases."""
    room = bench.room / "reuse"
    shutil.rmtree(room, ignore_errors=True)
    found = bench.quietly("reuse", "found", room / "texts")
    for kind in ("reprint", "quotation", "paraphrase", "translation"):
        yield _bar("reuse", f"originals found by their {kind}", _part(found["by_kind"][kind]), 0.9, at_least=True)
    yield _bar("reuse", "links that are right", found["precision"], 0.9, at_least=True)
    yield from _one_more(bench, room / "sqlite", {})
    with bench.postgresql("benchreuse") as environment:
        if environment:
            yield from _one_more(bench, room / "postgresql", environment)


def _part(written: str) -> float:
    found, of = map(int, written.split("/"))
    return found / of


def _one_more(bench: Bench, room: Path, environment: dict[str, str]) -> Iterator[Row]:
    _cost, said = run(bench.ours("reuse", "reuse", "fill", room, environment=environment), bench.log)
    filled = last_json(said)
    cost, said = run(bench.ours("reuse", "reuse", "add", room, environment=environment), bench.log)
    told = last_json(said)
    where = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[told["database"]]
    yield {
        "group": "reuse",
        "name": f"one source more beside {filled['captures']:,} on {where}, nine times, start and import included",
        "command": "python -m benchmarks.reuse add ROOM",
        "median": asdict(cost),
        "runs": [asdict(cost) | told],
    }
    yield _bar("reuse", f"CPU of one source more beside {filled['captures']:,} on {where}, s", told["cpu_of_one"], 1)
    yield _bar("reuse", f"peak memory of it on {where}, MB", told["peak_mb"], 150)
    yield _bar("reuse", f"index on {where}, bytes a capture", filled["index_bytes_a_capture"], 20_000)


def suggestions(bench: Bench) -> Iterator[Row]:
    """Themes suggested for passages nobody has tagged, after so many that somebody has; and what a hint costs."""
    told = bench.quietly("suggestions")
    for body, name in (("invented", "invented sentences"), ("manual", "a technical manual")):
        for row in told[body]:
            of = f"{name}, {row['learned']} learned"
            yield _bar(
                "suggestions", f"{of}: the right theme first of {row['themes']}", row["first"], 0.15, at_least=True
            )
            yield _bar("suggestions", f"{of}: among the first three", row["among_three"], 0.2, at_least=True)
            yield _bar("suggestions", f"{of}: found unasked", row["recall"], 0.05, at_least=True)
            if row["learned"] > 3:  # before that the program suggests nothing
                right = row["precision_among_all"]
                yield _bar("suggestions", f"{of}: right when suggested unasked", right, 0.7, at_least=True)
    yield _bar("suggestions", "CPU of one passage beside 100 themes, ms", told["cost"]["ms_a_passage"], 5)
    yield _bar("suggestions", "CPU of learning a theme of 300 passages, ms", told["cost"]["ms_to_learn_a_theme"], 50)


def search(bench: Bench) -> Iterator[Row]:
    """The lists of a library of 100,000 excerpts, and the values of their facets, on both databases."""
    yield from _answered(bench, "SQLite", {})
    with bench.postgresql("benchsearch") as environment:
        if environment:
            yield from _answered(bench, "PostgreSQL", environment)


def _answered(bench: Bench, where: str, environment: dict[str, str]) -> Iterator[Row]:
    room = bench.room / "search" / where
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    said = ""
    for step in ("build", "ask"):
        contender = bench.ours("search", "search", step, environment=environment | {"DATA_DIR": str(room)})
        _cost, said = run(contender, bench.log)
    for name, told in last_json(said)["lists"].items():
        yield _bar("search", f"{name} on {where}: median, ms", told["median_passed_ms"], 50)
        yield _bar("search", f"{name} on {where}: 95th percentile, ms", told["p95_passed_ms"], 150)


def _office(bench: Bench) -> Path:
    room = bench.room / "office"
    shutil.rmtree(room, ignore_errors=True)
    bench.quietly("office", "make", room)
    return room


def _bar(group: str, name: str, found: float, bar: float, *, at_least: bool = False) -> Row:
    met = found >= bar if at_least else found <= bar
    return {"group": group, "bar": name, "found": round(found, 3), "limit": bar, "at_least": at_least, "met": met}


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    group.__name__: group
    for group in (
        assembly,
        verification,
        scaling,
        volumes,
        text,
        workers,
        rebuild,
        peers,
        tagging,
        reuse,
        suggestions,
        search,
    )
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="GROUP")
    parser.add_argument("--times", type=int, default=5, help="measured runs of each; one more goes before them")
    parser.add_argument("--room", type=Path, default=ROOT / "test-artifacts/bench")
    options = parser.parse_args()
    if not options.groups:
        shutil.rmtree(options.room / "packet", ignore_errors=True)  # as the program is now, from the files on
    options.room.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.room.resolve(), options.times)
    rows = [_machine(), *_kept(options.groups)]
    for name in options.groups or GROUPS:
        print(f"==> {name}", file=sys.stderr)
        for row in GROUPS[name](bench):
            rows.append(row | {"command": row["command"].replace(str(bench.room), "ROOM")} if "command" in row else row)
            print(table.line(row), file=sys.stderr)
    RESULTS.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    table.write(rows, ROOT / "docs/benchmarks.md")


def _kept(groups: Sequence[str]) -> list[Row]:
    """Of the results before, those of groups that are not measured now."""
    if not groups or not RESULTS.exists():
        return []
    rows = map(json.loads, RESULTS.read_text().splitlines())
    return [row for row in rows if row.get("group", "machine") not in {*groups, "machine"}]


def _machine() -> Row:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "unknown",
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "group": "machine",
        "cores": os.cpu_count(),
        "processor": model,
        "python": sys.version.split()[0],
        "commit": commit.stdout.strip(),
        "load": [round(value, 2) for value in os.getloadavg()],
    }


if __name__ == "__main__":
    main()
