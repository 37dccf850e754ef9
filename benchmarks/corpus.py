"""A corpus as lawyers' clients bring it, made from a fixed seed: forty PDF files with 600 pages in each set.

    python -m benchmarks.corpus FOLDER [--pages 600]

Text with links and outlines, colour and grey scans, faxes, landscape and turned pages, odd papers and boxes, readers'
highlights and notes, a filled form, a file whose cross-reference table is broken, and one locked with an empty
password. More pages are more sets, each of other pages; the last set is cut where the count is reached.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Pdf, String

from benchmarks import pages

SEED = 1951
SET_PAGES = 600
_SECTION = 5


@dataclass(frozen=True)
class Recipe:
    name: str
    pages: int
    draw: Callable[[Pdf, Random, int], None]
    finish: Callable[[Pdf], bytes]


def write_corpus(folder: Path, page_count: int = SET_PAGES) -> list[Path]:
    """Files that are there already are not made again: the name of the folder stands for seed and makers."""
    folder = folder / fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, recipe, count in _planned(page_count):
        path = folder / f"{number + 1:02}-{recipe.name}-{count}.pdf"
        if not path.exists():
            half = path.with_suffix(".half")
            half.write_bytes(made(recipe, number, count))
            half.rename(path)
        paths.append(path)
    return paths


def fingerprint() -> str:
    made_by = b"".join(Path(module).read_bytes() for module in (__file__, pages.__file__))
    return sha256(made_by + pikepdf.__version__.encode()).hexdigest()[:12]


def _planned(page_count: int) -> Iterator[tuple[int, Recipe, int]]:
    """(number of the set, recipe, pages): whole sets, and of the last as much as is needed."""
    left, number = page_count, 0
    while left > 0:
        for recipe in RECIPES:
            count = min(left, recipe.pages)
            if count:
                yield number, recipe, count
            left -= count
        number += 1


def made(recipe: Recipe, number: int, count: int) -> bytes:
    """The file of one recipe in one set, with so many pages."""
    with Pdf.new() as pdf:
        recipe.draw(pdf, Random(f"{SEED}/{number}/{recipe.name}"), count)
        pdf.docinfo[Name.Author] = String("A. Client")
        pdf.docinfo[Name.Producer] = String("An office scanner")
        return recipe.finish(pdf)


def _plain(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def _packed(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _locked(pdf: Pdf) -> bytes:
    """With an empty user password and an owner's: every reader opens it. RC4, so that it has no random salt."""
    target = BytesIO()
    lock = Encryption(owner="owner", user="", R=3, aes=False, metadata=False)
    pdf.save(target, static_id=True, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def _broken(pdf: Pdf) -> bytes:
    """Lines of a mail gateway before the header, and an end that points into nowhere: the table must be rebuilt."""
    whole, _mark, _end = _plain(pdf).rpartition(b"startxref")
    return b"X-Scanned-By: gateway\r\n" * 3 + whole + b"startxref\n7\n%%EOF\n"


def _article(pdf: Pdf, random: Random, count: int) -> None:
    font = pages.embed_font(pdf)
    for _ in range(count):
        pages.link_to_web(pdf, pages.text_page(pdf, font, random), 3, "https://herald.example/archive?id=7")


def _report(pdf: Pdf, random: Random, count: int) -> None:
    """With contents whose links go by name, as most programs write them; each report uses the same names."""
    font = pages.embed_font(pdf)
    shared = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font)))
    made = [pages.text_page(pdf, font, random, pages.LETTER, shared=shared) for _ in range(count)]
    sections = made[1::_SECTION]
    names = Array()
    for number, section in enumerate(sections):
        names.extend([String(f"sec{number:03}"), Array([section.obj, Name.XYZ, None, 700, None])])
        pages.link_to_page(pdf, made[0], number, named=f"sec{number:03}")
        pages.link_to_page(pdf, section, 2, target=made[0])
    pdf.Root.Names = pdf.make_indirect(Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names))))
    with pdf.open_outline() as outline:
        for number, section in enumerate(sections):
            item = OutlineItem(f"Section {number + 1}", Array([section.obj, Name.XYZ, None, 700, None]))
            item.children.append(OutlineItem("Findings", Array([section.obj, Name.XYZ, None, 400, None])))
            outline.root.append(item)


def _scan(pdf: Pdf, random: Random, count: int) -> None:
    for _ in range(count):
        pages.scan_page(pdf, random, colour=False)


def _colour_scan(pdf: Pdf, random: Random, count: int) -> None:
    for _ in range(count):
        pages.scan_page(pdf, random, colour=True)


def _fax(pdf: Pdf, random: Random, count: int) -> None:
    for _ in range(count):
        pages.fax_page(pdf, random)


def _landscape(pdf: Pdf, random: Random, count: int) -> None:
    font = pages.embed_font(pdf)
    for _ in range(count):
        pages.text_page(pdf, font, random, (pages.A4[1], pages.A4[0]))


def _turned(pdf: Pdf, random: Random, count: int) -> None:
    """Also by more than a whole turn, and by less than none."""
    font = pages.embed_font(pdf)
    for number in range(count):
        page = pages.text_page(pdf, font, random, pages.A4 if number % 2 else pages.LETTER)
        pages.turn(pdf, page, (90, 270, 180, -90, 450)[number % 5])


def _turned_scan(pdf: Pdf, random: Random, count: int) -> None:
    for number in range(count):
        pages.turn(pdf, pages.scan_page(pdf, random, colour=False), (90, 180, 270)[number % 3])


def _mixed_paper(pdf: Pdf, random: Random, count: int) -> None:
    font = pages.embed_font(pdf)
    for number in range(count):
        pages.text_page(pdf, font, random, (pages.A4, pages.LETTER, pages.A3, pages.A5, pages.A0)[number % 5])


def _odd_boxes(pdf: Pdf, random: Random, count: int) -> None:
    """Origins that are not zero, cropped pages, and a unit of half a point more."""
    font = pages.embed_font(pdf)
    for number in range(count):
        page = pages.text_page(pdf, font, random)
        if number % 3 == 0:
            page.obj.MediaBox = Array([-40, -60, 595, 842])
        elif number % 3 == 1:
            page.obj.CropBox = Array([36, 48, 560, 800])
        else:
            page.obj.UserUnit = 1.5


def _marked_up(pdf: Pdf, random: Random, count: int) -> None:
    font = pages.embed_font(pdf)
    for _ in range(count):
        page = pages.text_page(pdf, font, random)
        pages.highlight(pdf, page, random.randint(2, 20))
        pages.note(pdf, page, random.randint(21, 40), pages.sentence(random))


def _form(pdf: Pdf, random: Random, count: int) -> None:
    font = pages.embed_font(pdf)
    fields = Array()
    for number in range(count):
        page = pages.text_page(pdf, font, random)
        page.obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, pages.operators(["Application"], 780)))
        for row in range(9):
            value = " ".join(random.choices(("Amelia", "Example", "street", "of", "the", "coast"), k=3))
            fields.append(pages.field(pdf, page, font, row, f"page{number}.text{row}", value))
        for row in range(6):
            fields.append(pages.tick(pdf, page, row, f"page{number}.tick{row}", on=row % 2 == 0))
    resources = Dictionary(Font=Dictionary(F1=font))
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, DR=resources, DA=String("/F1 11 Tf 0 g")))


RECIPES = (
    Recipe("report-north", 66, _report, _packed),
    Recipe("report-south", 56, _report, _packed),
    Recipe("report-coast", 48, _report, _plain),
    Recipe("report-hills", 27, _report, _packed),
    *(Recipe(f"article-{n:02}", 4 + n, _article, _plain if n % 2 else _packed) for n in range(1, 13)),
    Recipe("affidavit-scan", 22, _colour_scan, _plain),
    *(Recipe(f"record-scan-{n}", 12 + 2 * n, _scan, _plain) for n in range(1, 6)),
    Recipe("clippings-scan", 18, _colour_scan, _packed),
    *(Recipe(f"fax-{n}", 9 + n, _fax, _plain) for n in range(1, 5)),
    Recipe("tables-landscape", 12, _landscape, _packed),
    Recipe("maps-landscape", 6, _landscape, _plain),
    Recipe("turned", 10, _turned, _plain),
    Recipe("turned-scan", 6, _turned_scan, _plain),
    Recipe("mixed-paper", 10, _mixed_paper, _plain),
    Recipe("odd-boxes", 9, _odd_boxes, _plain),
    Recipe("marked-up-1", 6, _marked_up, _plain),
    Recipe("marked-up-2", 6, _marked_up, _packed),
    Recipe("application-form", 3, _form, _plain),
    Recipe("broken-table", 13, _article, _broken),
    Recipe("empty-password", 10, _report, _locked),
    Recipe("letter", 2, _article, _plain),
    Recipe("medical-scan", 8, _colour_scan, _plain),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the corpus of the benchmarks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=SET_PAGES)
    options = parser.parse_args()
    paths = write_corpus(options.folder, options.pages)
    print(json.dumps({"bytes": sum(path.stat().st_size for path in paths), "files": [str(path) for path in paths]}))


if __name__ == "__main__":
    main()
