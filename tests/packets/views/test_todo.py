"""The page of tasks and comments."""

import datetime as dt

import pytest
from django.urls import reverse

from caseapp.cases.models import Case, CaseComment, CaseTask, Statement
from caseapp.cases.services.cases import CaseDetails, open_case


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    return open_case(by=caseworker, details=CaseDetails(reference="SV-1", client_name="C"), team=[lawyer])


def page(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_task_is_added_done_and_taken_back(as_person, case, lawyer, caseworker):
    client, url = as_person(lawyer), reverse("case_tasks", args=[case.pk])
    assert "Nothing is left to do here." in page(client.get(url))
    statement = Statement.objects.create(case=case, position=1, text="I left in spring.")
    sent = {"words": "Find the report", "assignee": caseworker.pk, "about": f"statement:{statement.pk}"}
    assert client.post(url, sent | {"due_on": "2020-01-01"}).status_code == 302
    task = CaseTask.objects.get()
    assert (task.assignee, task.due_on, task.added_by) == (caseworker, dt.date(2020, 1, 1), lawyer)
    shown = page(client.get(url))
    assert "Statement: I left in spring.</a>" in shown
    assert 'class="hearing-past">by 1 Jan 2020' in shown
    assert client.post(reverse("task_done", args=[task.pk])).status_code == 302
    assert "Lena Lawyer, " in page(client.get(url))
    client.post(reverse("task_reopen", args=[task.pk]))
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Say what has to be done."),
        ({"assignee": "999"}, "Select a valid choice."),
        ({"about": "document:1"}, "Select a valid choice."),
        ({"due_on": "0026-01-01"}, "Look at the year: this date cannot be right."),
    ],
)
def test_wrong_words_are_said_and_kept(as_person, case, lawyer, wrong, sentence):
    response = as_person(lawyer).post(reverse("case_tasks", args=[case.pk]), {"words": "Kept words"} | wrong)
    assert response.status_code == 422
    assert sentence in page(response)
    assert ("Kept words" in page(response)) == ("words" not in wrong)
    assert CaseTask.objects.count() == 0


def test_a_stale_task_is_shown_beside_what_was_typed(as_person, case, lawyer, caseworker):
    task = CaseTask.objects.create(case=case, words="As it is", assignee=caseworker, version=2)
    response = as_person(lawyer).post(reverse("task_edit", args=[task.pk]), {"words": "As typed", "version": 1})
    assert response.status_code == 409
    assert [(row.label, row.standing, row.typed) for row in response.context["differences"]] == [
        ("What has to be done", "As it is", "As typed"),
        ("Who", "Carla Caseworker", "Nobody yet"),
    ]
    task.refresh_from_db()
    assert task.words == "As it is"


def test_a_comment_is_changed_by_its_author_alone(as_person, case, lawyer, caseworker):
    as_person(lawyer).post(reverse("case_comment_add", args=[case.pk]), {"words": "@Carla <b>look</b>"})
    comment = CaseComment.objects.get()
    url = reverse("case_comment_edit", args=[comment.pk])
    assert as_person(caseworker).post(url, {"words": "Mine", "version": 1}).status_code == 403
    shown = page(as_person(caseworker).get(reverse("case_tasks", args=[case.pk])))
    assert "@Carla &lt;b&gt;look&lt;/b&gt;" in shown
    assert "I have seen it" in shown
    mention = comment.mentions.get()
    assert as_person(lawyer).post(reverse("mention_seen", args=[mention.pk])).status_code == 404
    assert as_person(caseworker).post(reverse("mention_seen", args=[mention.pk])).status_code == 302
    assert "I have seen it" not in page(as_person(caseworker).get(reverse("case_tasks", args=[case.pk])))
    assert as_person(lawyer).post(url, {"words": "Better", "version": 1}).status_code == 302


def test_who_is_taken_off_the_team_leaves_tasks_to_nobody_and_that_is_said(as_person, case, lawyer, caseworker):
    CaseTask.objects.create(case=case, words="Find the report", assignee=caseworker)
    url = reverse("member_remove", args=[case.pk, case.members.get(user=caseworker).pk])
    assert "1 task is nobody’s now." in page(as_person(lawyer).post(url, follow=True))


def test_the_page_takes_the_same_queries_for_one_task_and_for_ten(as_person, case, lawyer, count_queries):
    client, url = as_person(lawyer), reverse("case_tasks", args=[case.pk])
    client.get(url)
    for number in range(10):
        CaseTask.objects.create(case=case, words=str(number), assignee=lawyer)
        CaseComment.objects.create(case=case, words=str(number), written_by=lawyer)
        if number == 0:
            one = count_queries(client, url)
    assert count_queries(client, url) == one
