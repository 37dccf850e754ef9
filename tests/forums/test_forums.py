import json
import re
from datetime import date

import pytest

from caseapp.forums import FORUMS, Forum, UnknownForum, forum

ALL = pytest.mark.parametrize("profile", FORUMS.values(), ids=FORUMS)


def test_the_registry_knows_both_forums_by_their_own_keys():
    assert {key: profile.key for key, profile in FORUMS.items()} == {"generic": "generic", "eoir": "eoir"}


def test_an_unknown_forum_is_refused_with_the_ones_there_are():
    with pytest.raises(UnknownForum, match=r"“narnia”.*generic, eoir"):
        forum("narnia")


@ALL
def test_a_forum_survives_json(profile):
    assert Forum.from_dict(json.loads(json.dumps(profile.to_dict()))) == profile


@ALL
def test_every_rule_says_where_and_when_it_was_read_and_how_sure_we_are(profile):
    assert profile.rules
    for rule in profile.rules:
        assert rule.text
        assert rule.citation
        assert rule.seen
        assert date.fromisoformat(rule.read_on) == date(2026, 11, 22)
        assert rule.grade in {"P", "S", "U"}


@ALL
def test_rule_ids_are_unique(profile):
    ids = [rule.id for rule in profile.rules]
    assert len(ids) == len(set(ids))


@ALL
def test_required_and_placed_cover_fields_exist(profile):
    assert set(profile.required_cover_fields) <= set(profile.cover_fields)
    assert {label for label, _ in profile.cover_slots} <= set(profile.cover_fields)


@ALL
def test_the_file_name_that_we_give_is_allowed(profile):
    assert re.fullmatch(profile.file_name_pattern, "packet.pdf")


def test_a_rule_that_nobody_has_verified_never_blocks():
    rules = forum("eoir").rules
    assert {rule.grade for rule in rules if not rule.may_block} == {"U"}
    assert {rule.grade for rule in rules if rule.may_block} == {"P", "S"}


def test_the_immigration_court_as_its_rules_have_it():
    court = forum("eoir")
    assert (court.paper_width_mm, court.paper_height_mm) == (215.9, 279.4)
    assert court.tab_scheme == "letters"
    assert court.stamp_position == "bottom-center"
    assert court.body_size_pt == 12
    assert court.volume_bytes_limit == 25_000_000
    assert court.slot("Filed by") == "top-left"
    assert court.slot("Detention status") == "top-right"
    assert court.slot("Next hearing") == "line"
    assert set(court.required_cover_fields) == {"Court", "Respondent", "A-number", "Next hearing"}
    assert court.rule("eoir.paper").grade == "P"


@pytest.mark.parametrize("name", ["Doe, Jane.pdf", "packet 1.pdf", "packet.PDF", "paquete_ñ.pdf", "packet-1.pdf"])
def test_file_names_that_the_court_would_refuse(name):
    assert not re.fullmatch(forum("eoir").file_name_pattern, name)
