"""The engine's own stages, each as a whole process, driven as the workers drive them.

    python -m benchmarks.ours clean ROOM FILES…       intake: the clean copy of each file, in a child process each
    python -m benchmarks.ours render ROOM             every part: cover, tab sheets, the files' pages set and marked
    python -m benchmarks.ours assemble ROOM OUT       one volume from the parts: stamps, links, bookmarks, labels
    python -m benchmarks.ours finish ROOM FOLDER      the whole packet from the parts: index, volumes, manifest
    python -m benchmarks.ours nothing                 starts, imports the same, and ends

`--times N` has every exhibit N times, and `--volumes-of MB` limits what one file may have. The package's own start,
which is Celery's, is left out, as in the program's children (`core/child.py`): no stage needs it.
"""

import argparse
import json
import os
import shutil
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings

_PACKAGE = types.ModuleType("caseapp")
_PACKAGE.__path__ = [str(Path(__file__).resolve().parents[1] / "caseapp")]
sys.modules["caseapp"] = _PACKAGE
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseapp.settings")

from caseapp.forums import forum  # noqa: E402
from caseapp.packets.labels import tab_label  # noqa: E402
from caseapp.packets.manifest import Cover, Exhibit, Manifest, PagedFile, Passage, Theme  # noqa: E402
from caseapp.packets.packing import Piece  # noqa: E402
from caseapp.packets.pdf.assemble import Blueprint, Bookmark, Target, assemble  # noqa: E402
from caseapp.packets.pdf.rendered import RenderedPart  # noqa: E402
from caseapp.packets.plan import Plan, page_plan  # noqa: E402

_MB = 1_000_000
_MARKED = ("report", "article")
_THEME = Theme("t1", "Nobody was tried", "", "#2b6cb3", 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=list(_STAGES))
    parser.add_argument("room", type=Path, nargs="?")
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--volumes-of", type=float)
    options = parser.parse_args()
    if options.room:
        (options.room / "data").mkdir(parents=True, exist_ok=True)
        os.environ["DATA_DIR"] = str(options.room.resolve() / "data")
    settings.USE_I18N = False  # the engine asks Django for the words of its errors, and for nothing else
    print(json.dumps(_STAGES[options.what](options)))


def _clean(options: argparse.Namespace) -> dict[str, Any]:
    store = options.room / "store"
    store.mkdir(exist_ok=True)
    exhibits = [_taken_in(path, store, number) for number, path in enumerate(options.paths, start=1)]
    manifest = Manifest("Evidence", "", forum("generic"), "theme", Cover("Evidence", ()), (_THEME,), tuple(exhibits))
    (options.room / "manifest.json").write_text(manifest.to_json())
    return {"files": len(exhibits), "pages": sum(exhibit.file.pages for exhibit in exhibits if exhibit.file)}


def _taken_in(path: Path, store: Path, number: int) -> Exhibit:
    from caseapp import intake

    out = store / "incoming"
    kind = intake.examine(path, name=path.name)
    accepted = frozenset(question.code for question in kind.questions)
    intake.clean_pdf(path, name=path.name, kind="pdf", out=out, accepted=accepted)
    words = intake.read_words(out)
    with out.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    out.rename(store / sha256)
    file = PagedFile(sha256, len(words.pages), tuple((start, end, label) for start, end, label in words.pages))
    passages = tuple(_passages(words, number)) if path.name.partition("-")[2].startswith(_MARKED) else ()
    return Exhibit(
        key=f"e{number}", label=tab_label("letters", number), title=path.stem, publisher="The Herald", author="",
        published_on="2024", url="https://herald.example/report", language="en", kind="report", country="",
        captured_on="2026-11-20", accessed_on="2026-11-20", sha256=sha256, method="uploaded", text=words.text,
        left_out_before=0, left_out_after=0, passages=passages, file=file,
    )  # fmt: skip


def _passages(words: Any, number: int) -> Iterator[Passage]:
    """Two of each file: on its second page and on its third, some lines long."""
    for place, (start, _end, _label) in enumerate(words.pages[1:3], start=1):
        first = words.text.index(" ", start + 200) + 1
        last = words.text.index(" ", first + 180)
        yield Passage(f"p{number}-{place}", first, last, words.text[first:last], (_THEME.slug,), 2 * number + place)


def _manifest(options: argparse.Namespace) -> Manifest:
    made = Manifest.from_json((options.room / "manifest.json").read_text())
    chosen = made.forum
    if options.volumes_of:
        limit = int(options.volumes_of * _MB)
        chosen = replace(chosen, volume_bytes_limit=limit, volume_bytes_target=limit)
    exhibits = tuple(
        _again(exhibit, turn, turn * len(made.exhibits) + place)
        for turn in range(options.times)
        for place, exhibit in enumerate(made.exhibits, start=1)
    )
    return replace(made, forum=chosen, exhibits=exhibits)


def _again(exhibit: Exhibit, turn: int, number: int) -> Exhibit:
    if not turn:
        return exhibit
    passages = tuple(replace(passage, key=f"{passage.key}/{turn}") for passage in exhibit.passages)
    return replace(exhibit, key=f"{exhibit.key}x{turn}", label=tab_label("letters", number), passages=passages)


def _render(options: argparse.Namespace) -> dict[str, Any]:
    from caseapp.packets.pdf.file_exhibits import Workroom
    from caseapp.packets.pdf.packet import planned_parts, render_part

    manifest = _manifest(options)
    folder = options.room / "parts"
    shutil.rmtree(folder, ignore_errors=True)
    work = options.room / "work"
    layouts = {}
    for spec in planned_parts(manifest):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        part = render_part(manifest, spec.name, Workroom(lambda sha256: options.room / "store" / sha256, work))
        out = folder / f"{spec.name}.pdf"
        out.parent.mkdir(exist_ok=True)
        if isinstance(part.pdf, bytes):
            out.write_bytes(part.pdf)
        else:
            part.pdf.rename(out)
        layouts[spec.name] = part.layout()
    (options.room / "layouts.json").write_text(json.dumps(layouts))
    return {"parts": len(layouts), "pages": sum(layout["pages"] for layout in layouts.values())}


def _parts(options: argparse.Namespace) -> dict[str, RenderedPart]:
    """By name; an exhibit that is there again has the pages of the first, in a file of its own."""
    layouts = json.loads((options.room / "layouts.json").read_text())
    parts = {
        name: RenderedPart.from_layout(options.room / "parts" / f"{name}.pdf", layout)
        for name, layout in layouts.items()
    }
    again = {
        f"{name}x{turn}": _copy(part, turn, options.room / "again")
        for turn in range(1, options.times)
        for name, part in parts.items()
        if name.startswith(("tab-", "exhibit-"))
    }
    return parts | again


def _copy(part: RenderedPart, turn: int, folder: Path) -> RenderedPart:
    folder.mkdir(exist_ok=True)
    path = folder / f"{turn}-{part.pdf.name}"
    if not path.exists():
        path.hardlink_to(part.pdf)
    return replace(part, pdf=path, places={f"{key}/{turn}": place for key, place in part.places.items()})


def _assemble(options: argparse.Namespace) -> dict[str, Any]:
    parts = _parts(options)
    plan = page_plan([[Piece(name, name, part.pages) for name, part in parts.items()]])
    spots = {name: Target(plan.spot(name, 1), says=name) for name in parts}
    blueprint = Blueprint(
        title="Benchmark",
        language="en",
        forum=forum("generic"),
        plan=plan,
        targets={},
        bookmarks=[[Bookmark(name, spot, _marks(plan, name, parts[name])) for name, spot in spots.items()]],
    )
    made = assemble(blueprint, 1, ((planned, parts[planned.name]) for planned in plan.parts), options.paths[0])
    return {"pages": plan.pages, "links": len(made.links), "bookmarks": len(made.bookmarks)}


def _marks(plan: Plan, name: str, part: RenderedPart) -> tuple[Bookmark, ...]:
    return tuple(Bookmark(mark.title, Target(plan.spot(name, mark.page), mark.top_pt)) for mark in part.bookmarks)


def _finish(options: argparse.Namespace) -> dict[str, Any]:
    from caseapp.packets.pdf.packet import finish_packet

    (out,) = options.paths
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    finished = finish_packet(_manifest(options), _parts(options), out)
    (out / "manifest.json").write_bytes(finished.published)
    sizes = [volume.path.stat().st_size for volume in finished.volumes]
    return {"pages": sum(volume.pages for volume in finished.volumes), "volumes": len(sizes), "largest": max(sizes)}


_STAGES: Mapping[str, Any] = {
    "clean": _clean,
    "render": _render,
    "assemble": _assemble,
    "finish": _finish,
    "nothing": lambda _options: {},
}

if __name__ == "__main__":
    main()
