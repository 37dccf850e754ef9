"""What the team of a case says about it. On record that it was said, never what."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.mentions import mentioned
from caseapp.cases.models import Case, CaseComment, CaseMention
from caseapp.cases.queries import team_of


class CommentChangedMeanwhile(Exception):
    """Its author saved it from another page. `standing` is the comment as it is now."""

    def __init__(self, standing: CaseComment) -> None:
        self.standing = standing
        super().__init__(
            _(
                "You changed this comment on another page in the meantime, so nothing was saved. Compare the two "
                "below; saving again keeps what you typed here."
            )
        )


@transaction.atomic
def add_comment(*, by: User, case: Case, words: str, now: dt.datetime) -> CaseComment:
    """Whoever answers has seen what was said to them before."""
    require_on(case, by, Ability.EDIT_CASES)
    comment = CaseComment.objects.create(case=case, words=words, written_by=by, written_at=now)
    _mention(comment)
    CaseMention.objects.filter(comment__case=case, user=by, seen_at=None).update(seen_at=now)
    _record(by, Action.CASE_COMMENT_ADDED, comment)
    return comment


@transaction.atomic
def change_comment(*, by: User, comment: CaseComment, words: str, version: int, now: dt.datetime) -> CaseComment:
    require_on(comment.case, by, Ability.EDIT_CASES)
    standing = CaseComment.objects.select_for_update(of=("self",)).select_related("case").get(pk=comment.pk)
    if standing.version != version:
        raise CommentChangedMeanwhile(standing)
    if standing.words != words:
        standing.words, standing.changed_at, standing.version = words, now, version + 1
        standing.save(update_fields=["words", "changed_at", "version"])
        _mention(standing)
        _record(by, Action.CASE_COMMENT_CHANGED, standing)
    return standing


@transaction.atomic
def remove_comment(*, by: User, comment: CaseComment) -> None:
    require_on(comment.case, by, Ability.EDIT_CASES)
    if CaseComment.objects.filter(pk=comment.pk).exists():
        _record(by, Action.CASE_COMMENT_REMOVED, comment)
        comment.delete()


def see_mention(*, mention: CaseMention, now: dt.datetime) -> None:
    """For whoever is named: it is off their first page."""
    CaseMention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=now)


def _mention(comment: CaseComment) -> None:
    """Only the team can be named, and whoever was named before has seen it or will."""
    people = {member.user_id: member.user.name for member in team_of(comment.case) if member.user.is_active}
    named = mentioned(comment.words, people) - {comment.written_by_id}
    comment.mentions.exclude(user__in=named).delete()
    known = set(comment.mentions.values_list("user_id", flat=True))
    CaseMention.objects.bulk_create(CaseMention(comment=comment, user_id=pk) for pk in sorted(named - known))


def _record(by: User, action: Action, comment: CaseComment) -> None:
    record(by=by, action=action, subject=comment, label=comment.case.reference, case_id=comment.case_id)
