"""How much of the article our reader of web pages finds, and how little else, beside the extractor that it stands on.

    python -m benchmarks.articles TRAFILATURA-SDIST NEWSPAPER-SDIST

The pages and what they must give are the extractors' own, and lie in source packages that PyPI keeps:

    pip download --no-deps --no-binary :all: trafilatura==0.3.0 newspaper4k==0.9.6

The measure is trafilatura's published one: of pieces of text that stand in the article, and of pieces that stand around
it, how many are in what was extracted. Comments of readers are no part of an article here, so pieces that the extractor
itself gives only with its comments are counted apart and not asked for. newspaper4k's pages come with the whole text,
whose paragraphs are the pieces.
"""

import argparse
import ast
import json
import logging
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trafilatura import extract

from caseapp.intake.web.reading import read

_SHORTEST_PARAGRAPH = 30


@dataclass
class Page:
    """`within` stands in the article, `around` does not."""

    data: bytes
    within: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trafilatura", type=Path)
    parser.add_argument("newspaper", type=Path)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    sets = {"trafilatura": _asserted(options.trafilatura), "newspaper4k": _written_out(options.newspaper)}
    for name, pages in sets.items():
        comments = _without_comments(pages)
        rows = {who: _measured(pages, extracted) for who, extracted in (("ours", _ours), ("extractor", _extractor))}
        print(json.dumps({"pages": name, "count": len(pages), "pieces of comments": comments, **rows}))


def _ours(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "input").write_bytes(data)
        return str(read(Path(folder), media_type="", address="")["text"])


def _extractor(data: bytes) -> str:
    return extract(data, include_comments=False) or ""


def _measured(pages: list[Page], extracted: Callable[[bytes], str]) -> dict[str, Any]:
    found = missed = wrong = 0
    for page in pages:
        text = _plain(extracted(page.data))
        there = sum(_plain(piece) in text for piece in page.within)
        found, missed = found + there, missed + len(page.within) - there
        wrong += sum(_plain(piece) in text for piece in page.around)
    precision, recall = found / (found + wrong), found / (found + missed)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "F": round(2 * precision * recall / (precision + recall), 3),
        "pieces": found + missed,
        "pieces around": sum(len(page.around) for page in pages),
    }


def _without_comments(pages: list[Page]) -> int:
    """Take out the pieces that the extractor gives only where it is asked for comments, and count them."""
    taken = 0
    for page in pages:
        with_comments, without = _plain(extract(page.data) or ""), _plain(_extractor(page.data))
        comments = [one for one in page.within if _plain(one) in with_comments and _plain(one) not in without]
        page.within = [piece for piece in page.within if piece not in comments]
        taken += len(comments)
    return taken


def _asserted(sdist: Path) -> list[Page]:
    """What trafilatura's own tests assert of the pages that they read."""
    with tarfile.open(sdist) as archive:
        files = {name.partition("/")[2]: name for name in archive.getnames()}
        tests = ast.parse(_member(archive, files["tests/unit_tests.py"]))
        names = next(
            ast.literal_eval(node.value)
            for node in ast.walk(tests)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MOCK_PAGES"
        )
        pages: dict[str, Page] = {}
        for address, piece, is_within in _assertions(tests):
            file = files.get(f"tests/cache/{names.get(address)}")
            if file:
                page = pages.setdefault(address, Page(_member(archive, file)))
                (page.within if is_within else page.around).append(piece)
    return list(pages.values())


def _assertions(tests: ast.Module) -> Iterator[tuple[str, str, bool]]:
    """`result = load_mock_page(ADDRESS)`, and after it `assert PIECE in result and PIECE not in result`."""
    for function in (node for node in ast.walk(tests) if isinstance(node, ast.FunctionDef)):
        address = ""
        for step in function.body:
            if isinstance(step, ast.Assign) and isinstance(step.value, ast.Call):
                first = step.value.args[0] if step.value.args else None
                is_page = getattr(step.value.func, "id", "") == "load_mock_page" and isinstance(first, ast.Constant)
                address = str(first.value) if is_page and isinstance(first, ast.Constant) else address
            elif isinstance(step, ast.Assert):
                yield from ((address, piece, is_within) for piece, is_within in _pieces(step.test))


def _pieces(test: ast.expr) -> Iterator[tuple[str, bool]]:
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.left, ast.Constant) and len(part.ops) == 1:
            is_of_result = getattr(part.comparators[0], "id", "") == "result"
            if is_of_result and isinstance(part.left.value, str):
                yield part.left.value, isinstance(part.ops[0], ast.In)


def _written_out(sdist: Path) -> list[Page]:
    """The pages of newspaper4k's tests whose article lies beside them as text."""
    with tarfile.open(sdist) as archive:
        files = {name.partition("/")[2]: name for name in archive.getnames()}
        pages = []
        for name in sorted(files):
            page = name.replace("/txt/", "/html/").removesuffix(".txt") + ".html"
            if name.startswith("tests/data/txt/") and page in files:
                lines = _member(archive, files[name]).decode("utf-8", "replace").splitlines()
                paragraphs = [line.strip() for line in lines if len(line.strip()) > _SHORTEST_PARAGRAPH]
                pages.append(Page(_member(archive, files[page]), paragraphs))
    return pages


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    return file.read() if file else b""


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
