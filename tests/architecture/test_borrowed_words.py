"""No sentence of the real articles stands in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.flows.articles import ARTICLES, FOLDER, MISSING, text_of

ROOT = Path(__file__).parents[2]
RUN = 7  # words in a row that nobody writes twice by chance
BINARY = {".png", ".ttf", ".otf", ".woff2", ".gz", ".br", ".ico", ".mo", ".pdf"}


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def tracked_texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.suffix not in BINARY and "vendor" not in path.parts and path.is_file()]


@pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING)
def test_no_sentence_of_theirs_is_here() -> None:
    titles = set().union(*(runs_of_words(str(article["title"])) for article in ARTICLES.values()))
    theirs = set().union(*(runs_of_words(text_of(source)) for source in ARTICLES)) - titles
    borrowed = {
        str(path.relative_to(ROOT)): sorted(" ".join(run) for run in found)
        for path in tracked_texts()
        if (found := runs_of_words(path.read_text(encoding="utf-8", errors="replace")) & theirs)
    }
    assert borrowed == {}
