"""A passage is checked by somebody else than who proposed it, who saw its context; then a lawyer approves it."""

import datetime as dt

import pytest
from django.core import signing
from django.db import IntegrityError, transaction

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.excerpts.context_shown import proof_of, proves
from caseapp.library.models import Comment, Excerpt, Undo
from caseapp.library.models.excerpt import State
from caseapp.library.services.excerpts import change_excerpt, move_bounds, quote_excerpt
from caseapp.library.services.undoing import ChangedSince, UndoRefused, undo
from caseapp.library.services.vetting import (
    ApprovalStands,
    CommentOfAnother,
    ContextNotShown,
    NothingSaid,
    OwnWords,
    approve_excerpt,
    check_excerpt,
    comment_on,
    remove_comment,
    send_back_excerpt,
    unapprove_excerpt,
)
from tests.library.conftest import ARTICLE, NOW

RIFLE = "His rifle had stayed at the station"
START = ARTICLE.index(RIFLE)
END = START + len(RIFLE)


@pytest.fixture
def colleague(db) -> User:
    return User.objects.create_user(email="colleague@example.org", name="Cora Colleague", role=Role.CASEWORKER)


@pytest.fixture
def rifle(source, caseworker, weapons) -> Excerpt:
    return quote_excerpt(by=caseworker, capture=source.capture, start=START, end=END, themes=[weapons], now=NOW)


def seen(excerpt: Excerpt, by: User, **more) -> dict:
    """What a decision takes from a person who was shown the excerpt in its context."""
    return {"by": by, "excerpt": excerpt, "shown": proof_of(excerpt, by), "now": NOW, **more}


def test_a_passage_is_proposed_then_checked_then_approved(rifle, colleague, lawyer):
    assert rifle.state == State.PROPOSED
    checked = check_excerpt(**seen(rifle, colleague))
    assert (checked.state, checked.checked_by, checked.checked_at) == (State.CHECKED, colleague, NOW)
    approved = approve_excerpt(**seen(rifle, lawyer))
    assert (approved.state, approved.approved_by, approved.checked_by) == (State.APPROVED, lawyer, colleague)
    assert unapprove_excerpt(by=lawyer, excerpt=rifle, now=NOW).state == State.CHECKED
    deeds = Event.objects.of_subject(rifle).order_by("pk").values_list("action", flat=True)
    assert list(deeds) == [
        Action.EXCERPT_ADDED, Action.EXCERPT_CHECKED, Action.EXCERPT_APPROVED, Action.EXCERPT_UNAPPROVED
    ]  # fmt: skip
    confirmed = Event.objects.get(action=Action.EXCERPT_CHECKED).detail["confirmed"]
    assert confirmed == ["quote", "context", "date", "attribution", "themes"]


def test_a_lawyer_checks_and_approves_anothers_proposal_in_one_step(rifle, lawyer):
    approved = approve_excerpt(**seen(rifle, lawyer))
    assert (approved.checked_by, approved.approved_by, approved.is_checked_by_author) == (lawyer, lawyer, False)


def test_a_lawyer_approves_their_own_words_once_another_checked_them(source, lawyer, colleague):
    own = quote_excerpt(by=lawyer, capture=source.capture, start=START, end=END, themes=[])
    with pytest.raises(OwnWords):
        approve_excerpt(**seen(own, lawyer))
    check_excerpt(**seen(own, colleague))
    assert approve_excerpt(**seen(own, lawyer)).state == State.APPROVED


@pytest.mark.parametrize("deed", [check_excerpt, approve_excerpt])
def test_nobody_decides_about_a_passage_that_was_not_shown_to_them_as_it_stands(rifle, lawyer, colleague, deed):
    stale = proof_of(rifle, lawyer)
    foreign = proof_of(rifle, colleague)
    forged = signing.dumps([rifle.pk, 1, 1, lawyer.pk], salt="another")
    rifle = move_bounds(by=None, excerpt=rifle, start=START, end=END + 1)
    for shown in (stale, foreign, forged, "", "x" * 200):
        with pytest.raises(ContextNotShown, match="with the paragraphs around it"):
            deed(by=lawyer, excerpt=rifle, shown=shown, now=NOW)
    rifle.refresh_from_db()
    assert rifle.state == State.PROPOSED


def test_what_was_shown_is_forgotten_after_a_day(rifle, lawyer, monkeypatch):
    proof = proof_of(rifle, lawyer)
    assert proves(proof, rifle, lawyer)
    later = dt.datetime.now(dt.UTC).timestamp() + 90_000
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert not proves(proof, rifle, lawyer)


def test_another_date_or_attribution_of_the_source_has_to_be_seen_too(rifle, lawyer):
    proof = proof_of(rifle, lawyer)
    rifle.capture.source.version += 1
    assert not proves(proof, rifle, lawyer)


class TestOwnWords:
    def test_are_checked_by_somebody_else(self, rifle, caseworker, colleague):
        with pytest.raises(OwnWords):
            check_excerpt(**seen(rifle, caseworker))

    def test_are_also_those_that_one_changed_last(self, rifle, caseworker, colleague, lawyer):
        moved = move_bounds(by=colleague, excerpt=rifle, start=START, end=END + 1)
        for author in (caseworker, colleague):
            with pytest.raises(OwnWords):
                check_excerpt(**seen(moved, author))
        assert check_excerpt(**seen(moved, lawyer)).checked_by == lawyer

    def test_are_checked_openly_where_nobody_else_is_in_the_office(self, rifle, caseworker, administrator):
        checked = check_excerpt(**seen(rifle, caseworker))
        assert (checked.checked_by, checked.is_checked_by_author) == (caseworker, True)
        assert Event.objects.get(action=Action.EXCERPT_CHECKED).detail["by_author"] is True

    def test_of_two_people_who_both_had_a_hand_in_it_the_one_checks_who_changed_it_first(
        self, rifle, caseworker, lawyer
    ):
        moved = move_bounds(by=lawyer, excerpt=rifle, start=START, end=END + 1)
        with pytest.raises(OwnWords):
            check_excerpt(**seen(moved, lawyer))
        checked = check_excerpt(**seen(moved, caseworker))
        assert (checked.checked_by, checked.is_checked_by_author) == (caseworker, True)

    def test_closed_accounts_are_no_colleagues(self, rifle, caseworker, colleague):
        colleague.is_active = False
        colleague.save()
        assert check_excerpt(**seen(rifle, caseworker)).is_checked_by_author


class TestTheDatabaseItself:
    @pytest.mark.parametrize("author", ["created_by", "changed_by"])
    def test_refuses_a_check_by_who_had_a_hand_in_it(self, rifle, lawyer, author):
        with pytest.raises(IntegrityError, match="excerpt_checked_by_somebody_else"), transaction.atomic():
            Excerpt.objects.update(**{author: lawyer}, checked_by=lawyer, checked_at=NOW)
        Excerpt.objects.update(**{author: lawyer}, checked_by=lawyer, checked_at=NOW, is_checked_by_author=True)

    @pytest.mark.parametrize(
        ("fields", "rule"),
        [
            ({"approved_at": NOW, "approved_by": 1}, "excerpt_approved_once_checked"),
            ({"is_checked_by_author": True}, "excerpt_checked_by_author_is_checked"),
            ({"sent_back_at": NOW}, "excerpt_sent_back_at_and_by_together"),
            (
                {"sent_back_at": NOW, "sent_back_by": 1, "checked_at": NOW, "checked_by": 1},
                "excerpt_sent_back_is_unchecked",
            ),
        ],
    )
    def test_refuses_states_that_cannot_be(self, rifle, lawyer, fields, rule):
        people = {name: lawyer if name.endswith("_by") else value for name, value in fields.items()}
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Excerpt.objects.update(**people)


class TestSendingBack:
    def test_says_why_and_puts_it_back(self, rifle, colleague, lawyer):
        check_excerpt(**seen(rifle, colleague))
        back = send_back_excerpt(**seen(rifle, lawyer, words=" The rule is quoted in half. "))
        assert (back.state, back.is_sent_back, back.sent_back_by) == (State.PROPOSED, True, lawyer)
        assert Comment.objects.get().words == "The rule is quoted in half."

    def test_without_a_reason_changes_nothing(self, rifle, colleague):
        with pytest.raises(NothingSaid):
            send_back_excerpt(**seen(rifle, colleague, words=" \n"))
        rifle.refresh_from_db()
        assert not rifle.is_sent_back

    def test_what_is_approved_is_for_lawyers(self, rifle, colleague, lawyer, approve):
        approve(rifle, lawyer)
        with pytest.raises(ApprovalStands):
            send_back_excerpt(**seen(rifle, colleague, words="Look again."))
        assert send_back_excerpt(**seen(rifle, lawyer, words="Look again.")).state == State.PROPOSED

    def test_ends_with_a_change(self, rifle, caseworker, colleague, law):
        send_back_excerpt(**seen(rifle, colleague, words="Another theme."))
        mended = change_excerpt(by=caseworker, excerpt=rifle, themes=[law], note="", is_adverse=False, version=1)
        assert (mended.is_sent_back, mended.state) == (False, State.PROPOSED)

    def test_or_with_an_answer(self, rifle, caseworker, colleague):
        send_back_excerpt(**seen(rifle, colleague, words="Is this the rule?"))
        comment_on(by=caseworker, excerpt=rifle, words="It is.", now=NOW, asks_again=True)
        rifle.refresh_from_db()
        assert not rifle.is_sent_back
        assert Event.objects.filter(action=Action.EXCERPT_ASKED_AGAIN).count() == 1


def test_who_wrote_a_comment_takes_it_away_and_that_is_on_record(rifle, caseworker, colleague):
    comment = comment_on(by=colleague, excerpt=rifle, words="Is it the whole rule?", now=NOW)
    with pytest.raises(CommentOfAnother):
        remove_comment(by=caseworker, comment=comment)
    remove_comment(by=colleague, comment=comment)
    assert not Comment.objects.exists()
    event = Event.objects.get(action=Action.COMMENT_REMOVED)
    assert "whole rule" not in str(event.detail)


def test_each_decision_is_taken_back_by_who_made_it(rifle, colleague, lawyer):
    states = [State.PROPOSED]
    check_excerpt(**seen(rifle, colleague))
    check = Undo.objects.get(kind="excerpt.vetted")
    approve_excerpt(**seen(rifle, lawyer))
    send_back_excerpt(**seen(rifle, lawyer, words="No."))
    approval, sent_back = Undo.objects.filter(made_by=lawyer).order_by("pk")
    for by, deed in ((lawyer, sent_back), (lawyer, approval), (colleague, check)):
        undo(by=by, undo_id=deed.pk, now=NOW)
        states.append(Excerpt.objects.get().state)
    assert states == [State.PROPOSED, State.APPROVED, State.CHECKED, State.PROPOSED]
    assert not Excerpt.objects.get().is_sent_back
    assert Event.objects.filter(action=Action.EXCERPT_VETTING_UNDONE).count() == 3
    assert Comment.objects.count() == 1


def test_a_decision_that_another_built_on_is_not_taken_back(rifle, colleague, lawyer):
    check_excerpt(**seen(rifle, colleague))
    check = Undo.objects.get(kind="excerpt.vetted")
    approve_excerpt(**seen(rifle, lawyer))
    with pytest.raises(ChangedSince):
        undo(by=colleague, undo_id=check.pk, now=NOW)
    assert Excerpt.objects.get().is_approved


def test_nobody_brings_an_approval_back_who_may_not_approve(rifle, lawyer):
    approve_excerpt(**seen(rifle, lawyer))
    unapprove_excerpt(by=lawyer, excerpt=rifle, now=NOW)
    lawyer.role = Role.CASEWORKER
    lawyer.save()
    with pytest.raises(UndoRefused, match="Only a lawyer can approve"):
        undo(by=lawyer, undo_id=Undo.objects.first().pk, now=NOW)
    assert not Excerpt.objects.get().is_approved
