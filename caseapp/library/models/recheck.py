"""A newer version of a source: fetching it, and what becomes of the passages that were quoted from an older one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseapp.core.jobs import Job
from caseapp.library.excerpts.relocating import Standing
from caseapp.library.models.excerpt import Excerpt
from caseapp.library.models.source import Capture, Source


class RecaptureStatus(models.TextChoices):
    WAITING = "waiting", _("waits")
    FETCHING = "fetching", _("is being fetched")
    KEPT = "kept", _("kept as a new version")
    UNCHANGED = "unchanged", _("nothing new")
    FAILED = "failed", _("failed")


AT_WORK = (RecaptureStatus.WAITING, RecaptureStatus.FETCHING)


class Recapture(Job):
    """Somebody asked for the page of a source once more. Only success makes a capture."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="recaptures")
    address = models.CharField(max_length=2048)
    status = models.CharField(max_length=20, choices=RecaptureStatus, default=RecaptureStatus.WAITING)
    failure = models.TextField(blank=True)
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-requested_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=RecaptureStatus.values), name="recapture_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=RecaptureStatus.FAILED) ^ Q(failure=""), name="recapture_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(status=RecaptureStatus.KEPT, capture__isnull=False)
                | ~Q(status=RecaptureStatus.KEPT) & Q(capture=None),
                name="recapture_kept_has_its_capture",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(status__in=AT_WORK), name="recapture_one_at_work_per_source"
            ),
        )

    def __str__(self) -> str:
        return f"{self.address}: {self.get_status_display()}"

    @property
    def is_at_work(self) -> bool:
        return self.status in AT_WORK


class Settled(models.TextChoices):
    OPEN = "", _("waits")
    CARRIED = "carried", _("carried over")
    KEPT = "kept", _("kept on the older version")


class Recheck(models.Model):
    """An excerpt of an older capture, looked for in a newer one: how it stands there, and what a person decided.

    `places` are those that may be meant, as `relocating.Candidate` in plain values. An excerpt that stands exactly in
    the newer capture is confirmed by that; all others wait until somebody has looked. An excerpt that was carried over
    came from `came_from`, where it stood between `came_start` and `came_end`.
    """

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="rechecks")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="rechecks")
    standing = models.CharField(max_length=20, choices=[(standing.value, standing.value) for standing in Standing])
    count = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=list)
    made_at = models.DateTimeField()
    settled = models.CharField(max_length=20, choices=Settled, blank=True, default=Settled.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), max_length=1000, blank=True)
    came_from = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    came_start = models.PositiveIntegerField(null=True)
    came_end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("excerpt__capture__source", "excerpt__start", "pk")
        constraints = (
            models.UniqueConstraint(fields=["excerpt", "capture"], name="recheck_once_per_excerpt_and_capture"),
            models.CheckConstraint(
                condition=Q(standing__in=[standing.value for standing in Standing]), name="recheck_standing_is_known"
            ),
            models.CheckConstraint(condition=Q(settled__in=Settled.values), name="recheck_settled_is_known"),
            models.CheckConstraint(
                condition=Q(settled=Settled.OPEN, settled_at=None, settled_by=None)
                | ~Q(settled=Settled.OPEN) & Q(settled_at__isnull=False),
                name="recheck_settled_says_when",
            ),
            models.CheckConstraint(
                condition=Q(settled=Settled.CARRIED, came_from__isnull=False, came_end__gt=F("came_start"))
                | ~Q(settled=Settled.CARRIED) & Q(came_from=None, came_start=None, came_end=None),
                name="recheck_carried_knows_from_where",
            ),
        )

    def __str__(self) -> str:
        return f"{self.excerpt} → {self.capture_id}: {self.standing}"

    @staticmethod
    def waiting() -> Q:
        """Selects those that a person must look at."""
        return Q(settled=Settled.OPEN) & ~Q(standing=Standing.EXACT.value)
