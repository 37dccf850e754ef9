import pytest

from caseapp.cases.elements import SYSTEMS, element_named, elements_of, printed, systems_of
from caseapp.forums import FORUMS

# What is stored in cases and themes of offices: none of these may ever go or change its meaning.
STORED = """
us-harm us-ground us-group-immutable us-group-particular us-group-distinct us-nexus us-state us-fear us-presumption
us-relocation us-credibility us-corroboration us-torture us-bars
uk-reason uk-fear uk-risk uk-protection uk-flight uk-credibility
ca-fear ca-nexus ca-protection ca-risk ca-flight ca-credibility
"""
OFFICERS = {
    "us-police-on-duty": "us-harm",
    "us-police-after": "us-harm",
    "us-police-refusal": "us-ground",
    "us-police-society": "us-group-distinct",
    "us-police-reprisals": "us-nexus",
    "us-police-knowledge": "us-nexus",
    "us-police-impunity": "us-state",
    "us-police-reach": "us-relocation",
    "us-police-abuses": "us-bars-persecutor",
}


def test_every_forum_has_elements_and_each_key_means_one_thing():
    every = {element for forum in FORUMS for element in elements_of(forum)}
    keys = [element.key for element in every]
    assert len(keys) == len(set(keys))
    assert all(len(element.key) <= 40 and element.words and element.citation for element in every)
    assert all(element.grade in {"P", "S", "U"} for element in every)
    assert {element.key[:2] for element in elements_of("eoir")} == {"us"}
    assert {element.key[:2] for element in elements_of("uk_ftt")} == {"uk"}
    assert {element.key[:2] for element in elements_of("ca_rpd")} == {"ca"}
    assert systems_of("generic") == SYSTEMS


def test_what_was_ever_stored_is_still_known():
    assert [key for key in STORED.split() if element_named(key) is None] == []


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.key)
def test_an_element_stands_before_what_is_below_it_and_in_one_system(system):
    before: set[str] = set()
    for element in system.elements:
        assert element.key.startswith(f"{system.key}-")
        assert not element.parent or element.parent in before
        before.add(element.key)


def test_the_points_for_former_officers_stand_below_what_they_help_to_show():
    points = {element.key: element for element in elements_of("eoir") if element.is_point}
    assert {key: element.parent for key, element in points.items()} == OFFICERS | {"us-fear-pattern": "us-fear"}
    assert [key for key, element in points.items() if element.cuts_against] == ["us-police-abuses"]


def test_the_group_has_its_three_tests_and_flight_its_two_prongs():
    parts = [element.key for element in elements_of("bia") if element.parent == "us-group"]
    assert parts == ["us-group-immutable", "us-group-particular", "us-group-distinct"]
    assert [element.key for element in elements_of("ca_rpd") if element.parent and not element.is_point] == [
        "ca-flight-safe",
        "ca-flight-reasonable",
    ]


def test_one_explanation_does_not_close_three_bars():
    parts = {element.key: element.citation for element in elements_of("uscis") if element.parent == "us-bars"}
    assert parts == {
        "us-bars-year": "INA § 208(a)(2)(B)",
        "us-bars-persecutor": "INA §§ 101(a)(42), 208(b)(2)(A)(i)",
        "us-bars-discretion": "INA § 208(b)(1)(A)",
    }


def test_only_what_the_headnotes_say_rests_on_them():
    points = [element for element in elements_of("eoir") if element.key in OFFICERS]
    assert [(element.key, element.grade) for element in points if "Fuentes" in element.citation] == [
        ("us-police-on-duty", "P"),
        ("us-police-after", "P"),
        ("us-police-reprisals", "P"),
        ("us-police-reach", "P"),
    ]
    assert {element.key for element in points if element.grade == "U"} == {
        "us-police-refusal",
        "us-police-society",
        "us-police-knowledge",
        "us-police-impunity",
    }
    abuses = element_named("us-police-abuses")
    assert abuses is not None
    assert (abuses.citation, abuses.grade) == ("INA §§ 101(a)(42), 208(b)(2)(A)(i)", "P")


@pytest.mark.parametrize("key", ["us-presumption", "us-relocation"])
def test_which_presumptions_hold_is_left_to_a_lawyer(key):
    element = element_named(key)
    assert element is not None
    assert "Pangea v. DHS" in str(element.note)
    assert "for a lawyer to look up" in str(element.note)


def test_what_is_printed_is_the_name_or_what_was_stored():
    assert printed("us-nexus") == "nexus"
    assert printed("something of another office") == "something of another office"
    assert printed("") == ""
