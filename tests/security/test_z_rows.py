"""Section Z of the security requirements: who may see and do what on a case."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability, Role
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.access import case_of
from caseapp.cases.models import Case, Glass
from caseapp.cases.opened import PAGES
from caseapp.cases.parts import Part
from caseapp.cases.reading import read_document
from caseapp.cases.rights import rights_on
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.documents import DocumentDetails, add_document
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.glass import NoSuchReference, break_glass
from caseapp.cases.services.team import change_part, remove_member
from caseapp.core import storage
from caseapp.library.arriving import importing
from caseapp.library.models import Import, Source
from caseapp.packets.endings import BuildProblem, CaseClosedMeanwhile, RequesterLostAccess, check_requester
from caseapp.packets.models import Packet
from tests.architecture.test_every_url import OF_A_CASE, ROWS, Row, address, answers, body, missing, seen, undone, world
from tests.cases.making import make_document
from tests.packets.making import make_build, make_filing

__all__ = ["world"]

REASON = "The lawyer is ill and the filing is due tomorrow."

# Addresses that only answer GET and are not for who only looks: files to take away, the pages of a packet, and who
# opened the case.
TAKING = {
    *("case_visits", "case_calendar", "document_original", "document_certificate_original"),
    *("volume_download", "manifest_download", "index_download", "build_pages", "volume_page"),
}
# Of these, what is shown and not handed out as a file.
SHOWN = {"case_visits", "build_pages", "volume_page"}
# Whoever looks may leave the team; a look is ended, and a mention read, by whoever it is of.
OWN = {"member_remove", "glass_shut", "mention_seen"}


def abilities(case: Case, user) -> set[Ability]:
    def may(ability: Ability) -> bool:
        try:
            case_of(user, case.pk, ability)
        except (PermissionDenied, Http404):
            return False
        return True

    return {ability for ability in Ability if may(ability)}


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    return make_filing(team=[caseworker, lawyer]).case


def as_viewer(world, user) -> None:
    Case.objects.get(pk=world["case"]).members.filter(user=user).update(part=Part.VIEWER)


@pytest.mark.parametrize(
    ("role", "part", "expected"),
    [
        (Role.CASEWORKER, Part.VIEWER, "SEE_CASES"),
        (Role.CASEWORKER, Part.EDITOR, "SEE_CASES EDIT_CASES TAKE_DOCUMENTS"),
        (Role.CASEWORKER, Part.LAWYER, "SEE_CASES EDIT_CASES TAKE_DOCUMENTS"),
        (Role.LAWYER, Part.VIEWER, "SEE_CASES"),
        (Role.LAWYER, Part.EDITOR, "SEE_CASES EDIT_CASES TAKE_DOCUMENTS"),
        (Role.LAWYER, Part.LAWYER, "SEE_CASES EDIT_CASES TAKE_DOCUMENTS BUILD_PACKETS TAKE_PACKETS KEEP_CASES"),
        (Role.ADMINISTRATOR, Part.LAWYER, ""),
    ],
)
def test_z2_what_one_may_do_is_role_and_part_together(case, stranger, role, part, expected):
    case.members.create(user=stranger, part=part)
    stranger.role = role
    stranger.save()
    assert abilities(case, stranger) == {Ability[name] for name in expected.split()}


def is_shown(row: Row) -> bool:
    return row.statuses["lawyer"][1] == 405 and row.name not in TAKING


def test_z2_who_only_looks_sees_every_page_takes_nothing_and_changes_nothing(world, caseworker, as_person):
    as_viewer(world, caseworker)
    client, got = as_person(caseworker), {}
    for row in OF_A_CASE:
        url = address(row, world)
        with undone():
            shown, sent = answers(client, url)
        got[row.name] = (shown.status_code, sent.status_code)
    for row in OF_A_CASE:
        if row.name in OWN:
            continue
        shown, sent = got[row.name]
        assert (row.name, sent) == (row.name, 405 if is_shown(row) or row.name in TAKING else 403)
        if is_shown(row):
            assert (row.name, shown) == (row.name, row.statuses["lawyer"][0])
        if row.name in TAKING:
            assert (row.name, shown) == (row.name, 403)


def test_z2_z6_whatever_comes_as_a_file_counts_as_taking(world, lawyer, as_person):
    client = as_person(lawyer)
    files = {row.name for row in OF_A_CASE if seen(client, address(row, world)).has_header("Content-Disposition")}
    assert files == TAKING - SHOWN


def test_z2_the_calendar_of_all_cases_leaves_out_those_that_one_only_looks_at(case, caseworker, as_person):
    client, calendar = as_person(caseworker), reverse("calendar_all")
    case.hearing_on = dt.date(2027, 3, 15)
    case.save()
    assert case.reference in client.get(calendar).text
    case.members.filter(user=caseworker).update(part=Part.VIEWER)
    assert case.reference not in client.get(calendar).text


def test_z2_who_only_looks_is_shown_no_way_that_is_closed_to_them(world, caseworker, as_person):
    """Each link and each form of each page that a viewer sees leads to something they may do."""
    as_viewer(world, caseworker)
    client = as_person(caseworker)
    closed = {url: row.name for row in OF_A_CASE if client.get(url := address(row, world)).status_code in (403, 405)}
    ordering = {"evidence_move", "document_move", "statement_move", "exhibit_move"}
    for row in filter(is_shown, OF_A_CASE):
        words = seen(client, address(row, world)).words
        offered = {name for url, name in closed.items() if f'href="{url}"' in words or f'action="{url}"' in words}
        assert (row.name, offered - ordering) == (row.name, set())


@pytest.mark.parametrize("person", ["stranger", "lawyer of another case"])
def test_z3_a_foreign_id_is_answered_like_a_missing_one(world, stranger, as_person, person):
    if person != "stranger":
        make_filing(team=[stranger], reference="GT-2027-001")
    client: Client = as_person(stranger)
    for row in OF_A_CASE:
        foreign, absent = answers(client, address(row, world)), answers(client, missing(row, world))
        assert [(one.status_code, body(one)) for one in foreign] == [(one.status_code, body(one)) for one in absent]


@pytest.mark.parametrize("how", ["taken off the team", "made to look only", "another role", "account closed"])
def test_z7_whoever_lost_their_rights_gets_no_build_published(caseworker, lawyer, stranger, how):
    packet = make_filing(team=[caseworker, lawyer, stranger])
    build = make_build(packet=packet, requested_by=lawyer)
    check_requester(build)
    member = packet.case.members.get(user=lawyer)
    if how == "taken off the team":
        remove_member(by=stranger, member=member)
    elif how == "made to look only":
        change_part(by=stranger, member=member, part=Part.VIEWER)
    else:
        lawyer.role, lawyer.is_active = (Role.CASEWORKER, True) if how == "another role" else (Role.LAWYER, False)
        lawyer.save()
    with pytest.raises(RequesterLostAccess):
        check_requester(build)


@pytest.mark.parametrize("name", ["volume_download", "document_original", "manifest_download"])
def test_z7_z8_a_link_is_good_only_for_whoever_may_follow_it_now(world, lawyer, stranger, as_person, name):
    row = next(row for row in OF_A_CASE if row.name == name)
    url = address(row, world)
    assert seen(as_person(lawyer), url).status_code == 200
    assert as_person(stranger).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    as_viewer(world, lawyer)
    assert as_person(lawyer).get(url).status_code == 403
    Case.objects.get(pk=world["case"]).members.filter(user=lawyer).delete()
    assert as_person(lawyer).get(url).status_code == 404


def open_glass(administrator, case: Case, now: dt.datetime | None = None) -> Glass:
    return break_glass(by=administrator, reference=case.reference, reason=REASON, now=now or timezone.now())


def test_z6_an_administrator_sees_no_case_without_a_reason(case, administrator, as_person):
    client = as_person(administrator)
    assert client.get(case.get_absolute_url()).status_code == 404
    too_short = client.post(reverse("glass_break"), {"reference": case.reference, "reason": "Because."})
    assert too_short.status_code == 422
    assert not Glass.objects.exists()
    sent = client.post(reverse("glass_break"), {"reference": case.reference.lower(), "reason": REASON})
    assert (sent.status_code, sent.url) == (302, case.get_absolute_url())
    assert client.get(sent.url).status_code == 200
    broken = Event.objects.of_case(case.pk).get(action=Action.GLASS_BROKEN, actor_id=administrator.pk)
    assert Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=administrator.pk).exists()
    assert REASON not in str(broken.detail)


@pytest.mark.parametrize("person", ["caseworker", "lawyer", "stranger"])
def test_z6_nobody_but_administrators_looks_into_a_case(case, request, as_person, person):
    client = as_person(request.getfixturevalue(person))
    assert client.get(reverse("glass_break")).status_code == 403
    assert client.post(reverse("glass_break"), {"reference": case.reference, "reason": REASON}).status_code == 403
    assert not Glass.objects.exists()


def test_z6_the_look_is_one_case_sight_alone_and_under_a_banner_on_every_page(world, administrator, as_person):
    other = make_filing(reference="GT-2027-001").case
    open_glass(administrator, Case.objects.get(pk=world["case"]))
    client = as_person(administrator)
    assert client.get(other.get_absolute_url()).status_code == 404
    for row in OF_A_CASE:
        with undone():
            shown, sent = answers(client, address(row, world))
        assert (row.name, sent.status_code) in {(row.name, 405), (row.name, 403)} or row.name in OWN
        if is_shown(row):
            assert (row.name, shown.status_code) == (row.name, row.statuses["lawyer"][0])
            if "<main" in shown.words:
                assert (row.name, "You are looking into" in shown.words) == (row.name, True)
        elif row.name in TAKING:
            assert (row.name, shown.status_code) == (row.name, 403)


def test_z6_every_page_opened_from_outside_is_on_record_each_time(world, administrator, lawyer, as_person):
    case = Case.objects.get(pk=world["case"])
    open_glass(administrator, case)
    client, told = (
        as_person(administrator),
        Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=administrator.pk),
    )
    for row in [*filter(is_shown, OF_A_CASE), *[row for row in ROWS if row.name == "case_list"]]:
        before = told.count()
        for _again in range(2):
            client.get(address(row, world))
        opened = [event.detail["page"] for event in told.order_by("-pk")[: told.count() - before]]
        assert (row.name, opened) == (row.name, [row.name] * 2)
        assert row.name in PAGES
    history = as_person(lawyer).get(reverse("case_history", args=[case.pk]), {"person": administrator.pk})
    assert ": the passages behind one element" in history.text
    assert ": page 1 of a document" in history.text


def test_z6_no_other_page_tells_of_the_case_that_is_looked_into(world, administrator, as_person):
    """What lists cases is on record too; the rest shows nothing of them."""
    case = Case.objects.get(pk=world["case"])
    open_glass(administrator, case)
    client = as_person(administrator)
    for row in ROWS:
        if row.is_of_a_case or row.statuses["administrator"][0] != 200 or row.name == "case_list":
            continue
        assert (row.name, case.client_name in seen(client, address(row, world)).words) == (row.name, False)


def test_z6_a_page_that_asks_by_itself_is_once_on_record(world, administrator, as_person):
    case = Case.objects.get(pk=world["case"])
    open_glass(administrator, case)
    client, states = as_person(administrator), reverse("document_states", args=[case.pk])
    for page in (states, states, case.get_absolute_url(), case.get_absolute_url()):
        client.get(page, headers={"X-Unattended": "1"})
    told = Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=administrator.pk)
    assert sorted(event.detail["page"] for event in told) == ["case_show", "document_states"]


def test_z6_the_reason_stands_with_the_case_for_its_lawyers(case, administrator, lawyer, caseworker, as_person):
    glass, history = open_glass(administrator, case), reverse("case_history", args=[case.pk])
    as_person(lawyer).post(reverse("glass_see", args=[glass.pk]))
    assert [REASON in as_person(person).get(history).text for person in (lawyer, caseworker)] == [True, False]


def test_z6_the_look_ends_after_sixty_minutes_in_the_middle_of_a_session(case, administrator, as_person):
    opened = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
    glass = open_glass(administrator, case, opened)
    last, over = opened + dt.timedelta(minutes=59, seconds=59), opened + dt.timedelta(minutes=60)
    assert rights_on(case, administrator, last) == {Ability.SEE_CASES}
    assert rights_on(case, administrator, over) == frozenset()
    client = as_person(administrator)
    Glass.objects.filter(pk=glass.pk).update(opened_at=timezone.now())
    assert client.get(case.get_absolute_url()).status_code == 200
    Glass.objects.filter(pk=glass.pk).update(opened_at=timezone.now() - Glass.LASTS)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_z6_the_look_is_closed_at_once_and_by_another_role(case, administrator, as_person):
    glass, client = open_glass(administrator, case), as_person(administrator)
    client.post(reverse("glass_shut", args=[glass.pk]))
    assert client.get(case.get_absolute_url()).status_code == 404
    open_glass(administrator, case)
    administrator.role = Role.CASEWORKER
    administrator.save()
    assert client.get(case.get_absolute_url()).status_code == 404


def test_z6_each_lawyer_of_the_case_is_told_until_they_have_read_it(
    case, administrator, lawyer, caseworker, stranger, as_person
):
    case.members.create(user=stranger, part=Part.LAWYER)
    glass = open_glass(administrator, case)
    pages, notice = [reverse("home"), reverse("case_team", args=[case.pk])], "looked into SV-2027-014"
    for person, is_told in ((lawyer, True), (stranger, True), (caseworker, False)):
        assert [notice in as_person(person).get(page).text for page in pages] == [is_told] * 2
    assert REASON in as_person(lawyer).get("/").text
    as_person(lawyer).post(reverse("glass_see", args=[glass.pk]))
    assert [notice in as_person(person).get("/").text for person in (lawyer, stranger)] == [False, True]
    assert Event.objects.of_case(case.pk).filter(action=Action.GLASS_SEEN, actor_id=lawyer.pk).exists()


def test_z6_guessing_references_is_on_record_and_ends_after_five_tries(case, administrator, as_person):
    client = as_person(administrator)
    sent = [client.post(reverse("glass_break"), {"reference": f"SV-{n}", "reason": REASON}) for n in range(6)]
    assert [answer.status_code for answer in sent] == [422] * 5 + [429]
    assert client.post(reverse("glass_break"), {"reference": case.reference, "reason": REASON}).status_code == 429
    tries = Event.objects.filter(action=Action.GLASS_REFUSED, actor_id=administrator.pk)
    assert {(event.subject_label, str(event.detail)) for event in tries} == {("", "{}")}
    assert tries.count() == 5


def test_z6_of_two_cases_with_one_reference_somebody_of_the_team_must_be_named(case, administrator, stranger):
    open_case(by=stranger, details=CaseDetails(reference=case.reference, client_name="Somebody Else"))
    with pytest.raises(NoSuchReference):
        open_glass(administrator, case)
    named = {"reference": case.reference, "reason": REASON, "member_email": stranger.email}
    assert break_glass(by=administrator, now=timezone.now(), **named).case != case


def test_z7_a_build_of_a_case_that_was_closed_meanwhile_is_not_published(case, lawyer):
    build = make_build(packet=Packet.objects.get(case=case), requested_by=lawyer)
    case.closed_on = timezone.localdate()
    case.save()
    build.packet.case.refresh_from_db()
    with pytest.raises(BuildProblem) as told:
        check_requester(build)
    assert type(told.value) is CaseClosedMeanwhile


def test_z4_a_case_of_others_changes_nothing_that_a_stranger_is_shown(stranger, caseworker, lawyer, as_person):
    packet = make_filing(team=[stranger], reference="GT-2027-001")
    excerpts = [item.excerpt for item in packet.case.evidence.select_related("excerpt")]
    client = as_person(stranger)
    pages = [
        "home",
        "case_list",
        "cases_due",
        "calendar_all",
        "source_list",
        "excerpt_list",
        "theme_list",
        "origin_list",
    ]
    pages = [*map(reverse, pages), reverse("source_details", args=[excerpts[0].capture.source_id]), "/cases/?page=2"]

    def shown() -> list[str]:
        return [body(client.get(page)) for page in pages]

    before = shown()
    details = CaseDetails(reference="SV-2027-014", client_name="Consuelo Confidencial", country="SV")
    case = open_case(by=lawyer, details=details, team=[caseworker])
    add_evidence(by=lawyer, case=case, excerpts=excerpts, why="For Consuelo.")
    Case.objects.filter(pk=case.pk).update(closed_on=dt.date(2001, 2, 3))
    assert shown() == before


def test_z5_a_choice_with_one_forbidden_thing_in_it_does_nothing_and_says_so(world, lawyer, stranger, as_person):
    others = make_document(make_filing(team=[stranger], reference="GT-2027-001").case, b"Another client.")
    packet, client = Packet.objects.get(pk=world["packet"]), as_person(lawyer)
    client.raise_request_exception = False
    before = packet.exhibits.count(), packet.case.evidence.count()
    own = make_document(packet.case, b"A second paper.")
    both = {"documents": [str(own.pk), str(others.pk)], "include": "whole", "context_pages": "0"}
    mixed = client.post(reverse("exhibit_add", args=[packet.pk]), both)
    chosen = {"excerpts": [str(world["excerpt"]), str(10**9)], "why": ""}
    missing_one = client.post(reverse("evidence_add", args=[packet.case_id]), chosen)
    assert [answer.status_code for answer in (mixed, missing_one)] == [422, 422]
    assert "Nothing was added." in missing_one.text
    assert "notice-error" in mixed.text
    assert others.title not in mixed.text.split("notice-error")[1].split("</div>")[0]
    assert (packet.exhibits.count(), packet.case.evidence.count()) == before


def test_z7_what_is_read_for_a_case_is_seen_by_the_team_it_has_then(case, caseworker, lawyer, as_person):
    waiting = {"by": caseworker, "case": case, "original": [b"I left in spring."], "name": "a.txt", "hand_over": False}
    document = add_document(details=DocumentDetails(title="Declaration"), now=timezone.now(), **waiting)
    remove_member(by=lawyer, member=case.members.get(user=caseworker))
    read_document(document.pk)
    url = reverse("document_show", args=[document.pk])
    assert as_person(lawyer).get(url).status_code == 200
    assert as_person(caseworker).get(url).status_code == 404


@pytest.mark.parametrize("when", ["before it began", "while it was read"])
def test_z7_whoever_may_not_add_to_the_library_any_more_has_nothing_imported(caseworker, monkeypatch, when):
    batch = Import.objects.create(name="a.txt", started_at=timezone.now(), created_by=caseworker)
    stored = storage.put_bytes(b"The bill lapsed again.")
    row = batch.rows.create(
        position=1,
        kind="file",
        name="a.txt",
        original_sha256=stored.sha256,
        original_size=stored.size,
        given={"title": "A law", "publisher": "The Herald", "published_on": "2019"},
        answered_by=caseworker,
    )

    def lose_role(*_args, **_kwargs) -> None:
        User.objects.filter(pk=caseworker.pk).update(role=Role.ADMINISTRATOR)

    if when == "before it began":
        lose_role()
    else:
        monkeypatch.setattr(importing, "_of_address", lose_role)
    importing.read_row(row.pk)
    row.refresh_from_db()
    assert (row.status, Source.objects.count()) == ("failed", 0)
    assert row.failure["en"].startswith("Whoever brought this in may not add to the library any more.")
