"""What has to be done on a case: for its team alone, and on record without its words."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.models import Case, CaseMember, CaseTask


@dataclass(frozen=True)
class TaskDetails:
    words: str
    assignee: User | None = None
    due_on: dt.date | None = None
    about: str = ""


class NotOnTeam(Exception):
    """A task was about to be given to somebody who does not see the case."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("%(name)s is not on the team of this case, so nothing was saved. Choose somebody who is.")
            % {"name": user.name}
        )


class TaskChangedMeanwhile(Exception):
    """Somebody else saved the task. `standing` is the task as it is now."""

    def __init__(self, standing: CaseTask) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this task while you were typing, so nothing was saved. Compare the two below; "
                "saving again keeps what you typed."
            )
        )


@transaction.atomic
def add_task(*, by: User, case: Case, details: TaskDetails, now: dt.datetime) -> CaseTask:
    require_on(case, by, Ability.EDIT_CASES)
    _refuse_outsiders(case, details.assignee)
    task = CaseTask(
        case=case,
        words=details.words,
        assignee=details.assignee,
        due_on=details.due_on,
        about=details.about,
        added_by=by,
        added_at=now,
    )
    task.full_clean(exclude=["added_by"])
    task.save()
    _record(by, Action.TASK_ADDED, task)
    return task


@transaction.atomic
def change_task(*, by: User, task: CaseTask, details: TaskDetails, version: int) -> CaseTask:
    require_on(task.case, by, Ability.EDIT_CASES)
    standing = CaseTask.objects.select_for_update(of=("self",)).select_related("case", "assignee").get(pk=task.pk)
    if standing.version != version:
        raise TaskChangedMeanwhile(standing)
    if details.assignee != standing.assignee:
        _refuse_outsiders(standing.case, details.assignee)
    standing.words, standing.assignee = details.words, details.assignee
    standing.due_on, standing.about = details.due_on, details.about
    standing.version += 1
    standing.full_clean(exclude=["added_by", "done_by"])
    standing.save()
    _record(by, Action.TASK_CHANGED, standing)
    return standing


@transaction.atomic
def finish_task(*, by: User, task: CaseTask, now: dt.datetime) -> None:
    """Done already is done."""
    require_on(task.case, by, Ability.EDIT_CASES)
    if CaseTask.objects.filter(pk=task.pk, done_at=None).update(done_at=now, done_by=by):
        _record(by, Action.TASK_DONE, task)


@transaction.atomic
def reopen_task(*, by: User, task: CaseTask) -> None:
    require_on(task.case, by, Ability.EDIT_CASES)
    if CaseTask.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None, done_by=None):
        _record(by, Action.TASK_REOPENED, task)


@transaction.atomic
def remove_task(*, by: User, task: CaseTask) -> None:
    require_on(task.case, by, Ability.EDIT_CASES)
    if CaseTask.objects.filter(pk=task.pk).exists():
        _record(by, Action.TASK_REMOVED, task)
        task.delete()


def hand_back_tasks(*, case: Case, user: User) -> int:
    """What this person had to do on the case is nobody's now; says how many tasks that were."""
    return CaseTask.objects.filter(case=case, assignee=user, done_at=None).update(assignee=None)


def _refuse_outsiders(case: Case, user: User | None) -> None:
    """While nobody else changes the team, so that a task is never given to somebody who leaves at that moment."""
    Case.objects.select_for_update().get(pk=case.pk)
    if user and not CaseMember.objects.filter(case=case, user=user, user__is_active=True).exists():
        raise NotOnTeam(user)


def _record(by: User, action: Action, task: CaseTask) -> None:
    record(by=by, action=action, subject=task, label=task.case.reference, case_id=task.case_id)
