"""Deciding which sources are one report."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import Attribution, Comparison, ComparisonStatus, Link, Source, Undo, Verdict
from caseapp.library.origins.families import history_of, links_to_decide, origin_offers, origins_named
from caseapp.library.origins.matching import compare_capture
from caseapp.library.origins.reach import Reach
from caseapp.library.queries import family_key
from caseapp.library.services.families import (
    LinkChangedMeanwhile,
    NotInAFamily,
    choose_origin,
    confirm_link,
    dismiss_link,
    leave_family,
    reopen_link,
)
from caseapp.library.services.undoing import ChangedSince, undo
from tests.library.conftest import NOW
from tests.library.reporting import doubted, two_reports

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def link(add) -> Link:
    return two_reports(add)


def confirmed(link: Link, by, name: str = "Harbour Gazette") -> Link:
    return confirm_link(by=by, link=link, origin_name=name, version=link.version, now=NOW)


def count() -> int:
    return Reach.of(Source.objects.values_list("pk", flat=True)).independent


def test_the_program_joins_nothing_by_itself(link):
    assert (count(), links_to_decide(), link.verdict) == (2, 1, Verdict.SUGGESTED)
    assert family_key(link.one) != family_key(link.other)


def test_confirmed_both_are_one_origin_by_whom_and_when(link, caseworker):
    confirmed(link, caseworker, "  Harbour   Gazette ")
    link.refresh_from_db()
    assert (link.verdict, link.decided_by, link.decided_at) == (Verdict.CONFIRMED, caseworker, NOW)
    assert {source.origin_name for source in Source.objects.all()} == {"Harbour Gazette"}
    assert (count(), links_to_decide()) == (1, 0)
    assert {family_key(source) for source in Source.objects.all()} == {f"origin-{link.one.origin_id}"}
    assert [str(event) for event in history_of(link.one)] == [
        "Carla Caseworker found to be the same report: The vote ↔ Tired keepers",
        "Carla Caseworker said who first made the report in The vote",
    ]


def test_confirming_joins_whole_families(link, add, caseworker):
    third = add("Something else.", title="Third", origin_name="Coast Daily")
    Source.objects.filter(pk=link.other_id).update(origin=third.origin)
    confirmed(Link.objects.get(), caseworker, "harbour gazette")
    assert {source.origin_name for source in Source.objects.all()} == {"harbour gazette"}


@pytest.mark.parametrize("name", ["", "   ", "Gaz\u202eette", "x" * 201])
def test_a_name_that_no_origin_may_have_changes_nothing(link, name):
    with pytest.raises(ValidationError):
        confirmed(link, None, name)
    link.refresh_from_db()
    assert (link.verdict, count()) == (Verdict.SUGGESTED, 2)


def test_whoever_saw_something_else_decides_nothing(link):
    confirmed(link, None)
    for decide in (
        lambda: confirm_link(by=None, link=link, origin_name="A", version=link.version, now=LATER),
        lambda: dismiss_link(by=None, link=link, version=link.version, now=LATER),
        lambda: reopen_link(by=None, link=link, version=link.version),
    ):
        with pytest.raises(LinkChangedMeanwhile):
            decide()
    assert Link.objects.get().verdict == Verdict.CONFIRMED


def test_taken_out_it_stands_for_itself_and_is_kept_apart(link, caseworker):
    confirmed(link, caseworker)
    leave_family(by=caseworker, source=link.other, now=LATER)
    assert (count(), Link.objects.get().verdict) == (2, Verdict.DISMISSED)
    assert Event.objects.latest("pk").detail == {"origin": "Harbour Gazette"}
    Comparison.objects.update(status=ComparisonStatus.WAITING)
    compare_capture(link.other_capture_id)
    assert Link.objects.get().verdict == Verdict.DISMISSED


def test_only_a_member_can_leave(link):
    with pytest.raises(NotInAFamily):
        leave_family(by=None, source=link.one, now=NOW)


def test_dismissed_it_is_asked_again_only_when_told_to(link, caseworker):
    dismissed = dismiss_link(by=caseworker, link=link, version=link.version, now=NOW)
    assert links_to_decide() == 0
    reopen_link(by=caseworker, link=dismissed, version=dismissed.version)
    assert links_to_decide() == 1


@pytest.mark.parametrize("take_back", [reopen_link, lambda **given: dismiss_link(**given, now=LATER)])
def test_decided_again_the_former_families_are_back_and_on_record(link, add, caseworker, take_back):
    third = add("Something else.", title="Third", origin_name="Coast Daily")
    Source.objects.filter(pk=link.other_id).update(origin=third.origin)
    took = confirmed(Link.objects.get(), caseworker)
    assert origins() == {"The vote": "Harbour Gazette", "Tired keepers": "Harbour Gazette", "Third": "Harbour Gazette"}
    take_back(by=caseworker, link=took, version=took.version)
    assert origins() == {"The vote": "", "Tired keepers": "Coast Daily", "Third": "Coast Daily"}
    assert {(event.action, event.subject_label) for event in Event.objects.order_by("-pk")[1:4]} == {
        (Action.ORIGIN_LEFT, "The vote"),
        (Action.ORIGIN_CHOSEN, "Tired keepers"),
        (Action.ORIGIN_CHOSEN, "Third"),
    }


def test_decided_again_a_family_splits_into_the_links_that_hold(link, add, caseworker):
    confirmed(link, caseworker)
    third = add("Something else.", title="Third")
    holds = confirmed(doubted(link.other, third), caseworker)
    wrong = Link.objects.get(pk=link.pk)
    reopen_link(by=caseworker, link=wrong, version=wrong.version)
    assert origins() == {"The vote": "", "Tired keepers": "Harbour Gazette", "Third": "Harbour Gazette"}
    assert Link.objects.get(pk=holds.pk).verdict == Verdict.CONFIRMED


def test_what_a_source_had_before_the_decision_it_keeps(link, caseworker):
    choose_origin(by=caseworker, source=link.one, origin_name="Harbour Gazette")
    took = confirmed(Link.objects.get(), caseworker)
    reopen_link(by=caseworker, link=took, version=took.version)
    assert origins() == {"The vote": "Harbour Gazette", "Tired keepers": ""}


def origins() -> dict[str, str]:
    return {source.title: source.origin_name for source in Source.objects.select_related("origin")}


def test_new_passages_bring_up_what_was_dismissed(link, add, caseworker):
    """A new capture of the quoting source repeats more."""
    dismiss_link(by=caseworker, link=link, version=link.version, now=NOW)
    capture = link.other_capture
    newer = (
        capture.text + "\n\n" + link.one_capture.text.split("\n\n")[3] + " " + link.one_capture.text.split("\n\n")[0]
    )
    type(capture).objects.filter(pk=capture.pk).update(text=newer, article_end=len(newer))
    Comparison.objects.update(status=ComparisonStatus.WAITING)
    compare_capture(capture.pk)
    again = Link.objects.get()
    assert (again.verdict, again.decided_by) == (Verdict.SUGGESTED, None)
    assert sorted(again.passages.values_list("is_known", flat=True)) == [False, False, True, True]


def test_what_a_source_names_becomes_its_origin_with_one_click(link, caseworker):
    assert [(named.name, named.count) for named in origins_named(link.other_capture)] == [("The Harbour Gazette", 2)]
    choose_origin(by=caseworker, source=link.other, origin_name="The Harbour Gazette")
    other = Source.objects.get(pk=link.other_id)
    assert (other.origin_name, other.version) == ("The Harbour Gazette", 2)
    assert origins_named(other.capture) == []
    assert origin_offers(Link.objects.get())[0] == "The Harbour Gazette"


def test_the_medium_that_both_name_is_offered_before_what_they_cite(link):
    """The names that one source has come again in those of the other, and keep their first place."""
    Attribution.objects.all().delete()
    for capture in (link.one_capture, link.other_capture):
        for start, name in enumerate(("The Monitor Post", "The Monitor Post", "Bureau of Public Accounts")):
            Attribution.objects.create(capture=capture, start=start, end=start + 1, phrase=name, name=name)
    assert origin_offers(link)[:2] == ["The Monitor Post", "Bureau of Public Accounts"]


def standing() -> tuple[str, list[str]]:
    return Link.objects.get().verdict, [source.origin_name for source in Source.objects.order_by("pk")]


def test_a_decision_about_two_reports_is_undone(link, caseworker):
    stood = standing()
    confirmed(link, caseworker)
    assert standing()[0] == Verdict.CONFIRMED
    undo(by=caseworker, undo_id=Undo.objects.get().pk, now=LATER)
    assert standing() == stood
    choose_origin(by=caseworker, source=link.other, origin_name="Coast Daily")
    undo(by=caseworker, undo_id=Undo.objects.get(kind="origin.chosen").pk, now=LATER)
    assert standing() == stood


def test_no_decision_is_undone_that_another_built_on(link, caseworker, lawyer):
    dismissed = dismiss_link(by=caseworker, link=link, version=link.version, now=NOW)
    confirm_link(by=lawyer, link=dismissed, origin_name="Coast Daily", version=dismissed.version, now=LATER)
    with pytest.raises(ChangedSince):
        undo(by=caseworker, undo_id=Undo.objects.get().pk, now=LATER)
    assert standing() == (Verdict.CONFIRMED, ["Coast Daily", "Coast Daily"])
