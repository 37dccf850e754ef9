"""The small pieces every page is made of."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from caseapp.core.templatetags.page import own_name, page_numbers

SPRITE = Path(settings.BASE_DIR, "caseapp/static/vendor/bootstrap-icons/sprite.svg").read_text()
TEMPLATES = [
    *Path(settings.BASE_DIR, "templates").rglob("*.html"),
    *Path(settings.BASE_DIR, "caseapp").rglob("*.py"),
]


def draw(source: str, path: str = "/", **context) -> str:
    return Template("{% load page %}" + source).render(RequestContext(RequestFactory().get(path), context))


def test_an_icon_beside_a_word_is_silent():
    assert draw('{% icon "trash" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/vendor/bootstrap-icons/sprite.svg#trash"></use></svg>'
    )


def test_an_icon_alone_says_what_it_means():
    assert 'role="img" aria-label="Remove &lt;it&gt;"' in draw('{% icon "trash" label=word %}', word="Remove <it>")


def test_every_icon_that_is_used_is_in_the_sprite():
    used = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""(?:{% icon|icon_name=)\s*["']([a-z0-9-]+)["']""", template.read_text())
    }
    assert used - set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE)) == set()
    assert {"trash", "plus-lg"} & used, "the pattern finds icons at all"


@pytest.mark.parametrize(
    ("page", "exact", "here"),
    [("/sources/", "", True), ("/sources/7/", "", True), ("/sources/7/", "exact=True", False), ("/", "", False)],
)
def test_a_nav_link_knows_where_it_is(page, exact, here):
    link = draw(f'{{% nav_link "Sources" "/sources/" {exact} %}}', page)
    assert ('aria-current="page"' in link) is here


@pytest.mark.parametrize(("page", "here"), [("/packets/7/", True), ("/builds/7/", True), ("/people/", False)])
def test_a_nav_link_knows_its_pages_elsewhere(page, here):
    link = draw('{% nav_link "Cases" "/cases/" also="/packets/ /builds/" %}', page)
    assert ('aria-current="page"' in link) is here


def test_a_tab_knows_where_it_is_and_counts():
    assert draw('{% tab "Team" "/team/" count=0 %}', "/team/").strip() == (
        '<li><a href="/team/" aria-current="page">Team <span class="tab-count">(0)</span></a></li>'
    )
    assert 'aria-current="page"' not in draw('{% tab "Team" "/team/" %}', "/team/add/")
    assert 'aria-current="page"' in draw('{% tab "Team" "/team/" here=True %}', "/team/add/")


def test_page_numbers_leave_gaps():
    page = Paginator(range(200), 10).get_page(7)
    assert list(page_numbers(page)) == [1, "…", 6, 7, 8, "…", 20]


def test_pagination_keeps_the_rest_of_the_address():
    page = Paginator(range(30), 10).get_page(2)
    drawn = draw('{% include "components/pagination.html" %}', "/sources/?q=ley&page=2", page=page)
    assert 'href="?q=ley&amp;page=3"' in drawn
    assert draw('{% include "components/pagination.html" %}', page=Paginator([], 10).get_page(1)).strip() == ""


def test_languages_in_their_own_words():
    assert [own_name(code) for code, _ in settings.LANGUAGES] == ["English", "Español"]
