"""Text exhibits, set by us and by WeasyPrint alone: the same words in the same markup.

python -m benchmarks.text make ROOM         a manifest of text exhibits, and the documents that they become
python -m benchmarks.text ours ROOM         their parts as a worker makes them: set, margin notes laid over, joined
python -m benchmarks.text weasyprint ROOM   the documents through WeasyPrint and nothing else
"""

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

import weasyprint
from django.conf import settings

from benchmarks.pages import lines
from caseapp.forums import Forum, forum
from caseapp.packets.labels import tab_label
from caseapp.packets.manifest import Cover, Exhibit, Manifest, Passage, Theme
from caseapp.packets.pdf import html, paper, setting
from caseapp.packets.pdf.packet import render_part
from caseapp.typesetting import fonts, typeset

EXHIBITS, PARAGRAPHS, PASSAGES = 8, 130, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "ours", "weasyprint"])
    parser.add_argument("room", type=Path)
    options = parser.parse_args()
    settings.USE_I18N = False  # the engine asks Django for words, and for nothing else
    print(json.dumps({"make": _make, "ours": _ours, "weasyprint": _weasyprint}[options.what](options.room)))


def _make(room: Path) -> dict[str, Any]:
    room.mkdir(parents=True, exist_ok=True)
    random = Random("text exhibits")
    exhibits = tuple(_exhibit(random, number) for number in range(1, EXHIBITS + 1))
    themes = tuple(Theme(f"t{number}", f"Theme number {number}", "", "#2b6cb3", 0) for number in range(1, 4))
    manifest = Manifest("Evidence", "", forum("generic"), "theme", Cover("Evidence", ()), themes, exhibits)
    (room / "manifest.json").write_text(manifest.to_json())
    documents: list[tuple[str, str]] = []
    real = html.set_pages

    def noted(page: str, forum: Forum, kind: str) -> Any:
        page_styles = paper.page_styles(forum, kind, fonts.font_stack())
        documents.append((page, page_styles + fonts.language_styles()))
        return real(page, forum, kind)

    html.set_pages = noted
    for exhibit in exhibits:
        html.render_exhibit(manifest, exhibit)
    (room / "documents.json").write_text(json.dumps(documents))
    return {"documents": len(documents)}


def _exhibit(random: Random, number: int) -> Exhibit:
    text = "\n\n".join(f"{place}. {' '.join(lines(random, 5))}" for place in range(PARAGRAPHS))
    starts = [text.index(f"\n\n{20 * place + 10}. ") + 2 for place in range(PASSAGES)]
    passages = tuple(
        Passage(f"p{number}-{place}", start, start + 180, text[start : start + 180], (f"t{place % 3 + 1}",), place + 1)
        for place, start in enumerate(starts)
    )
    return Exhibit(
        key=f"e{number}", label=tab_label("letters", number), title=f"Report number {number}", publisher="The Herald",
        author="", published_on="2024", url="https://herald.example/report", language="en", kind="report", country="",
        captured_on="2026-11-20", accessed_on="2026-11-20", sha256="0" * 64, method="uploaded", text=text,
        left_out_before=0, left_out_after=0, passages=passages,
    )  # fmt: skip


def _ours(room: Path) -> dict[str, Any]:
    manifest = Manifest.from_json((room / "manifest.json").read_text())
    return {"pages": sum(render_part(manifest, f"exhibit-{exhibit.key}").pages for exhibit in manifest.exhibits)}


def _weasyprint(room: Path) -> dict[str, Any]:
    pages = 0
    shared = weasyprint.CSS(filename=typeset.STYLES / setting.STYLES)
    for page, page_styles in json.loads((room / "documents.json").read_text()):
        sheets = [weasyprint.CSS(string=page_styles), shared]
        document = weasyprint.HTML(string=page).render(stylesheets=sheets)
        document.write_pdf()
        pages += len(document.pages)
    return {"pages": pages}


if __name__ == "__main__":
    main()
