import json
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from caseapp.library.models import Origin, Source, Theme, Undo
from caseapp.library.queries import independent_by_theme, theme_tree
from caseapp.library.services.themes import add_theme, change_theme
from caseapp.library.themes.palette import PALETTE
from tests.library.reporting import doubted


def grow(name: str, parent: Theme | None = None) -> Theme:
    return add_theme(by=None, name=name, parent=parent, definition="", colour="#aabbcc")


def names(parent: Theme | None = None) -> list[str]:
    return list(Theme.objects.filter(parent=parent).values_list("name", flat=True))


def sentences(response) -> list[str]:
    """Without the button that undoes it."""
    return [str(message).split("\n")[0].strip() for message in get_messages(response.wsgi_request)]


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
    assert re.findall(r'<td class="num"[^>]*>(\d+)</td>', row) == ["1", "2", "1"], (
        "its own, with those below, and from how many origins"
    )
    assert "Below Off-duty killings:" in page


def test_the_tree_takes_as_many_queries_for_many_as_for_one(client, killings, django_assert_num_queries):
    client.get("/themes/")
    with django_assert_num_queries(5):
        client.get("/themes/")
    parent = killings
    for number in range(15):
        parent = grow(f"Level {number}", parent)
    with django_assert_num_queries(5):
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
        {"name": " At home ", "parent": killings.pk, "definition": "In the\r\nhouse.", "colour": "#3A87C2"},
    )
    theme = Theme.objects.get(slug="at-home")
    assert response.url == f"/themes/#theme-{theme.pk}"
    assert (theme.name, theme.parent, theme.definition, theme.colour) == (
        "At home",
        killings,
        "In the\nhouse.",
        "#3a87c2",
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
        ({"stale_after_months": "0"}, "stale_after_months", "Ensure this value is greater than or equal to 1."),
        ({"parent": "999"}, "parent", "Select a valid choice. 999 is not one of the available choices."),
    ],
)
def test_a_theme_that_cannot_be_is_refused_and_what_was_typed_stays(client, changes, field, sentence):
    typed = {"name": "At home", "parent": "", "definition": "In the house.", "colour": PALETTE[5]} | changes
    response = client.post("/themes/add/", typed)
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {field: [sentence]}
    assert {name: form[name].value() for name in typed} == typed
    assert Theme.objects.count() == 3


def test_a_theme_is_renamed(client, weapons):
    url = f"/themes/{weapons.pk}/edit/"
    assert client.get(url).context["form"]["name"].value() == "Weapon rules"
    typed = {"name": "Arms", "definition": "", "belongs": "Locked\r\naway", "excludes": "Other arms", "version": 1}
    response = client.post(url, typed | {"colour": PALETTE[3], "stale_after_months": "24"})
    assert response.url == f"/themes/{weapons.pk}/"
    weapons.refresh_from_db()
    assert (weapons.name, weapons.definition, weapons.colour) == ("Arms", "", PALETTE[3])
    assert (weapons.belongs, weapons.excludes, weapons.stale_after_months) == ("Locked\naway", "Other arms", 24)


def test_a_colour_that_is_hard_to_see_is_refused_and_the_nearest_filled_in(client, weapons):
    url, typed = f"/themes/{weapons.pk}/edit/", {"name": "Arms", "definition": "", "version": 1}
    response = client.post(url, typed | {"colour": "#ffff00"})
    assert response.status_code == 422
    form = response.context["form"]
    nearest = form["colour"].value()
    assert form.errors == {
        "colour": [
            "#ffff00 is hard to see on white paper or on a dark screen. The nearest that can be seen is "
            f"{nearest}; it is filled in, so saving again takes it."
        ]
    }
    assert client.post(url, typed | {"colour": nearest}).status_code == 302
    assert Theme.objects.get(pk=weapons.pk).colour == nearest
    # The founding colours are older than this rule, and a theme keeps the one it has.
    assert client.post(url, typed | {"colour": nearest, "version": 2}).status_code == 302


def test_two_people_who_change_a_theme_see_both_versions(client, weapons):
    url = f"/themes/{weapons.pk}/edit/"
    typed = {"name": "Arms", "definition": weapons.definition, "colour": weapons.colour, "version": 1}
    change_theme(by=None, theme=weapons, name="Guns")
    response = client.post(url, typed)
    assert response.status_code == 409
    assert [(row.label, row.standing, row.typed) for row in response.context["differences"]] == [
        ("Name", "Guns", "Arms")
    ]
    assert Theme.objects.get(pk=weapons.pk).name == "Guns"
    assert client.post(url, typed | {"version": response.context["form"]["version"].value()}).status_code == 302
    assert Theme.objects.get(pk=weapons.pk).name == "Arms"


def test_a_name_that_is_taken_is_refused(client, weapons):
    response = client.post(
        f"/themes/{weapons.pk}/edit/",
        {"name": "off-duty killings", "definition": "x", "colour": PALETTE[0], "version": 1},
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


@pytest.mark.parametrize(
    ("step", "under", "says"),
    [
        ("in", "Off-duty killings", "“Weapon rules” is now number 1 of 1 below “Off-duty killings”."),
        ("down", None, "“Weapon rules” is now number 3 of 3 at the top."),
        ("out", None, None),
        ("nonsense", None, None),
    ],
)
def test_a_step_is_said_in_words_and_can_be_undone(client, killings, weapons, step, under, says):
    response = client.post(f"/themes/{weapons.pk}/move/", {"step": step, "after": weapons.pk})
    assert sentences(response) == ([says] if says else []) or step == "nonsense"
    parent = Theme.objects.get(pk=weapons.pk).parent
    assert (parent and parent.name) == under
    if says:
        response = client.post(Undo.objects.latest("pk").get_absolute_url())
        assert response.url == f"/themes/#theme-{weapons.pk}"
        assert names() == ["Off-duty killings", "Weapon rules", "Unpassed protection law"]


def test_a_theme_steps_out_from_below_another(client, killings):
    home = grow("At home", killings)
    client.post(f"/themes/{home.pk}/move/", {"step": "out"})
    assert names() == ["Off-duty killings", "At home", "Weapon rules", "Unpassed protection law"]


@pytest.mark.parametrize(
    ("after", "inside", "top"),
    [
        ("", "", ["Unpassed protection law", "Off-duty killings", "Weapon rules"]),
        ("killings", "", ["Off-duty killings", "Unpassed protection law", "Weapon rules"]),
        ("killings", "on", ["Off-duty killings", "Weapon rules"]),
    ],
)
def test_a_theme_is_dropped_where_it_is_let_go(client, killings, law, after, inside, top):
    sent = {"after": killings.pk if after else "", "inside": inside}
    client.post(f"/themes/{law.pk}/move/", sent)
    assert names() == top
    assert names(killings) == (["Unpassed protection law"] if inside else [])


def test_a_theme_is_not_dropped_into_itself(client, killings):
    home = grow("At home", killings)
    response = client.post(f"/themes/{killings.pk}/move/", {"after": home.pk, "inside": "on"})
    assert "so “Off-duty killings” cannot go there." in sentences(response)[0]
    assert names(home) == []


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
    with django_assert_num_queries(15):
        client.get(f"/themes/{killings.pk}/")
    for end in range(2, 40):
        quote(source.capture, text[:end], killings, weapons)
    with django_assert_num_queries(15) as queries:
        client.get(f"/themes/{killings.pk}/")
    assert not any('"library_capture"."text"' in query["sql"] for query in queries)


def test_the_tree_counts_origins_with_those_below(add, quote, killings):
    agency = Origin.objects.create(name="Sample Agency")
    home = grow("At home", killings)
    for title in ("Reprint one", "Reprint two", "Own report"):
        source = add(title=title)
        if title != "Own report":
            Source.objects.filter(pk=source.pk).update(origin=agency)
        quote(source.capture, "The officer", home if title == "Reprint one" else killings)
    counted = independent_by_theme(theme_tree())
    assert (counted[killings.pk], counted[home.pk]) == (2, 1)


def test_a_themes_page_is_grouped_by_report_and_counts_independent_origins(client, add, quote, killings):
    agency = Origin.objects.create(name="Sample Agency")
    for title in ("Reprint one", "Reprint two", "Own report"):
        source = add(title=title)
        if title != "Own report":
            Source.objects.filter(pk=source.pk).update(origin=agency)
        quote(source.capture, "The officer", killings)
    response = client.get(f"/themes/{killings.pk}/")
    assert [(family.name, family.is_shared, len(family.passages)) for family in response.context["families"]] == [
        ("Own report", False, 1),
        ("Sample Agency", True, 2),
    ]
    page = " ".join(response.content.decode().split())
    assert "3 passages · 3 sources, 2 independent" in page
    assert "One report: Sample Agency" in page


@pytest.mark.parametrize(
    ("narrowed", "titles"),
    [
        ("", ["A", "B"]),
        ("country=SV", ["A"]),
        ("adverse=yes", ["B"]),
        ("adverse=no", ["A"]),
        ("since=2020", ["B"]),
        ("since=2019-03&state=proposed", ["A", "B"]),
        ("state=approved", []),
        ("since=soon&country=XX&state=x&style=x", ["A", "B"]),
    ],
)
def test_a_themes_passages_are_narrowed(client, add, quote, killings, narrowed, titles):
    first, second = add(title="A", country="SV", published_on="2019-03-04"), add(title="B", published_on="2021")
    quote(first.capture, "The officer", killings)
    quote(second.capture, "The officer", killings, is_adverse=True)
    response = client.get(f"/themes/{killings.pk}/?{narrowed}")
    assert [one.capture.source.title for one in response.context["page"]] == titles


def test_a_passage_is_copied_with_its_citation(client, add, quote, killings):
    source = add(title="Two men", publisher="Sample Herald", author="A. Reporter", published_on="2019-03-04")
    quote(source.capture, "The officer", killings)
    for style, expected in (
        ("", "“The officer” A. Reporter, Two Men"),
        ("oscola", "“The officer” A Reporter, ‘Two Men"),
    ):
        response = client.get(f"/themes/{killings.pk}/?style={style}")
        assert response.context["families"][0].passages[0].copied.startswith(expected)


def test_pinned_passages_and_what_the_theme_means_are_shown(client, source, quote, killings):
    change_theme(by=None, theme=killings, belongs="At home", excludes="On duty", stale_after_months=24)
    for words, pin in (("The officer was on leave", "belongs"), ("His rifle had stayed", "excluded")):
        excerpt = quote(source.capture, words, killings)
        client.post(f"/themes/{killings.pk}/example/", {"excerpt": excerpt.pk, "pin": pin})
    for address in (f"/themes/{killings.pk}/", "/themes/codebook/"):
        page = client.get(address).content.decode()
        for words in ("At home", "On duty", "The officer was on leave", "His rifle had stayed", "does not belong"):
            assert words in page
    assert "after 24 months" in client.get(f"/themes/{killings.pk}/").content.decode()


def test_the_codebook_takes_as_many_queries_for_many_as_for_one(client, killings, count_queries):
    before = count_queries(client, "/themes/codebook/")
    for number in range(10):
        grow(f"Theme {number}", killings)
    assert count_queries(client, "/themes/codebook/") == before


def test_a_theme_without_passages_says_what_to_do(client, law):
    assert "No passages here" in client.get(f"/themes/{law.pk}/").content.decode()


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


def test_a_themes_page_says_which_of_its_sources_may_be_one_report(client, add, quote, killings):
    one, other = add(title="One"), add(title="Other")
    for source in (one, other):
        quote(source.capture, "The officer", killings)
    link = doubted(one, other)
    page = client.get(f"/themes/{killings.pk}/").content.decode()
    assert "2 of these sources may be one report." in page
    assert f'<a href="{link.get_absolute_url()}">Decide</a>' in page


def test_a_missing_theme_is_begun_by_its_name_alone(client, caseworker):
    page = client.post("/themes/begin/", {"name": " Night raids "})
    theme = Theme.objects.get(name="Night raids")
    assert (theme.parent, theme.definition, theme.colour in PALETTE) == (None, "", True)
    assert f'value="{theme.pk}"' in page.text
    assert json.loads(page["HX-Trigger-After-Swap"]) == {"theme-begun": {"value": str(theme.pk)}}
    refused = client.post("/themes/begin/", {"name": "Night raids"})
    assert (refused.status_code, "A theme called “Night raids” already stands there." in refused.text) == (422, True)
    assert client.post("/themes/begin/", {"name": "x" * 500}).status_code == 422
    assert Theme.objects.filter(name="Night raids").count() == 1
