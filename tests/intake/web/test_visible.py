"""All the words that a page shows, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.intake.lines import written
from caseapp.intake.readers.text import check_text
from caseapp.intake.web.visible import visible


def text_of(page: str) -> str:
    return written(visible(page)).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One <b>word</b>s</p><p>Two</p>", "One words\n\nTwo"),
        ("<p>One<br>two<br/>three", "One\ntwo\nthree"),
        ("<p>a  \n\t b&nbsp;&nbsp;c</p>", "a b\xa0\xa0c"),
        ("<ul><li>One<li>Two</ul>After", "One\nTwo\n\nAfter"),
        ("<table><tr><th>Year<th>Killed</tr><tr><td>2019<td>20</tr></table>", "Year | Killed\n2019 | 20"),
        ("<head><title>No</title></head><body>Yes<script>no()</script><style>no</style></body>", "Yes"),
        ("Yes<noscript>no</noscript><template>no</template><svg><text>no</text></svg>", "Yes"),
        (
            "<p>Yes</p><p style='color:red; display : none'>no <p hidden>no</p><div style='visibility:hidden'>no</div>",
            "Yes",
        ),
        ("<div hidden>no <div>no</div> no</div>Yes", "Yes"),
        ("it&#146;s kid&shy;napped &#xD800;&#0;here&#x202E;", "it’s kidnapped \ufffd\ufffdhere\u202e"),
        ("wo\x07rds\ufffe", "words"),
        ("e\u0301", "é"),
        ("<html><head><title>no</title><body>Yes", "Yes"),
        ("<p hidden>no<p>Yes", "Yes"),
        ("<ul><li hidden>no</ul>Yes", "Yes"),
        ("<div hidden>no<p>no</div>Yes", "Yes"),
        ("<p>unclosed <b>and <a href=x>on", "unclosed and on"),
    ],
)
def test_words_as_they_are_shown(page, text):
    assert text_of(page) == text


def test_headings_are_known_by_their_place():
    page = written(visible("<h1>One <em>two</em></h1><p>Words</p><h3>Three<br>four</h3>More"))
    assert page.text == "One two\n\nWords\n\nThree\nfour\n\nMore"
    assert [(page.text[start:end], level) for start, end, level in page.headings] == [
        ("One two", 1),
        ("Three", 3),
        ("four", 3),
    ]


def test_no_page_is_too_deep():
    assert text_of("<div>" * 100_000 + "deep" + "</div>" * 100_000 + "after") == "deep\n\nafter"


PIECES = st.sampled_from(["<p>", "</p>", "<h2>", "</h2>", "<td>", "<tr>", "<br>", "<li>", "<div hidden>", "</div>"])


@given(st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=40))
def test_whatever_the_page_its_text_is_regular_and_its_headings_are_lines_of_it(pieces):
    page = written(visible("".join(pieces)))
    if any(letter.isalnum() for letter in page.text):
        assert check_text(page.text) == page.text
    for start, end, level in page.headings:
        assert 1 <= level <= 6
        assert page.text[start:end].strip()
        assert "\n" not in page.text[start:end]
        assert page.text[:start].endswith("\n") or start == 0
        assert page.text[end:].startswith("\n") or end == len(page.text)
