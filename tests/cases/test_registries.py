"""Registries: their clocks and their holidays."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from caseapp.cases.registries import NOWHERE, REGISTRIES, registries_of, registry_for
from tests.cases.deadlines.knowing import day

NEARLY_MIDNIGHT = dt.datetime(2027, 2, 17, 4, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("key", "forum", "today"),
    [
        ("us-ny", "eoir", "2027-02-16"),
        ("us-gu", "eoir", "2027-02-17"),
        ("uk-sct", "uk_ftt", "2027-02-17"),
        ("ca-vancouver", "ca_rpd", "2027-02-16"),
        ("ca-toronto", "ca_rpd", "2027-02-16"),
    ],
)
def test_it_is_the_registrys_day_that_counts(key, forum, today):
    assert registry_for(key, forum).today(NEARLY_MIDNIGHT) == day(today)


def test_a_registry_without_a_clock_goes_by_the_offices():
    assert NOWHERE.today(NEARLY_MIDNIGHT.astimezone(ZoneInfo("America/Boise"))) == day("2027-02-16")


def test_every_registry_has_a_clock_and_holidays():
    for registry in REGISTRIES.values():
        ZoneInfo(registry.zone)
        assert registry.holiday(dt.date(2026, 12, 25)) == "Christmas Day"
        assert registry.forums


def test_each_forum_has_its_own():
    assert len(registries_of("eoir")) == len(registries_of("uscis")) == 65
    assert [registry.key for registry in registries_of("bia")] == ["us-board"]
    assert {registry.country for registry in registries_of("uk_ut")} == {"GB"}
    assert len(registries_of("ca_rpd")) == 5
    assert len(registries_of("generic")) == len(REGISTRIES)


def test_one_of_another_forum_is_not_taken():
    assert registry_for("uk-sct", "eoir") == registry_for("", "eoir")
    assert registry_for("nowhere", "generic") is NOWHERE


@pytest.mark.parametrize(
    ("key", "holiday", "on"),
    [
        ("us-tx", "Juneteenth National Independence Day (observed)", "2027-06-18"),
        ("us-tx", "Thanksgiving Day", "2026-11-26"),
        ("us-tx", "New Year's Day (observed)", "2027-12-31"),
        ("uk-nir", "Battle of the Boyne (observed)", "2026-07-13"),
        ("uk-sct", "Saint Andrew's Day", "2027-11-30"),
        ("uk-eng", "", "2027-11-30"),
        ("ca-toronto", "Family Day", "2027-02-15"),
        ("ca-montreal", "", "2027-02-15"),
        ("ca-montreal", "National Day for Truth and Reconciliation", "2027-09-30"),
        ("us-ca", "", "2027-03-31"),
    ],
)
def test_holidays_by_region(key, holiday, on):
    assert REGISTRIES[key].holiday(day(on)) == holiday


def test_days_of_business_between():
    boston = registry_for("us-ma", "eoir")
    assert boston.business_days_between(day("2026-11-25"), day("2026-11-30")) == 2
    assert boston.business_days_between(day("2026-11-25"), day("2026-11-25")) == 0
    assert boston.business_days_between(day("2026-11-26"), day("2026-11-20")) == 0
