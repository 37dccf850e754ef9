"""Working back from the safe filing date, in days of business."""

from caseapp.cases.deadlines import Steps, steps_before
from caseapp.cases.registries import registry_for
from tests.cases.deadlines.knowing import day

BOSTON = registry_for("us-ma", "eoir")


def test_steps_are_counted_in_days_of_business():
    found = [(step.name, step.by) for step in steps_before(day("2027-02-12"), Steps(), BOSTON)]
    # Martin Luther King's day, 18 January 2027, is none.
    assert found == [
        ("translations", day("2027-01-22")),
        ("vetting", day("2027-02-03")),
        ("frozen", day("2027-02-10")),
    ]


def test_a_holiday_within_is_no_day_of_business():
    found = {step.name: step.by for step in steps_before(day("2026-12-02"), Steps(translations=5), BOSTON)}
    # Thanksgiving, 26 November 2026, lies between.
    assert (found["vetting"], found["translations"]) == (day("2026-11-20"), day("2026-11-24"))


def test_whatever_the_office_decides_the_first_step_comes_first():
    found = list(steps_before(day("2027-02-12"), Steps(translations=1, vetting=3, frozen=0), BOSTON))
    assert [step.name for step in found] == ["vetting", "translations", "frozen"]
    assert found[-1].by == day("2027-02-12")
