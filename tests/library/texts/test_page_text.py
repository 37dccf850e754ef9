import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.texts.page_text import Mark, Underline, article_html, paragraphs_of, touched_html

TEXT = "Head\n\nFirst <one>.\n  \nSecond & last.\nTail"


def mark(key: int, start: int, end: int, *colours: str, is_adverse: bool = False) -> Mark:
    return Mark(key, start, end, colours, is_adverse, f"label {key}")


def words_in(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_paragraphs_are_the_lines_with_words():
    found = [TEXT[p.start : p.end] for p in paragraphs_of(TEXT, 0, len(TEXT))]
    assert found == ["Head", "First <one>.", "Second & last.", "Tail"]


def test_paragraphs_are_named_after_their_place_in_the_whole_text():
    start = TEXT.index("First")
    html = article_html(TEXT, start, TEXT.index("Tail"), [])
    assert re.findall(r'<p id="p(\d+)" data-start="(\d+)"', html) == [
        (str(start), str(start)),
        (str(TEXT.index("Second")), str(TEXT.index("Second"))),
    ]


def test_headings_are_said_and_shown_as_such_and_change_no_letter():
    headings = [(0, 4, 1), (TEXT.index("Second"), TEXT.index("Second") + 14, 6)]
    html = article_html(TEXT, 0, len(TEXT), [mark(1, 0, 4)], headings=headings)
    assert words_in(html) == TEXT
    assert re.findall(r'<p id="p(\d+)" [^>]*role="heading" aria-level="(\d)" class="(.*?)"', html) == [
        ("0", "2", "heading heading-1"),
        (str(TEXT.index("Second")), "3", "heading heading-2"),
    ]
    touched = touched_html(TEXT, 0, len(TEXT), [], [(0, 2)], headings)
    assert touched == (
        '<p id="p0" data-start="0" dir="auto" hx-swap-oob="true" role="heading" aria-level="2" '
        'class="heading heading-1">Head</p>'
    )


def test_an_adverse_passage_is_flagged_at_its_end_alone():
    html = article_html("one two\nthree", 0, 13, [mark(1, 4, 13, is_adverse=True)])
    assert re.findall(r'<mark tabindex="-1" class="([^"]+)"', html) == [
        "passage passage-adverse",
        "passage passage-adverse passage-adverse-end",
    ]


def test_where_two_overlap_both_colours_are_given_the_shorter_one_first():
    html = article_html("one two three", 0, 13, [mark(1, 0, 13, "#111111"), mark(2, 4, 7, "#222222")])
    assert 'data-excerpts="1 2" data-excerpt="2" title="label 1 · label 2"' in html
    assert 'data-colour="#222222" data-colour2="#111111"' in html


def test_what_stands_elsewhere_too_is_underlined_within_and_without_a_passage():
    lines = [Underline(4, 13, "also in A"), Underline(8, 10, "also in B & C")]
    html = article_html("one two three", 0, 13, [mark(1, 0, 7), *lines])
    assert re.findall(r'<u class="also-in" title="([^"]+)">([^<]+)</u>', html) == [
        ("also in A", "two"),
        ("also in A", " "),
        ("also in A · also in B &amp; C", "th"),
        ("also in A", "ree"),
    ]
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == ["one ", '<u class="also-in" title="also in A">two</u>']


def test_a_label_cannot_break_out_of_its_attribute():
    html = article_html("one", 0, 3, [Mark(1, 0, 3, (), False, '"><script>'), Underline(0, 2, '"><script>')])
    assert "<script>" not in html


def test_only_paragraphs_that_a_range_touches_are_sent_again():
    html = touched_html(TEXT, 0, len(TEXT), [], [(TEXT.index("one"), TEXT.index("Second") + 2)])
    assert words_in(html) == "First <one>.Second & last."
    assert html.count('hx-swap-oob="true"') == 2


RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)))


@given(st.text(alphabet="ab <&\n\u202e😀é", max_size=40), RANGES, RANGES)
def test_whatever_is_marked_the_words_are_those_of_the_text(text, ranges, lines):
    marks = [
        mark(key, start, min(start + length, len(text)))
        for key, (start, length) in enumerate(ranges)
        if start < len(text)
    ]
    underlines = [Underline(start, start + length, "also in") for start, length in lines]
    html = article_html(text, 0, len(text), [*marks, *underlines])
    assert words_in(html) == text
    marked = {
        key: "".join(unescape(re.sub(r"<[^>]+>", "", run)) for keys, run in _runs(html) if str(key) in keys)
        for key in [one.key for one in marks]
    }
    for one in marks:
        lines = [p for p in paragraphs_of(text, 0, len(text)) if p.start < one.end and one.start < p.end]
        assert marked[one.key] == "".join(text[max(p.start, one.start) : min(p.end, one.end)] for p in lines)


def _runs(html: str) -> list[tuple[list[str], str]]:
    found = re.findall(r'<mark[^>]*data-excerpts="([\d ]+)"[^>]*>(.*?)</mark>', html, re.DOTALL)
    return [(keys.split(), run) for keys, run in found]
