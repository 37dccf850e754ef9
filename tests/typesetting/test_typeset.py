import pytest

from caseapp.typesetting.typeset import AssetFetcher, PageReachedOut, engine, typeset

PAGE = "@page { size: 300pt 200pt; margin: 20pt }"
OUTSIDE = [
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:1/x.png">',
    '<img src="data:image/png;base64,AAAA">',
    '<img src="asset:other.png">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="../../etc/passwd">x</a>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<style>@import "file:///etc/passwd";</style>',
    '<p style="background: url(file:///etc/passwd)">x</p>',
    '<p style="content: url(http://127.0.0.1:1/)"></p>',
    "<style>li { list-style-image: url(file:///etc/passwd) }</style><ul><li>x</li></ul>",
    "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style><p>x</p>",
    '<base href="file:///etc/"><img src="passwd">',
]


@pytest.mark.parametrize("html", OUTSIDE)
def test_a_page_that_asks_for_anything_from_outside_stops_the_rendering(html):
    """Or it is rendered without having asked: what matters is that no byte of the answer can be there."""
    try:
        pdf = typeset(f"<p>words</p>{html}", PAGE).pdf
    except PageReachedOut:
        return
    assert b"root:" not in pdf
    assert b"EmbeddedFile" not in pdf


@pytest.mark.parametrize("html", [OUTSIDE[0], OUTSIDE[1], OUTSIDE[4], OUTSIDE[9]])
def test_the_usual_ways_out_are_refused_outright(html):
    with pytest.raises(PageReachedOut):
        typeset(html, PAGE)


def test_a_style_that_asks_for_something_stops_too():
    with pytest.raises(PageReachedOut):
        typeset("<p>x</p>", '@import "file:///etc/passwd";' + PAGE)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://localhost/", "asset:other", "ASSET:print.css", "print.css"]
)
def test_the_fetcher_knows_names_and_nothing_else(url):
    fetcher = AssetFetcher({"asset:print.css": ("text/css", b"p {}")})
    assert fetcher.fetch("asset:print.css").read() == b"p {}"
    with pytest.raises(BaseException, match=r"^$"):
        fetcher.fetch(url)


def test_an_anchor_stands_on_every_page_that_its_words_touch():
    laid = typeset(f"<p>Before <span id='here'>{'many words ' * 200}</span> after</p>", PAGE)
    assert laid.pages > 2
    assert [page for page, name, _ in laid.boxes() if name == "here"] == list(range(1, laid.pages + 1))


def test_an_anchor_whose_words_end_with_the_page_is_not_on_the_next():
    style = PAGE + " body, p { margin: 0; font-size: 10pt; line-height: 20pt }"
    lines = "".join(f"<p>line {n}</p>" for n in range(7))
    laid = typeset(
        f"{lines}<p><span id='here'>last line </span><br>next page</p>", style + " p { orphans: 1; widows: 1 }"
    )
    assert laid.pages == 2
    assert [page for page, name, _ in laid.boxes()] == [1]


def test_the_page_itself_outweighs_our_styles_and_those_outweigh_what_comes_with_the_paper():
    """Paragraphs have no margin in document.css."""
    far, farther = "p { margin-top: 30pt }", "<style>p { margin-top: 50pt }</style>"
    words = "<p id='here'>words</p>"

    def top(html: str, styles: str) -> float:
        return next(box.top for _, _, box in typeset(html, PAGE + far, styles=styles).boxes())

    assert top(words, "") - top(words, "document.css") == pytest.approx(30)
    assert top(farther + words, "document.css") - top(words, "document.css") == pytest.approx(50)


def test_the_engine_says_its_versions():
    versions = dict(engine())
    assert set(versions) == {"weasyprint", "pydyf", "fonttools", "pango", "harfbuzz"}
    assert all(versions.values())
    assert versions["harfbuzz"].count(".") == 2
