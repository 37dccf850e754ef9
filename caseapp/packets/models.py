"""The ordered filing, its exhibits, and every finished or attempted build of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.cases.models import Case, forum_choices
from caseapp.core.jobs import Job
from caseapp.library.models import Capture


class IndexStyle(models.TextChoices):
    THEME = "theme", _("by theme")


class Include(models.TextChoices):
    WHOLE = "whole", _("the whole article")


class PacketQuerySet(models.QuerySet["Packet"]):
    def visible_to(self, user: User) -> "PacketQuerySet":
        return self.filter(case__in=Case.objects.visible_to(user))


class Packet(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("Printed on the cover and written into the file: no client's name here."),
    )
    forum = models.CharField(_("forum"), max_length=30, choices=forum_choices)
    index_style = models.CharField(_("index"), max_length=20, choices=IndexStyle, default=IndexStyle.THEME)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = PacketQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="packet_has_a_title"),
            models.CheckConstraint(condition=Q(index_style__in=IndexStyle.values), name="packet_index_style_is_known"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("packet_show", args=[self.pk])


class Exhibit(models.Model):
    """One filed item. Its tab follows from its position."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="exhibits")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    include = models.CharField(max_length=20, choices=Include, default=Include.WHOLE)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["packet", "capture"], name="exhibit_once_per_packet"),
            models.CheckConstraint(condition=Q(include__in=Include.values), name="exhibit_include_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.packet}: {self.capture.source}"


class BuildStatus(models.TextChoices):
    RENDERING = "rendering", _("setting the pages")
    ASSEMBLING = "assembling", _("putting the packet together")
    VERIFYING = "verifying", _("reading the finished packet back")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ACTIVE = (BuildStatus.RENDERING, BuildStatus.ASSEMBLING, BuildStatus.VERIFYING)


class Build(Job):
    """One version of a packet, made from a manifest that was frozen when it was asked for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=BuildStatus, default=BuildStatus.RENDERING)
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    published_sha256 = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)

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
