import re
from html import unescape

import pytest
from django.urls import reverse

from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.sources import trim_article
from tests.library.conftest import ARTICLE, NOW

RIFLE = "His rifle had stayed at the station"


@pytest.fixture
def read(source, as_person, caseworker):
    def read(person=caseworker, of=source) -> str:
        answer = as_person(person).get(reverse("source_read", args=[of.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def article_in(page: str) -> str:
    return re.search(r'<article[^>]*id="article"[^>]*>(.*?)</article>', page, re.DOTALL)[1]


def words_in(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_the_text_of_the_page_is_the_text_of_the_article(read):
    assert words_in(article_in(read())) == ARTICLE


@pytest.mark.parametrize("name", ["source_read", "source_details", "source_trim", "source_edit"])
def test_every_page_of_a_source_has_the_same_tabs(as_person, caseworker, source, name):
    page = as_person(caseworker).get(reverse(name, args=[source.pk])).content.decode()
    tabs = page.split('<ul class="tabs">')[1].split("</ul>")[0]
    found = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)<', tabs)
    assert [words.strip() for _address, _here, words in found] == ["Read", "Details", "Trim", "Edit"]
    assert [address for address, here, _words in found if here] == [reverse(name, args=[source.pk])]


def test_what_was_trimmed_away_stands_apart(read, source):
    trim_article(
        by=None, capture=source.capture, start=ARTICLE.index("The officer"), end=ARTICLE.index("\n\nRead more")
    )
    page = read()
    assert words_in(article_in(page)) == ARTICLE[ARTICLE.index("The officer") : ARTICLE.index("\n\nRead more")]
    assert re.findall(r'<div class="left-out-text">(.*?)</div>', page) == ["Menu | Subscribe", "Read more: ten recipes"]


def test_excerpts_are_marked_and_have_cards_in_the_order_of_the_text(
    read, source, quote, killings, weapons, caseworker
):
    late = quote(source.capture, "came to a vote", is_adverse=True)
    early = quote(source.capture, RIFLE, weapons, note="A <rule>", created_by=caseworker)
    page = read()
    assert re.findall(r'id="card-(\d+)"', page) == [str(early.pk), str(late.pk)]
    assert f'data-excerpt="{early.pk}" title="Weapon rules" data-colour="{weapons.colour}">{RIFLE}</mark>' in page
    assert 'title="no theme yet, cuts against us"' in page
    assert "A &lt;rule&gt;" in page
    assert "Off-duty killings</a>" not in page


def test_where_excerpts_overlap_each_stretch_knows_all_of_them(read, source, quote, killings, weapons):
    long = quote(source.capture, "His rifle had stayed at the station, as the rule demands", weapons)
    short = quote(source.capture, "stayed at the station", killings)
    article = article_in(read())
    runs = re.findall(r'<mark[^>]*data-excerpts="([\d ]+)" data-excerpt="(\d+)"[^>]*>([^<]*)</mark>', article)
    assert runs == [
        (f"{long.pk}", f"{long.pk}", "His rifle had "),
        (f"{long.pk} {short.pk}", f"{short.pk}", "stayed at the station"),
        (f"{long.pk}", f"{long.pk}", ", as the rule demands"),
    ]
    assert words_in(article) == ARTICLE


def long_text(paragraphs: int = 1200) -> str:
    return "\n\n".join(
        f"Paragraph {number} 😀 of a report as long as a book, and longer." for number in range(paragraphs)
    )


def pieces_in(page: str) -> list[tuple[int, int, bool]]:
    found = re.findall(r'class="piece" id="piece-\d+" data-start="(\d+)" data-end="(\d+)"( data-ahead)?', page)
    return [(int(start), int(end), not ahead) for start, end, ahead in found]


def test_of_a_long_text_only_the_piece_that_is_read_is_sent(read, add, quote, as_person, caseworker):
    text = long_text()
    source = add(text)
    early, late = quote(source.capture, "Paragraph 7 "), quote(source.capture, "Paragraph 1100 ")
    page = read(of=source)
    pieces = pieces_in(page)
    assert [shown for _start, _end, shown in pieces] == [True] + [False] * (len(pieces) - 1)
    assert [start for start, _end, _shown in pieces[1:]] == [end for _start, end, _shown in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (0, len(text))
    assert words_in(article_in(page)) == text[: pieces[0][1]]
    assert f'data-places="{early.pk}:{early.start}:{early.end}: {late.pk}:{late.start}:{late.end}:"' in page
    assert re.findall(r'id="card-(\d+)"', page) == [str(early.pk)]

    start, end, _shown = pieces[-1]
    answer = as_person(caseworker).get(reverse("source_piece", args=[source.pk, start])).content.decode()
    assert words_in(answer.split('<div id="cards-')[0]) == text[start:end]
    assert re.findall(r'id="card-(\d+)"', answer) == [str(late.pk)]
    assert f'id="cards-{start}" hx-swap-oob="true"' in answer


def test_without_a_script_a_link_leads_on(read, add, as_person, caseworker):
    text = long_text()
    source = add(text)
    start, end, _shown = pieces_in(read(of=source))[1]
    address = f"{source.get_absolute_url()}?at={start}"
    assert f'<a class="piece-link" href="{address}" data-says="Read on" aria-label="Read on"></a>' in read(of=source)
    page = as_person(caseworker).get(address).content.decode()
    assert words_in(article_in(page)) == text[start:end]


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30, "¹"])
def test_a_place_that_is_none_begins_at_the_beginning(source, as_person, caseworker, asked):
    page = as_person(caseworker).get(source.get_absolute_url(), {"at": asked}).content.decode()
    assert words_in(article_in(page)) == ARTICLE


@pytest.mark.parametrize("start", [len(ARTICLE), 10**9])
def test_a_piece_that_is_not_there(source, as_person, caseworker, start):
    assert as_person(caseworker).get(reverse("source_piece", args=[source.pk, start])).status_code == 404


def test_text_that_looks_like_html_is_shown_as_it_is(read, add):
    text = "He said <b>no</b> & <script>alert(1)</script> “so”.\n"
    page = read(of=add(text))
    assert words_in(article_in(page)) == text
    assert "<script>alert" not in page


def test_characters_that_turn_the_direction_round_keep_it_to_themselves(read, add):
    text = "Officer \u202egnp.exe\u202c \u2066left\u2069.\n"
    article = article_in(read(of=add(text)))
    assert re.findall(r'<span class="unseen" data-code="([^"]+)">', article) == ["U+202E", "U+202C", "U+2066", "U+2069"]
    assert words_in(article) == text


def test_approving_is_offered_to_lawyers_alone(read, source, quote, lawyer, caseworker):
    excerpt = quote(source.capture, RIFLE, created_by=caseworker, checked_by=lawyer, checked_at=NOW)
    address = reverse("excerpt_check", args=[excerpt.pk])
    assert address in read(lawyer)
    assert address not in read(caseworker)


def test_the_page_is_for_those_who_work_with_the_library(source, as_person, administrator, client):
    address = reverse("source_read", args=[source.pk])
    assert as_person(administrator).get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_a_source_that_is_not_there(as_person, caseworker):
    assert as_person(caseworker).get(reverse("source_read", args=[987654])).status_code == 404


def test_more_excerpts_and_themes_ask_no_more_of_the_database(
    source, as_person, lawyer, killings, weapons, django_assert_max_num_queries
):
    client, address = as_person(lawyer), reverse("source_read", args=[source.pk])
    with django_assert_max_num_queries(50) as few:
        client.get(address)
    ends = [word.end() for word in re.finditer(r"\S+", ARTICLE)]
    for end in ends[:20]:
        quote_excerpt(by=lawyer, capture=source.capture, start=0, end=end, themes=[killings, weapons])
    # With excerpts there are two more questions: their themes, and nothing else for each of them.
    with django_assert_max_num_queries(len(few) + 1):
        assert client.get(address).content.count(b'class="card-excerpt') == 20


def test_the_themes_used_last_come_first_with_their_digits(source, read, caseworker, lawyer, killings, weapons, law):
    for end, theme, person in ((20, weapons, caseworker), (23, law, caseworker), (30, killings, lawyer)):
        quote_excerpt(by=person, capture=source.capture, start=0, end=end, themes=[theme])
    options = re.findall(r'picker-option"(?: data-key="(\d)")?>\s*<input[^>]*value="(\d+)"', read())
    assert options == [("1", str(law.pk)), ("2", str(weapons.pk)), ("", str(killings.pk))]
