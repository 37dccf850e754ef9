"""The lines of a page that are its article."""

from caseapp.intake.lines import written
from caseapp.intake.web.article import article_lines, document_of, tree_of
from caseapp.intake.web.visible import visible

FIRST = (
    "Two men came to the house of the officer, who was on <a href='/leave'>leave</a>, and asked for <b>him</b>by name."
)
SECOND = "His rifle had stayed at the station, as the rule demands, and the neighbours called nobody that night."
PAGE = f"""<html lang="en"><head><title>Two men at the door - Sample Herald</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">Killings</a></li></ul></nav>
<article><h1>Two men at the door</h1><p>{FIRST}</p><h2>Killings</h2><p>{SECOND}</p>
<table><tr><th>Year</th><th>Killed</th></tr><tr><td>2019</td><td>20 officers of the force</td></tr></table>
<p>The bill that was to protect his family never came to a vote in the assembly, and it was not tabled again.</p>
<p style="display:none">Words that nobody sees stand here and must not become part of the evidence at all.</p></article>
<aside><a href="/recipes">Read more: ten recipes for the weekend</a></aside>
<footer>All rights reserved by the Sample Herald and its licensors.</footer></body></html>"""


def article_of(page: str):
    tree = tree_of(page)
    return written(article_lines(visible(page), document_of(tree, "").body))


def test_its_words_stand_as_the_page_has_them_without_menus_and_hidden_words():
    article = article_of(PAGE)
    assert article.text == (
        "Two men at the door\n\n"
        "Two men came to the house of the officer, who was on leave, and asked for himby name.\n\n"
        "Killings\n\n"
        "His rifle had stayed at the station, as the rule demands, and the neighbours called nobody that night.\n\n"
        "Year | Killed\n2019 | 20 officers of the force\n\n"
        "The bill that was to protect his family never came to a vote in the assembly, and it was not tabled again."
    )
    assert [(article.text[start:end], level) for start, end, level in article.headings] == [
        ("Two men at the door", 1),
        ("Killings", 2),
    ]


def test_a_page_that_is_too_deep_has_no_tree():
    assert tree_of("<div>" * 3_000 + "words" + "</div>" * 3_000) is None
    assert tree_of("") is None
