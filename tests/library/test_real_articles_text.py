"""Reading and anchoring on two published articles, which lie beside the repository and never in it."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from caseapp.intake import read_text
from caseapp.intake.readers.signatures import signature_of
from caseapp.library.excerpts.anchors import Ambiguous, Exact, Lost, Moved, find, make_anchor

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "sources"
NAMES = ("blaze.txt", "nzherald.txt")

pytestmark = pytest.mark.skipif(
    not all((ARTICLES / name).is_file() for name in NAMES), reason=f"the two articles are not at {ARTICLES}"
)


@pytest.fixture(params=NAMES)
def original(request) -> bytes:
    return (ARTICLES / request.param).read_bytes()


@pytest.fixture
def text(original) -> str:
    return read_text(original, name="article.txt").text


@pytest.fixture
def blaze() -> str:
    return read_text((ARTICLES / "blaze.txt").read_bytes()).text


@pytest.fixture
def herald() -> str:
    return read_text((ARTICLES / "nzherald.txt").read_bytes()).text


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where every line with words stands."""
    bounds, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds


def test_nothing_is_changed_by_reading(original, text):
    assert text.encode() == original
    assert unicodedata.is_normalized("NFC", text)
    assert read_text(original).notices == ()
    assert signature_of(original) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_text(text, encoding, line_end):
    assert read_text(text.replace("\n", line_end).encode(encoding)).text == text


def test_windows_1252_gives_the_same_text_with_a_notice(blaze):
    in_western_letters = blaze.replace("→", "»")
    reading = read_text(in_western_letters.encode("windows-1252"))
    assert (reading.text, reading.encoding) == (in_western_letters, "windows-1252")
    assert [notice.kind for notice in reading.notices] == ["decoded-as-windows-1252"]


def test_decomposed_letters_give_the_same_text(text):
    assert read_text(unicodedata.normalize("NFD", text).encode()).text == text


def test_every_line_is_found_where_it_was_marked(text):
    lines = lines_of(text)
    assert len(lines) > 20
    for start, end in lines:
        anchor = make_anchor(text, start, end)
        assert find(text, anchor.quote, anchor.prefix, anchor.suffix, anchor.start) == Exact(anchor.start, anchor.end)


def test_every_line_is_found_after_the_text_before_it_grew(text):
    """The words around are enough; no start is stated."""
    for start, end in lines_of(text):
        anchor = make_anchor(text, start, end)
        found = find("A correction was added.\n" * 5 + text, anchor.quote, anchor.prefix, anchor.suffix)
        assert found == Exact(anchor.start + 120, anchor.end + 120)


def test_lines_of_another_writing_are_found_as_the_text_has_them(text):
    """As a person pastes from a word processor: other quotes and dashes, other spaces, decomposed letters."""
    moved = 0
    for start, end in lines_of(text):
        line = text[start:end].strip()
        written = unicodedata.normalize("NFD", line).translate({0x22: "“", 0x27: "’", 0x2014: "–", 0x20: "\u00a0"})
        found = find(text, written, occurrence=1)
        assert not isinstance(found, Lost | Ambiguous)
        assert text[found.start : found.end] == line
        moved += isinstance(found, Moved)
    assert moved > 20


def test_what_the_page_repeats_is_ambiguous(blaze):
    repeated = [line for line, count in Counter(blaze[a:b] for a, b in lines_of(blaze)).items() if count > 1]
    assert len(repeated) == 3
    headline = find(blaze, repeated[0])
    assert isinstance(headline, Ambiguous)
    assert (headline.count, headline.exact) == (2, True)
    assert find(blaze, repeated[0], occurrence=2) == Exact(*headline.places[1])
    author = find(blaze, "Dave Urbanski")
    assert isinstance(author, Ambiguous)
    assert author.count == 3


@pytest.mark.parametrize("name", ["Díaz", "Buendía", "Mayén", "Cáritas"])
def test_names_keep_their_accents(blaze, herald, name):
    """One article writes the accents and the other does not; neither stands for the other."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    assert not isinstance(find(blaze, name), Lost)
    assert find(blaze, plain) == Lost()
    assert not isinstance(find(herald, plain), Lost)
    assert find(herald, name) == Lost()


def test_a_missing_space_is_no_difference_to_overlook(blaze, herald):
    assert isinstance(find(blaze, "JesúsMorales"), Exact)
    assert find(blaze, "Jesús Morales") == Lost()
    assert isinstance(find(herald, "Jesus Morales"), Exact)


def test_the_law_in_curly_quotes_is_found_in_straight_ones(text):
    found = find(text, "“protection law”")
    assert isinstance(found, Moved)
    assert found.found_text == '"protection law"'
