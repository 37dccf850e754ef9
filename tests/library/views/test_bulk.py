"""Many rows of a list at once."""

import pytest

from caseapp.audit.models import Event
from caseapp.library.models import Excerpt, SearchEntry, Source, Undo
from caseapp.library.services import bulk
from caseapp.library.services.undoing import UndoRefused, undo
from tests.library.conftest import NOW


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def excerpts(source, quote, killings, weapons) -> list[Excerpt]:
    return [
        quote(source.capture, "The officer", killings),
        quote(source.capture, "His rifle", killings, weapons),
        quote(source.capture, "The bill"),
    ]


def slugs(excerpt: Excerpt) -> set[str]:
    return {theme.slug for theme in excerpt.themes.all()}


def test_the_page_says_what_all_some_and_none_have(client, excerpts, killings, weapons, law):
    page = client.get("/excerpts/tag/", {"row": [excerpts[0].pk, excerpts[1].pk], "q": "the"})
    held = {theme.slug: held for _field, theme, held in page.context["rows"]}
    assert (held[killings.slug], held[weapons.slug], held[law.slug]) == (2, 1, 0)
    assert "some (1 of 2)" in page.content.decode()
    assert 'href="/excerpts/?q=the"' in page.content.decode()
    assert slugs(excerpts[0]) == {killings.slug}


def test_themes_are_given_and_taken_and_all_of_it_is_undone(client, excerpts, killings, weapons, law, caseworker):
    ids = ",".join(str(excerpt.pk) for excerpt in excerpts)
    sent = {"ids": ids, f"theme-{law.pk}": "add", f"theme-{killings.pk}": "remove"}
    response = client.post("/excerpts/tag/?q=the", sent)
    assert (response.status_code, response.url) == (302, "/excerpts/?q=the")
    assert [slugs(excerpt) for excerpt in excerpts] == [{law.slug}, {weapons.slug, law.slug}, {law.slug}]
    assert SearchEntry.objects.get(excerpt=excerpts[2]).themes == str(law.pk)
    assert Event.objects.filter(action="excerpt.changed").count() == 3
    deed = Undo.objects.get(kind="excerpts.tagged")
    assert deed.label == "3 passages were tagged"
    undo(by=caseworker, undo_id=deed.pk, now=NOW)
    assert [slugs(excerpt) for excerpt in excerpts] == [{killings.slug}, {killings.slug, weapons.slug}, set()]


def test_nothing_is_undone_where_one_was_changed_since(excerpts, caseworker, law):
    ids = [excerpt.pk for excerpt in excerpts]
    count, deed = bulk.tag_excerpts(by=caseworker, excerpts=ids, add=[law], remove=[], now=NOW)
    assert count == 3
    bulk.tag_excerpts(by=caseworker, excerpts=ids[:1], add=[], remove=[law], now=NOW)
    with pytest.raises(UndoRefused):
        undo(by=caseworker, undo_id=deed.pk, now=NOW)
    assert [slugs(excerpt) & {law.slug} for excerpt in excerpts] == [set(), {law.slug}, {law.slug}]


def test_a_passage_that_has_the_theme_already_stays_vetted(client, excerpts, killings, caseworker, lawyer, approve):
    approved = approve(excerpts[0], lawyer)
    bulk.tag_excerpts(by=caseworker, excerpts=[approved.pk], add=[killings], remove=[], now=NOW)
    assert Excerpt.objects.get(pk=approved.pk).is_approved


def test_all_of_the_list_can_be_chosen(client, excerpts):
    page = client.get("/excerpts/tag/", {"all": "1", "q": "the"})
    assert page.context["ids"] == sorted([excerpts[0].pk, excerpts[2].pk])


@pytest.mark.parametrize("sent", [{}, {"row": "x"}, {"row": "9" * 30}, {"all": "1", "q": "nowhere"}])
def test_who_ticks_nothing_is_told(client, excerpts, sent):
    assert client.get("/excerpts/tag/", sent).status_code == 302


@pytest.mark.parametrize(("act", "back"), [("/excerpts/tag/", "/excerpts/"), ("/sources/change/", "/sources/")])
def test_all_of_what_is_not_understood_is_nothing(client, excerpts, act, back):
    response = client.get(act, {"all": "1", "q": "publisher:nonesuch"}, follow=True)
    assert response.redirect_chain == [(f"{back}?q=publisher%3Anonesuch", 302)]
    page = response.content.decode()
    assert "“nonesuch” is nothing that publisher: knows, so nothing was found." in page
    assert "Tick at least one" not in page


def test_who_chooses_nothing_is_told_and_keeps_the_rows(client, excerpts, source):
    response = client.post("/excerpts/tag/", {"ids": str(excerpts[0].pk)})
    assert (response.status_code, response.context["ids"]) == (422, [excerpts[0].pk])
    response = client.post("/sources/change/", {"ids": str(source.pk)})
    assert (response.status_code, response.context["ids"]) == (422, [source.pk])


def test_too_many_at_once_change_nothing(client, excerpts, law, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    ids = ",".join(str(excerpt.pk) for excerpt in excerpts)
    response = client.post("/excerpts/tag/", {"ids": ids, f"theme-{law.pk}": "add"})
    assert response.status_code == 422
    assert "3 are too many to be changed at once. Narrow the list to at most 2." in response.content.decode()
    assert not any(law.slug in slugs(excerpt) for excerpt in excerpts)


def test_sources_get_a_country_and_keep_all_else(client, source, add):
    other = add(title="Other", publisher="Ministry", country="HN")
    sent = {"ids": f"{source.pk},{other.pk}", "country": "GT", "kind": "", "publisher": ""}
    response = client.post("/sources/change/?country=SV", sent, follow=True)
    assert response.redirect_chain == [("/sources/?country=SV", 302)]
    assert Undo.objects.get().get_absolute_url() in response.content.decode()
    for one in (source, other):
        one.refresh_from_db()
    assert (source.country.code, source.publisher, source.kind) == ("GT", "Sample Herald", "news")
    assert (other.country.code, other.publisher) == ("GT", "Ministry")


def test_what_was_guessed_of_them_and_nobody_saw_stays_a_guess(client, source, add):
    Source.objects.filter(pk=source.pk).update(guessed=["title", "country", "publisher"])
    sent = {"ids": str(source.pk), "country": "SV", "kind": "", "publisher": ""}
    assert client.post("/sources/change/", sent).status_code == 302
    source.refresh_from_db()
    assert source.guessed == ["title", "publisher"]
    assert Event.objects.get(action="source.confirmed").detail == {"details": ["country"]}


def test_all_passages_of_ticked_sources_are_tagged(client, excerpts, source, add, quote, law):
    other = quote(add(title="Other").capture, "The officer")
    page = client.get("/excerpts/tag/", {"of": "sources", "row": [source.pk], "country": "SV"})
    assert page.context["ids"] == [excerpt.pk for excerpt in excerpts]
    assert page.context["cancel_url"] == "/sources/?country=SV"
    sent = {"ids": ",".join(map(str, page.context["ids"])), f"theme-{law.pk}": "add"}
    response = client.post("/excerpts/tag/?of=sources&country=SV", sent)
    assert response.url == "/sources/?country=SV"
    assert all(law.slug in slugs(excerpt) for excerpt in excerpts)
    assert slugs(other) == set()
    listed = client.get("/sources/").text
    assert 'formaction="/excerpts/tag/" name="of" value="sources"' in listed
    assert 'formaction="/sources/export/" name="of" value="sources"' in listed


def test_what_many_sources_were_given_is_taken_back(caseworker, source, add):
    other = add(title="Other", publisher="Ministry", country="HN")
    Source.objects.filter(pk=other.pk).update(guessed=["publisher"])
    given = {"country": "GT", "publisher": "Ministry"}
    count, deed = bulk.change_sources(by=caseworker, sources=[source.pk, other.pk], values=given, now=NOW)
    assert count == 2
    shown = undo(by=caseworker, undo_id=deed.pk, now=NOW)
    assert shown.get_absolute_url() == ""
    held = [(str(one.country), one.publisher, one.guessed) for one in Source.objects.order_by("pk")]
    assert held == [("SV", "Sample Herald", []), ("HN", "Ministry", ["publisher"])]


def test_no_source_is_put_back_where_one_was_changed_since(caseworker, source, add):
    ids = [source.pk, add(title="Other", country="HN").pk]
    _count, deed = bulk.change_sources(by=caseworker, sources=ids, values={"country": "GT"}, now=NOW)
    bulk.change_sources(by=caseworker, sources=ids[1:], values={"country": "NI"}, now=NOW)
    with pytest.raises(UndoRefused):
        undo(by=caseworker, undo_id=deed.pk, now=NOW)
    assert [str(one.country) for one in Source.objects.order_by("pk")] == ["GT", "NI"]


def test_all_passages_of_a_source_are_tagged_from_its_reader(client, excerpts, source, add, quote, law):
    other = quote(add("Another text altogether, and longer.", title="Other").capture, "Another")
    reader = client.get(source.get_absolute_url()).content.decode()
    address = f"/excerpts/tag/?source={source.pk}"
    assert f'href="{address}"' in reader
    page = client.get(address)
    assert page.context["ids"] == sorted(excerpt.pk for excerpt in excerpts)
    ids = ",".join(map(str, page.context["ids"]))
    response = client.post(address, {"ids": ids, f"theme-{law.pk}": "add"}, follow=True)
    assert response.redirect_chain == [(source.get_absolute_url(), 302)]
    assert "Undo" in response.content.decode()
    assert all(law.slug in slugs(excerpt) for excerpt in excerpts)
    assert slugs(other) == set()
    assert client.get("/excerpts/tag/?source=987654").status_code == 404
