import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from caseapp.forums import FORUMS, Forum, UnknownForum, forum
from caseapp.forums.profile import CoverSlot

ALL = pytest.mark.parametrize("profile", FORUMS.values(), ids=FORUMS)


def test_the_registry_knows_every_forum_by_its_own_key():
    assert [profile.key for profile in FORUMS.values()] == list(FORUMS)
    assert set(FORUMS) == {"generic", "eoir", "bia", "uscis", "uk_ftt", "uk_ut", "ca_rpd"}


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
def test_rule_ids_are_unique_and_begin_with_the_forum(profile):
    ids = [rule.id for rule in profile.rules]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(rf"{profile.key}\.[a-z0-9-]+", rule_id) for rule_id in ids)


@ALL
def test_a_forum_has_paper_words_and_limits_that_can_be(profile):
    a4, letter = (210, 297), (215.9, 279.4)
    assert (profile.paper_width_mm, profile.paper_height_mm) == (a4 if profile.key.startswith("uk_") else letter)
    assert profile.date_order == ("month first" if profile.key in {"generic", "eoir", "bia", "uscis"} else "day first")
    assert (profile.tab_scheme, profile.stamp_position) in {("letters", "bottom-center"), ("numbers", "bottom-center")}
    assert profile.tab_word.istitle()
    assert profile.index_title
    assert profile.matter_heading
    assert bool(profile.other_party) == bool(profile.other_party_heading)
    assert 11 <= profile.body_size_pt <= 13
    assert profile.line_height >= 1.5
    assert "en" in profile.languages
    assert profile.volume_bytes_limit is None or 6_000_000 <= profile.volume_bytes_limit <= 50_000_000


@ALL
def test_what_a_rule_sets_at_twelve_points_is_set_so(profile):
    if profile.key != "generic":
        assert profile.body_size_pt == 12
    assert profile.smallest_type_pt == (12 if profile.key == "ca_rpd" else None)


@ALL
def test_every_place_on_the_cover_is_known_and_the_client_has_one(profile):
    slots = [slot for _, slot in profile.cover_slots]
    assert set(slots) <= set(get_args(CoverSlot))
    assert slots.count("matter") == slots.count("number") == 1


def test_a_profile_frozen_before_a_field_was_known_still_reads():
    plain = forum("eoir").to_dict()
    for name in ("matter_heading", "other_party_heading", "other_party", "languages", "smallest_type_pt", "page_fit"):
        del plain[name]
    del plain["file_names"]["joint"]
    assert Forum.from_dict(plain) == forum("eoir")


@pytest.mark.parametrize(
    ("rule", "grade"),
    [
        ("bia.new-evidence", "P"),
        ("bia.deadline-appeal", "P"),
        ("bia.deadline-appeal-2026", "S"),
        ("uscis.deadline", "P"),
        ("uscis.deadline-practice", "S"),
        ("uscis.file-size", "S"),
        ("uscis.file-other", "U"),
        ("uk_ftt.schedule", "S"),
        ("uk_ftt.upload", "U"),
        ("uk_ut.file-size", "P"),
        ("uk_ut.bundle-content", "U"),
        ("ca_rpd.translation", "U"),
        ("ca_rpd.country-pages", "P"),
        ("ca_rpd.country-pages-2024", "U"),
    ],
)
def test_a_rule_is_as_sure_as_what_was_read(rule, grade):
    assert forum(rule.partition(".")[0]).rule(rule).grade == grade


DOCUMENTED = re.compile(r"^\| [^|]+ \| `([a-z_]+\.[a-z0-9-]+)` \| ([PSU]) \| [^|]+ \|$", re.MULTILINE)


def test_the_table_of_rules_holds_every_rule_once_with_its_grade():
    table = DOCUMENTED.findall((Path(__file__).parents[2] / "docs" / "forums.md").read_text(encoding="utf-8"))
    rules = [(rule.id, rule.grade) for key, profile in FORUMS.items() if key != "generic" for rule in profile.rules]
    assert sorted(table) == sorted(rules)


@ALL
def test_required_and_placed_cover_fields_exist(profile):
    assert set(profile.required_cover_fields) <= set(profile.cover_fields)
    assert {label for label, _ in profile.cover_slots} <= set(profile.cover_fields)


@ALL
def test_the_file_names_that_a_template_gives_are_allowed_and_differ_by_volume(profile):
    names = profile.file_names
    known = {"build": 3, "type": names.type, "sequence": 2, "volumes": 4}
    known |= {"reference": names.joint.join(("SV", "2027", "014")), "file_number": "TB9-00000"}
    for template in filter(None, (names.template, names.with_number)):
        given = [(template + names.part).format(**known, volume=volume) for volume in (1, 2)] + [
            template.format(**known)
        ]
        assert all(re.fullmatch(profile.file_name_pattern, f"{name}.pdf") for name in given)
        assert len(set(given)) == 3


@ALL
def test_only_a_forum_whose_rule_asks_for_it_has_the_file_number_in_its_names(profile):
    assert "file_number" not in profile.file_names.template
    assert bool(profile.file_names.with_number) == (profile.key == "ca_rpd")


@ALL
def test_files_are_made_a_little_smaller_than_the_forum_takes_them(profile):
    limit, target = profile.volume_bytes_limit, profile.volume_bytes_target
    assert (limit is None) == (target is None)
    assert limit is None or 0.9 * limit < target < limit


@ALL
def test_a_brief_cites_tab_and_page(profile):
    assert profile.cite_form.format(tab="F", page="143") != profile.cite_form
    assert "F at 143" in profile.cite_form.format(tab="F", page="143")


def rules_named_in(value):
    if isinstance(value, dict):
        yield from (item for name, item in value.items() if name == "rule" and item)
        value = value.values()
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        for item in value:
            yield from rules_named_in(item)


@ALL
def test_what_rests_on_a_rule_names_one_that_the_forum_has(profile):
    plain = profile.to_dict()
    del plain["rules"]
    assert {f"{profile.key}.{name}" for name in rules_named_in(plain)} <= {rule.id for rule in profile.rules}


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


@ALL
def test_each_way_of_filing_is_known_once_and_only_paper_may_need_a_paper_of_service(profile):
    assert [channel.key for channel in profile.channels] == ["electronic", "paper"]
    needing = {channel.key for channel in profile.channels if channel.needs_service}
    assert needing == ({"paper"} if profile.key in {"eoir", "bia"} else set())
    assert profile.service.always == (profile.key not in {"eoir", "bia"})


@pytest.mark.parametrize(
    ("key", "channel", "all_parties_electronic", "party", "is_needed"),
    [
        ("eoir", "electronic", True, "DHS", False),
        ("eoir", "electronic", False, "DHS", True),
        ("eoir", "paper", True, "", True),
        ("bia", "paper", True, "DHS", True),
        ("ca_rpd", "electronic", True, "", False),
        ("ca_rpd", "electronic", True, "The Minister", True),
        ("uscis", "paper", True, "", False),
    ],
)
def test_service_is_shown_where_the_channel_or_another_party_needs_it(
    key, channel, all_parties_electronic, party, is_needed
):
    told = forum(key).needs_service(channel, all_parties_electronic=all_parties_electronic, party=party)
    assert told == is_needed


@ALL
def test_a_certificate_says_only_what_can_be_filled_in(profile):
    known = {"language": "Spanish", "into": "English", "title": "Country conditions"}
    signer = {"translator": "T. Lator", "interpreter": "I. Preter", "qualification": "Sworn translator"}
    for certificate in (profile.translation, profile.interpretation):
        said = " ".join(certificate.wording).format(**known, **signer)
        assert "{" not in said
        assert ("T. Lator" in said) != ("I. Preter" in said)
        assert "name" in certificate.asks
    assert "Country conditions" in profile.service.wording.format(**known)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("eoir", "competent to translate from {language} into {into}, and that the translation of each document named "
        "below is true and accurate to the best of my abilities"),
        ("bia", "true and accurate to the best of my abilities"),
        ("uscis", "complete and accurate"),
        ("uk_ftt", "My qualifications are: {qualification}"),
        ("ca_rpd", "declare that I translated each document named below from {language} into {into}"),
    ],
)  # fmt: skip
def test_a_translation_is_certified_in_the_words_of_its_forum(key, words):
    assert words in " ".join(forum(key).translation.wording)


def test_who_certifies_gives_what_the_forum_asks_for():
    assert forum("eoir").translation.asks == forum("bia").translation.asks == ("name", "address", "telephone")
    assert forum("uk_ftt").translation.asks == ("name", "qualification")
    assert forum("uscis").translation.asks == forum("ca_rpd").translation.asks == ("name",)


def days(key: str) -> list[tuple]:
    return [(deadline.since, deadline.days, deadline.only) for deadline in forum(key).deadlines]


def test_deadlines_as_the_rules_have_them():
    assert days("eoir") == [
        ("hearing", -30, "not detained"),
        ("hearing", None, "detained"),
        ("hearing", -15, "master calendar"),
        ("other side's filing", 10, "master calendar answer"),
    ]
    assert days("bia") == [
        ("decision", 30, ""), ("decision", 10, ""), ("briefing schedule", 21, ""), ("briefing schedule", 20, ""),
    ]  # fmt: skip
    assert days("uscis") == [("hearing", -14, ""), ("hearing", -7, "")]
    assert days("uk_ftt") == [("other side's bundle", 28, ""), ("lodging", 42, "")]
    assert days("ca_rpd") == [("hearing", -10, ""), ("hearing", -5, "answer")]
    assert days("uk_ut") == days("generic") == []


def test_limits_of_pages_type_files_and_images():
    schedule = forum("uk_ftt").schedule
    assert (schedule.pages, schedule.type_pt, schedule.line_height) == (12, 12, 1.5)
    assert {limit.document: limit.pages for limit in forum("uk_ftt").page_limits} == {
        "skeleton": 12, "review": 6, "expert": 20,
    }  # fmt: skip
    assert {key: profile.volume_bytes_target for key, profile in FORUMS.items() if profile.volume_bytes_target} == {
        "eoir": 24_000_000, "uscis": 11_500_000, "uk_ut": 49_000_000,
    }  # fmt: skip
    assert forum("eoir").image_dpi_min == forum("uk_ftt").image_dpi_max == forum("uk_ut").image_dpi_max == 300
    assert {profile.page_fit for key, profile in FORUMS.items() if key != "generic"} == {"paper"}
    assert forum("generic").page_fit == "as-is"


@ALL
def test_every_paper_stands_in_one_place(profile):
    assert profile.front[0] == "cover"
    assert len({*profile.front, *profile.back}) == len((*profile.front, *profile.back))
