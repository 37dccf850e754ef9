"""Links that lead elsewhere, act, are gone, or print other words than they should."""

import re

import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.packets.pdf.verification.tampering import EXHIBIT, INDEX, annotation, first_link, rules


@pytest.mark.parametrize("kind", ["passage", "exhibit", "tab"])
def test_a_link_that_lands_elsewhere(broken, facts, kind):
    fact = first_link(facts, kind)

    def retarget(pdf):
        annotation(pdf, fact).Dest[0] = pdf.pages[0].obj

    failures = broken(retarget)
    assert rules(failures) == {"link"}
    assert f"lands on page 1 instead of page {fact['target_page']}" in str(failures[0])


def test_a_link_that_lands_nowhere(broken, facts):
    def retarget(pdf):
        link = annotation(pdf, first_link(facts, "passage"))
        link.Dest = Array([Dictionary(), Name.Fit])

    assert rules(broken(retarget)) == {"link"}


def test_a_link_taken_away(broken, facts):
    fact = first_link(facts, "passage")

    def take(pdf):
        page = pdf.pages[fact["page"] - 1]
        page.obj.Annots = Array([link for link in page.Annots if link.objgen != annotation(pdf, fact).objgen])

    failures = broken(take)
    assert rules(failures) == {"link"}
    assert any("is missing" in str(failure) for failure in failures)


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.Launch, F=String("/bin/sh")),
        Dictionary(S=Name.URI, URI=String("file:///etc/passwd")),
        Dictionary(S=Name.URI, URI=String("javascript:alert(1)")),
        Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit])),
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
    ],
    ids=["launch", "file", "javascript", "other-file", "script"],
)
def test_a_link_that_acts(broken, action):
    def add(pdf):
        page = pdf.pages[EXHIBIT - 1]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 120]), A=action)
        page.obj.Annots = Array([*page.obj.get(Name.Annots, Array()), pdf.make_indirect(link)])

    failures = broken(add)
    assert "link" in rules(failures)
    assert f"A link on page {EXHIBIT} leads somewhere other than a web address." in map(str, failures)


def test_a_passage_without_a_link(misdescribed):
    def change(facts):
        facts["quotations"].append(facts["quotations"][0] | {"key": "x9"})

    assert "No link in the index leads to the passage “x9”." in map(str, misdescribed(change))


def test_an_index_that_prints_another_page(misdescribed):
    def change(facts):
        first_link(facts, "passage")["says"] = "Tab A · p. 6"

    failures = misdescribed(change)
    assert rules(failures) == {"link"}
    assert "prints “Tab A · p. 5” where it should print “Tab A · p. 6”" in str(failures[0])


def test_a_link_told_of_on_a_page_that_is_none(misdescribed):
    def change(facts):
        facts["links"].append(facts["links"][0] | {"page": 99})

    assert "The manifest tells of a link on page 99, which there is not." in map(str, misdescribed(change))


def test_a_link_that_lands_below_its_words(broken, facts):
    fact = first_link(facts, "passage")

    def lower(pdf):
        annotation(pdf, fact).Dest[3] = 90

    assert [str(failure) for failure in broken(lower)] == [
        f"A link on page {fact['page']} does not land at the words that it leads to, on page {fact['target_page']}."
    ]


def test_a_link_outside_what_can_be_seen(broken, facts):
    fact = first_link(facts, "passage")

    def crop(pdf):
        pdf.pages[fact["page"] - 1].obj.CropBox = Array([0, 0, 612, fact["rect"][1] - 20])

    assert "link-off-page" in [failure.code for failure in broken(crop)]


def test_a_link_too_many(broken, facts):
    def double(pdf):
        page = pdf.pages[INDEX - 1]
        page.obj.Annots.append(pdf.make_indirect(Dictionary(dict(annotation(pdf, first_link(facts, "tab")).items()))))

    (failure,) = broken(double)
    assert re.fullmatch(r"Page 2 has \d+ links into the packet, but should have \d+\.", str(failure))
