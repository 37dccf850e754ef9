"""What is read of web pages: some through the door, in a real child process; most in this one."""

import pytest

from caseapp.core.refused import Refused
from caseapp.intake import Unusable, read_text
from caseapp.intake.readers import html
from caseapp.intake.readers.html import FromPageData, OtherEncoding, PartOfPage, WholePage
from caseapp.intake.readers.reading import Found
from caseapp.intake.web import reading as web
from tests.intake.web.test_article import PAGE

WORDS = "The officer was on leave when two men came to his house that night, and nobody called."
ABOUT = """<html lang="es-SV"><head><meta property="og:title" content="Dos  hombres"><meta property="og:site_name"
content="El Diario"><meta name="author" content="Ana Pérez"><meta property="article:published_time"
content="2019-03-04T10:00:00Z"><link rel="canonical" href="https://diario.example/a"></head>"""


@pytest.fixture
def read(tmp_path):
    """read(page) → its reading, as the child makes it and the parent takes it."""

    def read(page, address=""):
        (tmp_path / "input").write_bytes(page if isinstance(page, bytes) else page.encode())
        return html.reading_of(web.read(tmp_path, media_type="", address=address))

    return read


def kinds(reading):
    return [notice.kind for notice in reading.notices]


def test_an_article_with_what_the_page_says_of_it():
    page = PAGE.replace('<html lang="en"><head>', ABOUT)
    reading = read_text(page.encode(), name="page.html", address="https://diario.example/a?utm=1")
    assert reading.text.startswith("Two men at the door\n\nTwo men came to the house")
    assert (reading.media_type, reading.encoding, reading.notices) == ("text/html", "utf-8", ())
    assert reading.found == Found(
        title="Dos hombres",
        author="Ana Pérez",
        publisher="El Diario",
        published_on="2019-03-04",
        language="es-SV",
        url="https://diario.example/a",
    )
    assert reading.headings == ((0, 19, 1), (108, 116, 2))


def test_the_language_of_the_words_where_the_page_does_not_say_it(read):
    page = (
        "<body>"
        + "<p>Los policías fueron asesinados en sus casas mientras estaban de permiso, dijo el director.</p>" * 4
    )
    assert read(page).found == Found(language="es")


def test_all_words_where_no_article_stands_out(read):
    page = f"<body><p>{WORDS}" + "<div>" * 3_000 + "<p>deep</p>" + "</div>" * 3_000
    reading = read(page)
    assert reading.text == f"{WORDS}\n\ndeep"
    assert reading.notices == (WholePage(),)


def test_an_article_that_is_a_small_part_of_the_page_is_said(read):
    page = (
        f"<body><article><h1>Door</h1><p>{WORDS}</p><p>{WORDS[::-1]}</p></article><footer>{'imprint ' * 150}</footer>"
    )
    reading = read(page)
    assert reading.text == f"Door\n\n{WORDS}\n\n{WORDS[::-1]}"
    assert reading.notices == (PartOfPage(12),)


def test_words_that_only_a_program_would_show_are_taken_from_its_data_and_that_is_said(read):
    data = '{"@type": "NewsArticle", "articleBody": "' + f"{WORDS} " * 5 + '"}'
    reading = read(f'<html><script type="application/ld+json">{data}</script><body><div>Loading</div></body></html>')
    assert reading.text.startswith(WORDS)
    assert reading.notices == (FromPageData(),)


def test_an_encoding_other_than_the_page_says(read):
    reading = read(f"<meta charset=utf-8><p>Díaz. {WORDS}".encode("cp1252"))
    assert reading.text.startswith("Díaz.")
    assert OtherEncoding("utf-8", "windows-1252") in reading.notices
    assert "decoded-as-windows-1252" in kinds(read(f"<p>Díaz. {WORDS}".encode("cp1252")))


def test_a_refusal_is_a_sentence():
    with pytest.raises(Unusable, match=r"^There are no words in this web page"):
        read_text(b"<html></html>")


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<body><img src='data:image/png;base64," + "A" * 1_000_000 + "'>",
        "<script>document.write('words')</script><div id=app></div><noscript>Switch on JavaScript</noscript>",
        "<head><meta http-equiv=refresh content='0; url=https://herald.example'><title>Moved</title></head>",
        "<" * 100_000,
        b"\0\0\0\0<html>",
    ],
)
def test_pages_without_words_are_refused(read, page):
    with pytest.raises(Refused, match="page-without-words"):
        read(page)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<p>wo\0rds\0</p>", "words"),
        ("<p>&#xD800;words&#57343;</p>", "\ufffdwords\ufffd"),
        ("<p>wo\u202erds</p>", "wo\u202erds"),
        ("<p>words</p>".encode("utf-16"), "words"),
        (b"<meta charset=iso-2022-jp><p>" + "言葉".encode("iso2022_jp"), "言葉"),
        (b"<meta charset=utf-7><p>+AGE-words", "+AGE-words"),
        ("<p" + " x=1" * 100_000 + ">words", "words"),
        ("words" + "&" * 1_000, "words" + "&" * 1_000),
        ("<table><tr><td>" * 1_000 + "words" + "</table>" * 1_000, "words"),
        (f"<table>{'<tr><td>one<td>two</tr>' * 2_000}</table>", "\n".join(["one | two"] * 2_000)),
        ("<h1>words</h1>" * 5_000, "\n\n".join(["words"] * 5_000)),
        ('<!DOCTYPE html [<!ENTITY a "lol">]><p>&a; words', "&a; words"),
    ],
)
def test_odd_pages_are_read(read, page, text):
    assert read(page).text == text


def test_entities_that_explode_stay_as_they_are_written(read):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "lol">{entities}]><html><p>&e11; words</html>'
    assert read(page).text.endswith("&e11; words")
