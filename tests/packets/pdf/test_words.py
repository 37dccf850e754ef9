import pytest

from caseapp.packets.pdf.words import beside, date_words, short, web_address


@pytest.mark.parametrize(
    ("partial", "words"),
    [
        ("2019", "2019"),
        ("2019-03", "March 2019"),
        ("2019-03-04", "March 4, 2019"),
        ("2019-12-31", "December 31, 2019"),
        ("", ""),
    ],
)
def test_dates_of_any_precision(partial, words):
    assert date_words(partial, "month first") == words


def test_a_date_after_arabic_keeps_its_place():
    assert beside(", ", "المرصد", "2020", "") == "المرصد\u200e, 2020"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "packet:passage/x1",
        "//example.org",
        "http://",
        "http://[",
        "",
        "https://example.org/a b",
        "https://example.org/\u202e",
        "mailto:a@b.example",
    ],
)
def test_addresses_that_nobody_should_click(url):
    assert web_address(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=2#d", "http://example.org", "HTTPS://Example.org/ñ"])
def test_web_addresses_stay(url):
    assert web_address(url) == url


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Two \n words ", "Two words"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("x" * 100, "x" * 64 + "…"),
    ],
)
def test_short_lines_end_at_a_word(text, line):
    assert short(text) == line
