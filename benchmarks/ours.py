"""The engine's own stages, each as a whole process, driven as the workers drive them.

python -m benchmarks.ours copies ROOM FILES…      copies of files as parts are made of them; done once
python -m benchmarks.ours assemble ROOM OUT       one volume from the copies: stamps, links, bookmarks, labels
python -m benchmarks.ours nothing                 starts, imports the same, and ends
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from caseapp.forums import forum
from caseapp.packets.packing import Piece
from caseapp.packets.pdf.assemble import Blueprint, Bookmark, Target, assemble
from caseapp.packets.pdf.rendered import PartBookmark, PartLink, RenderedPart
from caseapp.packets.plan import Plan, page_plan

_INDEX = "index"
_KEPT = {"/Highlight", "/Text"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["copies", "assemble", "nothing"])
    parser.add_argument("paths", type=Path, nargs="*")
    options = parser.parse_args()
    settings.USE_I18N = False  # the engine asks Django for words, and for nothing else
    told = {"copies": _copies, "assemble": _assemble, "nothing": lambda _paths: {}}[options.what](options.paths)
    print(json.dumps(told))


def _copies(paths: Sequence[Path]) -> dict[str, Any]:
    room, *files = paths
    room.mkdir(parents=True, exist_ok=True)
    layouts = {file.stem: _copy(file, room / f"{file.stem}.pdf").layout() for file in files}
    layouts[_INDEX] = _index(room / f"{_INDEX}.pdf", list(layouts)).layout()
    (room / "layouts.json").write_text(json.dumps(layouts))
    return {"files": len(files), "pages": sum(layout["pages"] for layout in layouts.values())}


def _copy(file: Path, out: Path) -> RenderedPart:
    """Pages with web links and readers' marks; the source's own links and bookmarks as facts beside them."""
    with Pdf.open(file) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        names = {str(name): place for name, place in _named(pdf).items()}
        links = [link for page in pdf.pages for link in _taken_links(page, numbers, names)]
        marks = list(_outline(pdf, numbers))
        for entry in (Name.Names, Name.Outlines, Name.AcroForm):
            if entry in pdf.Root:
                del pdf.Root[entry]
        pdf.remove_unreferenced_resources()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return RenderedPart(out, len(pdf.pages), links=tuple(links), bookmarks=tuple(marks))


def _named(pdf: Pdf) -> dict[Any, Any]:
    return dict(pikepdf.NameTree(pdf.Root.Names.Dests).items()) if Name.Names in pdf.Root else {}


def _taken_links(page: pikepdf.Page, numbers: dict[Any, int], names: dict[str, Any]) -> list[PartLink]:
    kept, taken = [], []
    for annotation in page.obj.get(Name.Annots, Array()):
        place = annotation.get(Name.Dest)
        place = names[str(place)] if isinstance(place, String) else place
        if place is not None:
            box = tuple(round(float(value), 2) for value in annotation.Rect)
            taken.append(PartLink(numbers[page.obj.objgen], box, numbers[place[0].objgen], 100.0))
        elif Name.A in annotation or str(annotation.Subtype) in _KEPT:
            kept.append(annotation)
    if Name.Annots in page.obj:
        page.obj.Annots = Array(kept)
    return taken


def _outline(pdf: Pdf, numbers: dict[Any, int], level: int = 0) -> list[PartBookmark]:
    found: list[PartBookmark] = []

    def walk(items: Sequence[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            found.append(PartBookmark(item.title, level, numbers[item.destination[0].objgen], 100.0))
            walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        walk(outline.root, level)
    return found


def _index(out: Path, names: Sequence[str]) -> RenderedPart:
    """Four rows of links to each exhibit, as many as an index of quotations has."""
    rows = 32
    addresses = [f"packet:exhibit/{name}" for name in names for _row in range(4)]
    with Pdf.new() as pdf:
        for start in range(0, len(addresses), rows):
            page = pdf.add_blank_page(page_size=(612, 792))
            page.obj.Contents = Stream(pdf, b"72 700 100 1 re f")
            page.obj.Annots = Array(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=Array([400, 740 - 20 * place, 540, 755 - 20 * place]),
                        A=Dictionary(S=Name.URI, URI=String(address)),
                    )
                )
                for place, address in enumerate(addresses[start : start + rows])
            )
        pdf.save(out)
        return RenderedPart(out, len(pdf.pages))


def _assemble(paths: Sequence[Path]) -> dict[str, Any]:
    room, out = paths
    layouts = json.loads((room / "layouts.json").read_text())
    parts = {name: RenderedPart.from_layout(room / f"{name}.pdf", layout) for name, layout in layouts.items()}
    order = [_INDEX, *(name for name in parts if name != _INDEX)]
    plan = page_plan([[Piece(name, name, parts[name].pages) for name in order]])
    spots = {name: Target(plan.spot(name, 1), says=name) for name in order}
    blueprint = Blueprint(
        title="Benchmark",
        language="en",
        forum=forum("generic"),
        plan=plan,
        targets={f"exhibit/{name}": spot for name, spot in spots.items()},
        bookmarks=[[Bookmark(name, spots[name], _marks(plan, name, parts[name])) for name in order]],
    )
    made = assemble(blueprint, 1, ((planned, parts[planned.name]) for planned in plan.parts), out)
    return {"pages": plan.pages, "links": len(made.links), "bookmarks": len(made.bookmarks)}


def _marks(plan: Plan, name: str, part: RenderedPart) -> tuple[Bookmark, ...]:
    return tuple(Bookmark(mark.title, Target(plan.spot(name, mark.page), mark.top_pt)) for mark in part.bookmarks)


if __name__ == "__main__":
    main()
