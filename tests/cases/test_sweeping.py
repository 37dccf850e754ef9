"""How open cases stood, kept every night."""

import datetime as dt

from caseapp.cases.models import Case, CoverageSnapshot
from caseapp.cases.sweeping import keep_coverage

TODAY = dt.date(2026, 11, 20)


def days_kept(case: Case) -> list[int]:
    taken = CoverageSnapshot.objects.filter(case=case).order_by("-taken_on").values_list("taken_on", flat=True)
    return [(TODAY - day).days for day in taken]


def test_every_open_case_is_kept_once_a_day(case, evidence):
    closed = Case.objects.create(reference="CLOSED", client_name="C", closed_on=TODAY)
    assert [keep_coverage(TODAY), keep_coverage(TODAY)] == [1, 0]
    assert (days_kept(case), days_kept(closed)) == ([0], [])
    kept = CoverageSnapshot.objects.get(case=case)
    assert set(kept.passages) == {str(item.excerpt_id) for item in evidence}


def test_what_nothing_is_compared_with_any_more_is_thrown_away(case):
    for days in (6, 7, 8, 30):
        CoverageSnapshot.objects.create(case=case, taken_on=TODAY - dt.timedelta(days=days))
    keep_coverage(TODAY)
    assert days_kept(case) == [0, 6, 7]
