"""Two published articles that tell one report. They lie beside the repository and never in it: what is expected of
which paragraphs was marked by a person who read both, and stands here as hashes of the paragraphs."""

from hashlib import sha256
from pathlib import Path

import pytest

from caseapp.library.models import Capture, Link, LinkKind, Manner
from caseapp.library.origins.matching import compare_capture
from caseapp.library.reuse.alignment import Text, shared_passages

ARTICLES = Path(__file__).parents[3] / "shared" / "sources"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="The two articles are not beside this checkout.")

# A paragraph of the first article, and the one of the second that says the same.
SAME_WORDS = """
e2b318b1 f72db6b7
e2b318b1 c75f2d33
86d9ec73 6bd5b5d8
1f088b0f 754e08fe
65982ead 1693a06b
98b022f0 a4b1b42d
6f82f30b de84d97b
cbe62de5 cbe62de5
ef589f81 d5652061
cbd42b1a c09d0166
"""

OTHER_WORDS = """
b495d20d c597e5db
b495d20d 3b412cad
ad2859d1 1d3094a0
e6a7e6b0 39332786
e86d517d 6af14d9e
6ebe195c 3be2cb18
35dba1d8 7c67bf35
85e988fa 8573deae
841651cf a490ef77
705a62e3 bc657ae8
"""

# One paragraph opens the first article with what two of the second say: it is paired with the likelier of them.
TWICE = "b495d20d"

Pair = tuple[str, str]


def marked(table: str) -> set[Pair]:
    return {(one, other) for one, other in map(str.split, table.strip().splitlines())}


@pytest.fixture(scope="module")
def texts() -> tuple[str, str]:
    return (ARTICLES / "blaze.txt").read_text(), (ARTICLES / "nzherald.txt").read_text()


def paragraph_at(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return sha256(text[start : end if end >= 0 else len(text)].encode()).hexdigest()[:8]


def found(texts: tuple[str, str]) -> set[Pair]:
    one, other = texts
    return {
        (paragraph_at(one, passage.one_start), paragraph_at(other, passage.other_start))
        for passage in shared_passages(Text.of(one), Text.of(other))
    }


def test_every_passage_in_the_same_words_is_found(texts):
    assert marked(SAME_WORDS) - found(texts) == set()


def test_passages_in_other_words_are_found_but_one_that_is_told_with_another(texts):
    missed = marked(OTHER_WORDS) - found(texts)
    assert len(missed) == 1
    assert {one for one, _other in missed} == {TWICE}


def test_nothing_else_is_paired(texts):
    """Of 30 and 25 paragraphs that all speak of one topic."""
    assert found(texts) - marked(SAME_WORDS) - marked(OTHER_WORDS) == set()


@pytest.mark.parametrize("words", ["D\u00edaz", "ski masks", "Buend\u00eda", "neighborhoods", "Jes\u00fasMorales"])
def test_what_the_two_write_differently_is_underlined(texts, words):
    one, other = texts
    passages = shared_passages(Text.of(one), Text.of(other))
    assert any(words in one[passage.one_start : passage.one_end] for passage in passages)


def test_the_library_says_that_both_are_one_report_of_the_washington_post(texts, add):
    one = add(texts[0], title="First", publisher="Blaze Media", author="Dave Urbanski")
    other = add(
        texts[1], title="Second", publisher="The New Zealand Herald", author="Kevin Sieff (The Washington Post)"
    )
    for source in (one, other):
        compare_capture(source.capture.pk)
    link = Link.objects.get()
    assert (link.one, link.other, link.kind) == (one, other, LinkKind.COMMON_ORIGIN)
    assert link.score == 99
    assert {"code": "same-origin", "name": "The Washington Post"} in link.reasons
    assert link.passages.filter(manner=Manner.VERBATIM).count() >= 10
    named = Capture.objects.get(source=one).attributions.values_list("name", flat=True)
    assert set(named) == {"The Washington Post", "Government Accountability Office"}
