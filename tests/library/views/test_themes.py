import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from caseapp.library.models import Theme
from caseapp.library.palette import PALETTE
from caseapp.library.services.themes import add_theme


def grow(name: str, parent: Theme | None = None) -> Theme:
    return add_theme(by=None, name=name, parent=parent, definition="", colour="#aabbcc")


def names(parent: Theme | None = None) -> list[str]:
    return list(Theme.objects.filter(parent=parent).values_list("name", flat=True))


def sentences(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


def test_the_tree_shows_every_theme_with_its_counts(client, source, quote, killings):
    home = grow("At home", killings)
    quote(source.capture, "his house", home)
    quote(source.capture, "The officer", killings)
    page = client.get("/themes/").content.decode()
    row = page[page.index(f'id="theme-{killings.pk}"') : page.index(f'id="theme-{home.pk}"')]
    assert "Off-duty killings" in row
    assert "Police officers killed or attacked while off duty" in row
    assert re.findall(r'<td class="num"[^>]*>(\d+)</td>', row) == ["1", "2"]
    assert "Below Off-duty killings:" in page


def test_the_tree_takes_as_many_queries_for_many_as_for_one(client, killings, django_assert_num_queries):
    client.get("/themes/")
    with django_assert_num_queries(4):
        client.get("/themes/")
    parent = killings
    for number in range(15):
        parent = grow(f"Level {number}", parent)
    with django_assert_num_queries(4):
        client.get("/themes/")


def test_the_picker_is_told_of_every_theme_as_it_is_now(client, killings):
    home = grow("At home", killings)
    page = client.get("/themes/options/").content.decode()
    assert f'name="themes" value="{home.pk}">' in page
    assert "Off-duty killings / At home" in page
    assert "checked" not in page


def test_the_picker_says_that_there_are_no_themes(client, db):
    Theme.objects.all().delete()
    assert "There are no themes yet." in client.get("/themes/options/").content.decode()


def test_an_empty_tree_says_what_to_do(client, killings, weapons, law):
    Theme.objects.all().delete()
    assert "No themes yet" in client.get("/themes/").content.decode()


def test_a_new_theme_is_offered_a_colour_that_no_other_has(client, killings):
    def offered() -> str:
        return client.get("/themes/add/").context["form"]["colour"].value()

    first = offered()
    assert first == PALETTE[0]
    assert f'value="{first}"' in client.get("/themes/add/").content.decode()
    client.post("/themes/add/", {"name": "At home", "parent": "", "definition": "", "colour": first})
    assert offered() == PALETTE[1]


def test_a_theme_keeps_its_colour_when_it_is_changed(client, killings):
    form = client.get(f"/themes/{killings.pk}/edit/").context["form"]
    assert form["colour"].value() == killings.colour


def test_a_theme_is_added(client, killings):
    form = client.get(f"/themes/add/?under={killings.pk}").context["form"]
    assert form["parent"].value() == str(killings.pk)
    response = client.post(
        "/themes/add/",
        {"name": " At home ", "parent": killings.pk, "definition": "In the\r\nhouse.", "colour": "#ABCDEF"},
    )
    theme = Theme.objects.get(slug="at-home")
    assert response.url == f"/themes/#theme-{theme.pk}"
    assert (theme.name, theme.parent, theme.definition, theme.colour) == (
        "At home",
        killings,
        "In the\nhouse.",
        "#abcdef",
    )


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Every theme needs a name."),
        (
            {"name": "weapon RULES"},
            "name",
            "A theme called “weapon RULES” already stands there. Choose another name, or merge the two.",
        ),
        ({"colour": "red"}, "colour", "Use a colour like #ffe08a."),
        ({"parent": "999"}, "parent", "Select a valid choice. 999 is not one of the available choices."),
    ],
)
def test_a_theme_that_cannot_be_is_refused_and_what_was_typed_stays(client, changes, field, sentence):
    typed = {"name": "At home", "parent": "", "definition": "In the house.", "colour": "#abcdef"} | changes
    response = client.post("/themes/add/", typed)
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {field: [sentence]}
    assert {name: form[name].value() for name in typed} == typed
    assert Theme.objects.count() == 3


def test_a_theme_is_renamed(client, weapons):
    url = f"/themes/{weapons.pk}/edit/"
    assert client.get(url).context["form"]["name"].value() == "Weapon rules"
    response = client.post(url, {"name": "Arms", "definition": "", "colour": "#000000"})
    assert response.url == f"/themes/{weapons.pk}/"
    weapons.refresh_from_db()
    assert (weapons.name, weapons.definition, weapons.colour) == ("Arms", "", "#000000")


def test_a_name_that_is_taken_is_refused(client, weapons):
    response = client.post(
        f"/themes/{weapons.pk}/edit/", {"name": "off-duty killings", "definition": "x", "colour": "#000000"}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert "Change “Weapon rules”" in response.content.decode()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("up", ["Weapon rules", "Off-duty killings", "Unpassed protection law"]),
        ("down", ["Off-duty killings", "Unpassed protection law", "Weapon rules"]),
    ],
)
def test_a_theme_steps_up_and_down(client, weapons, step, expected):
    response = client.post(f"/themes/{weapons.pk}/move/", {"step": step})
    assert response.url == f"/themes/#theme-{weapons.pk}"
    assert names() == expected


def test_the_first_theme_stays_first(client, killings):
    client.post(f"/themes/{killings.pk}/move/", {"step": "up"})
    assert names() == ["Off-duty killings", "Weapon rules", "Unpassed protection law"]


def test_a_theme_moves_under_another_and_back(client, killings, weapons):
    url = f"/themes/{killings.pk}/move/"
    client.post(url, {"parent": weapons.pk})
    assert names(weapons) == ["Off-duty killings"]
    client.post(url, {"parent": ""})
    assert names() == ["Weapon rules", "Unpassed protection law", "Off-duty killings"]


def test_a_theme_is_not_offered_a_place_below_itself(client, killings, weapons, law):
    home = grow("At home", killings)
    url = f"/themes/{killings.pk}/move/"
    choices = client.get(url).context["form"].fields["parent"].choices
    assert [value for value, _ in choices] == ["", str(weapons.pk), str(law.pk)]
    assert client.post(url, {"parent": home.pk}).status_code == 422
    assert names(home) == []


def test_a_move_onto_a_namesake_is_refused(client, killings, weapons):
    namesake = grow("Weapon rules", killings)
    response = client.post(f"/themes/{namesake.pk}/move/", {"parent": ""})
    assert response.status_code == 422
    assert "already stands there" in response.content.decode()


def test_a_merge_shows_first_what_will_happen(client, source, quote, killings, weapons):
    quote(source.capture, "The officer", killings)
    quote(source.capture, "His rifle", killings, weapons)
    grow("At home", killings)
    url = f"/themes/{killings.pk}/merge/?into={weapons.pk}"
    page = client.get(url).content.decode()
    assert "1 excerpt will be tagged “Weapon rules” instead." in page
    assert "1 excerpt carries both already and keeps one." in page
    assert "These themes will stand under “Weapon rules”: At home." in page
    assert Theme.objects.filter(pk=killings.pk).exists()
    response = client.post(url)
    assert response.url == f"/themes/{weapons.pk}/"
    assert sentences(response) == [
        "“Off-duty killings” is merged into “Weapon rules”: 1 excerpt was tagged anew.",
    ]
    assert names(weapons) == ["At home"]


def test_a_merge_with_clashing_names_offers_no_button(client, killings, weapons):
    grow("At home", killings)
    grow("at home", weapons)
    url = f"/themes/{killings.pk}/merge/?into={weapons.pk}"
    page = client.get(url).content.decode()
    assert "Both have a theme of this name below them: At home." in page
    assert "Merge them" not in page
    response = client.post(url)
    assert response.url == url
    assert sentences(response) == ["Both have a theme called “At home” below them. Rename or merge those first."]
    assert Theme.objects.count() == 5


@pytest.mark.parametrize("query", ["", "?into=", "?into=999", "?into=x"])
def test_a_merge_without_another_theme_does_nothing(client, killings, query):
    url = f"/themes/{killings.pk}/merge/{query}"
    assert "Merge them" not in client.get(url).content.decode()
    assert client.post(url).status_code in (200, 422)
    assert Theme.objects.count() == 3


def test_a_theme_with_passages_is_not_removed(client, source, quote, killings):
    excerpt = quote(source.capture, "The officer", killings)
    url = f"/themes/{killings.pk}/remove/"
    page = client.get(url).content.decode()
    assert "Remove “Off-duty killings”?" in page
    assert "It holds 1 passage and 0 themes below it." in " ".join(page.split())
    response = client.post(url)
    assert response.url == f"/themes/{killings.pk}/"
    assert sentences(response) == [
        "“Off-duty killings” holds 1 excerpt. Only an empty theme can be removed; merge it into another instead."
    ]
    assert list(excerpt.themes.all()) == [killings]


def test_an_empty_theme_is_removed(client, killings):
    response = client.post(f"/themes/{killings.pk}/remove/")
    assert (response.url, sentences(response)) == ("/themes/", ["“Off-duty killings” is removed."])
    assert names() == ["Weapon rules", "Unpassed protection law"]


def test_a_themes_page_shows_its_passages_across_sources(client, add, quote, killings, weapons):
    home = grow("At home", killings)
    first = add(title="A", publisher="Sample Herald", published_on="2019-03")
    second = add(title="B")
    one = quote(first.capture, "The officer", killings, weapons, is_adverse=True, note="Look <here>.")
    two = quote(second.capture, "his house", home)
    response = client.get(f"/themes/{killings.pk}/")
    assert list(response.context["page"]) == [one, two]
    page = response.content.decode()
    assert f'<a href="/sources/{first.pk}/#excerpt-{one.pk}">A</a>, Sample Herald, March 2019' in page
    assert "“The officer”" in page
    assert "Cuts against us" in page
    assert "Look &lt;here&gt;." in page
    only_own = client.get(f"/themes/{killings.pk}/?below=0")
    assert list(only_own.context["page"]) == [one]


def test_a_themes_page_takes_as_many_queries_for_many_as_for_one(
    client, source, quote, killings, weapons, django_assert_num_queries
):
    text = source.capture.text
    quote(source.capture, "M", killings)
    client.get(f"/themes/{killings.pk}/")
    with django_assert_num_queries(9):
        client.get(f"/themes/{killings.pk}/")
    for end in range(2, 40):
        quote(source.capture, text[:end], killings, weapons)
    with django_assert_num_queries(9) as queries:
        client.get(f"/themes/{killings.pk}/")
    assert not any('"library_capture"."text"' in query["sql"] for query in queries)


def test_a_theme_without_passages_says_what_to_do(client, law):
    assert "No passages yet" in client.get(f"/themes/{law.pk}/").content.decode()


PAGES = ["theme_show", "theme_edit", "theme_move", "theme_merge", "theme_remove"]


@pytest.mark.parametrize("page", PAGES)
def test_whoever_only_manages_people_stays_outside(as_person, administrator, killings, page):
    client = as_person(administrator)
    assert client.get(reverse(page, args=[killings.pk])).status_code == 403
    assert client.post(reverse(page, args=[killings.pk])).status_code in (403, 405)
    assert client.get("/themes/").status_code == 403
    assert client.post("/themes/add/", {"name": "x", "colour": "#000000"}).status_code == 403
    assert Theme.objects.count() == 3


@pytest.mark.parametrize("page", PAGES)
def test_what_does_not_exist_is_not_found(client, page):
    assert client.get(reverse(page, args=[999])).status_code == 404
