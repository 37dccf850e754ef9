"""Every finished or attempted version of a packet: its parts, and the files it became."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.core.jobs import Job
from caseapp.packets.models.packet import Packet


class BuildStatus(models.TextChoices):
    RENDERING = "rendering", _("setting the pages")
    ASSEMBLING = "assembling", _("putting the packet together")
    VERIFYING = "verifying", _("reading the finished packet back")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ACTIVE = (BuildStatus.RENDERING, BuildStatus.ASSEMBLING, BuildStatus.VERIFYING)


class Build(Job):
    """One version of a packet, made from a manifest that was frozen when it was asked for.

    The manifest, what was published of it and all that was made are files of the case; here stand their names.
    `index_sha256` is the annotated index as a Word file. `looked_at` says that a lawyer went through what leaves the
    office with it, without which nothing of it is handed out. `filed_at` says that this is the version that went to
    the forum: later packets may go on from its tabs and pages.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=BuildStatus, default=BuildStatus.RENDERING)
    manifest_sha256 = models.CharField(max_length=64)
    published_sha256 = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    index_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(null=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["packet", "number"], name="build_number_once_per_packet"),
            models.UniqueConstraint(fields=["packet"], condition=Q(status__in=ACTIVE), name="build_one_at_a_time"),
            models.CheckConstraint(condition=Q(status__in=BuildStatus.values), name="build_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=BuildStatus.READY) | ~Q(published_sha256=""), name="build_ready_has_a_manifest"
            ),
            models.CheckConstraint(
                condition=~Q(status=BuildStatus.FAILED) | ~Q(failure=""), name="build_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE, finished_at=None)
                | (~Q(status__in=ACTIVE) & Q(finished_at__isnull=False)),
                name="build_finished_at_when_over",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="build_looked_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(filed_at=None, filed_by=None) | Q(filed_at__isnull=False, filed_by__isnull=False),
                name="build_filed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(filed_at=None) | Q(status=BuildStatus.READY), name="build_filed_was_ready"
            ),
        )

    def __str__(self) -> str:
        return f"{self.packet} {self.number}"

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE


class PartStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being set")
    DONE = "done", _("set")
    FAILED = "failed", _("failed")


class BuildPart(Job):
    """One rendered piece. Pieces with the same key are the same pages, so a stored one is never set again."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=600)
    key = models.CharField(max_length=64, db_index=True)
    status = models.CharField(max_length=20, choices=PartStatus, default=PartStatus.WAITING)
    sha256 = models.CharField(max_length=64, blank=True)
    layout = models.JSONField(default=dict)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["build", "name"], name="part_name_once_per_build"),
            models.CheckConstraint(condition=~Q(status=PartStatus.DONE) | ~Q(sha256=""), name="part_done_has_a_file"),
            models.CheckConstraint(condition=Q(status__in=PartStatus.values), name="part_status_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.build}: {self.name}"


class Volume(models.Model):
    """One PDF file of a finished build."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="volumes")
    number = models.PositiveIntegerField(default=1)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["build", "number"], name="volume_number_once_per_build"),)

    def __str__(self) -> str:
        return self.file_name


class VolumePicture(models.Model):
    """A page of a volume that was drawn already, as a PNG among the files of the case."""

    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["volume", "number"], name="volume_picture_once_per_page"),)

    def __str__(self) -> str:
        return f"{self.volume_id}: {self.number}"
