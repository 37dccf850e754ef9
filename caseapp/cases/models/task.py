"""What has to be done on a case, and what its team says about it. Both are for the team alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.cases.models.case import Case, validate_day
from caseapp.library.models.source import ONE_PLAIN_LINE


class CaseTask(models.Model):
    """One thing to do. Nobody has to have it; `about` names what it is about, such as document:… or statement:…, and
    leads nowhere once that is gone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    words = models.CharField(_("what has to be done"), max_length=300, validators=[ONE_PLAIN_LINE])
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("by"), null=True, blank=True, validators=[validate_day])
    about = models.CharField(_("about"), max_length=60, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("due_on", "added_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_at_and_by_together",
            ),
        )
        indexes = (
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at=None), name="tasks_open_of_somebody"),
        )

    def __str__(self) -> str:
        return self.words


class CaseComment(models.Model):
    """What somebody on the team said. Its author can change it or take it away; that it was there stays on record."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("written_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="case_comment_has_its_words"),)

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"


class CaseMention(models.Model):
    """A colleague was named in a comment; it stands on their first page until they have seen it."""

    comment = models.ForeignKey(CaseComment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["comment", "user"], name="mentioned_once_per_comment"),)
        indexes = (models.Index(fields=["user"], condition=Q(seen_at=None), name="mentions_not_seen"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.comment}"
