"""Tasks and comments of a case: its team's alone, on record without a word."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from caseapp.audit.models import Event
from caseapp.cases.models import CaseMention
from caseapp.cases.queries import mentions_waiting, tasks_of, tasks_waiting
from caseapp.cases.services.comments import (
    CommentChangedMeanwhile,
    add_comment,
    change_comment,
    remove_comment,
)
from caseapp.cases.services.team import remove_member
from caseapp.cases.services.todo import (
    NotOnTeam,
    TaskChangedMeanwhile,
    TaskDetails,
    add_task,
    change_task,
    finish_task,
    remove_task,
    reopen_task,
)

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


def make_task(case, by, words="Call the clinic", **details):
    return add_task(by=by, case=case, details=TaskDetails(words, **details), now=NOW)


def test_what_is_due_first_comes_first_and_what_is_done_last(case, lawyer):
    for words, day in (("someday", None), ("later", 9), ("soon", 2), ("done", 1)):
        make_task(case, lawyer, words, due_on=dt.date(2026, 12, day) if day else None)
    finish_task(by=lawyer, task=tasks_of(case).get(words="done"), now=NOW)
    assert [task.words for task in tasks_of(case)] == ["soon", "later", "someday", "done"]


def test_the_record_says_that_and_never_what(case, lawyer):
    task = make_task(case, lawyer, "Secret words")
    change_task(by=lawyer, task=task, details=TaskDetails("Other words"), version=1)
    finish_task(by=lawyer, task=task, now=NOW)
    finish_task(by=lawyer, task=task, now=NOW)
    reopen_task(by=lawyer, task=task)
    comment = add_comment(by=lawyer, case=case, words="Secret words", now=NOW)
    change_comment(by=lawyer, comment=comment, words="Other words", version=1, now=NOW)
    remove_comment(by=lawyer, comment=comment)
    remove_task(by=lawyer, task=task)
    sentences = [str(event) for event in Event.objects.of_case(case.pk).order_by("pk")][1:]
    assert [sentence.removeprefix("Lena Lawyer ") for sentence in sentences] == [
        f"added a task to {case.reference}",
        f"changed a task of {case.reference}",
        f"finished a task of {case.reference}",
        f"took back that a task was finished of {case.reference}",
        f"commented on the case {case.reference}",
        f"changed a comment on the case {case.reference}",
        f"took away a comment on the case {case.reference}",
        f"removed a task from {case.reference}",
    ]


def test_nobody_outside_the_team_gets_a_task(case, lawyer, caseworker, stranger):
    with pytest.raises(NotOnTeam, match="Sam Stranger is not on the team of this case"):
        make_task(case, lawyer, assignee=stranger)
    task = make_task(case, lawyer, assignee=caseworker)
    with pytest.raises(NotOnTeam):
        change_task(by=lawyer, task=task, details=TaskDetails("x", assignee=stranger), version=1)
    with pytest.raises(PermissionDenied):
        make_task(case, stranger)


def test_the_second_of_two_who_typed_at_once_is_told(case, lawyer, caseworker):
    task = make_task(case, lawyer)
    change_task(by=lawyer, task=task, details=TaskDetails("One"), version=1)
    with pytest.raises(TaskChangedMeanwhile) as refused:
        change_task(by=caseworker, task=task, details=TaskDetails("Two"), version=1)
    assert refused.value.standing.words == "One"
    comment = add_comment(by=lawyer, case=case, words="First", now=NOW)
    change_comment(by=lawyer, comment=comment, words="Second", version=1, now=NOW)
    with pytest.raises(CommentChangedMeanwhile):
        change_comment(by=lawyer, comment=comment, words="Third", version=1, now=NOW)


@pytest.mark.parametrize("wrong", [{"words": ""}, {"words": "x" * 301}, {"due_on": dt.date(27, 1, 1)}])
def test_a_task_that_says_nothing_or_a_wrong_year_is_refused(case, lawyer, wrong):
    with pytest.raises(ValidationError):
        make_task(case, lawyer, **{"words": "x"} | wrong)


def test_who_leaves_the_team_hands_back_what_they_had_to_do(case, lawyer, caseworker):
    for words in ("one", "two", "done"):
        make_task(case, lawyer, words, assignee=caseworker)
    finish_task(by=lawyer, task=tasks_of(case).get(words="done"), now=NOW)
    assert remove_member(by=lawyer, member=case.members.get(user=caseworker)) == 2
    assert {task.words: task.assignee for task in tasks_of(case)} == {"one": None, "two": None, "done": caseworker}


def test_whom_a_comment_names_is_told_until_they_saw_it(case, lawyer, caseworker, stranger):
    comment = add_comment(by=caseworker, case=case, words="@Lena Lawyer and @Sam Stranger, @Carla", now=NOW)
    assert [mention.user for mention in CaseMention.objects.all()] == [lawyer]
    assert mentions_waiting(lawyer).count() == 1
    change_comment(by=caseworker, comment=comment, words="Nobody", version=1, now=NOW)
    assert mentions_waiting(lawyer).count() == 0
    change_comment(by=caseworker, comment=comment, words="@lena", version=2, now=NOW)
    add_comment(by=lawyer, case=case, words="I see.", now=NOW)
    assert mentions_waiting(lawyer).count() == 0


def test_who_left_the_team_is_told_nothing(case, lawyer, caseworker):
    add_comment(by=lawyer, case=case, words="@Carla", now=NOW)
    make_task(case, lawyer, assignee=caseworker)
    assert (mentions_waiting(caseworker).count(), tasks_waiting(caseworker).count()) == (1, 1)
    remove_member(by=lawyer, member=case.members.get(user=caseworker))
    assert (mentions_waiting(caseworker).count(), tasks_waiting(caseworker).count()) == (0, 0)
