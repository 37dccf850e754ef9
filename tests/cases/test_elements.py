from caseapp.cases.elements import element_named, elements_of, printed
from caseapp.forums import FORUMS


def test_every_forum_has_elements_and_each_key_means_one_thing():
    every = {element for forum in FORUMS for element in elements_of(forum)}
    keys = [element.key for element in every]
    assert len(keys) == len(set(keys))
    assert all(len(element.key) <= 40 and element.words and element.citation for element in every)
    assert all(element.grade in {"P", "S", "U"} for element in every)
    assert {element.key[:2] for element in elements_of("eoir")} == {"us"}
    assert {element.key[:2] for element in elements_of("uk_ftt")} == {"uk"}
    assert {element.key[:2] for element in elements_of("ca_rpd")} == {"ca"}


def test_what_is_printed_is_the_name_or_what_was_stored():
    assert printed("us-nexus") == "nexus"
    assert printed("something of another office") == "something of another office"
    assert printed("") == ""
    assert element_named("us-nexus") is not None
