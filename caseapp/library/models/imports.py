"""An import is what somebody brought at once; each of its rows becomes a source by itself, or says why not."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from caseapp.core.jobs import Job
from caseapp.library.models.source import SHA256, Capture, Method, Source

LONGEST_NAME = 500


class Import(models.Model):
    """`details` are true of all of it: language, kind and country, where the rows say nothing else.

    Its rows wait until `started_at`, because a browser sends many files in several requests.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    details = models.JSONField(default=dict)
    creates_themes = models.BooleanField(default=False)
    # One filled-in form makes one import, however often it arrives.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    started_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="import_has_a_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import_show", args=[self.pk])


class RowKind(models.TextChoices):
    FILE = "file", _("File")
    ADDRESS = "address", _("Web address")
    RECORD = "record", _("Line of a list")
    LIST = "list", _("List")
    ARCHIVE = "archive", _("Zip file")


class RowStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    READING = "reading", _("being read")
    ASKING = "asking", _("needs an answer")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Outcome(models.TextChoices):
    NONE = "", ""
    ADDED = "added", _("added")
    KNOWN = "known", _("added before")
    VERSION = "version", _("added as a new version")
    SKIPPED = "skipped", _("left out")
    UNPACKED = "unpacked", _("taken apart")
    USED = "used", _("belongs to another row")


class Choice(models.TextChoices):
    """What a person says where the library has the same already."""

    NONE = "", ""
    ANOTHER = "another", _("Add it as another source")
    VERSION = "version", _("It is a new version of that source")
    SKIP = "skip", _("Leave it out")


# Rows that hold others are read before all others, so that a record finds its file before the file stands for itself.
HOLDERS = (RowKind.LIST, RowKind.ARCHIVE)
# What a column of a list is read as.
_READ_AS = {
    "title": _("title"),
    "publisher": _("publisher"),
    "author": _("author"),
    "published_on": _("date of publication"),
    "url": _("web address"),
    "language": _("language"),
    "kind": _("kind"),
    "type": _("kind"),
    "country": _("country"),
    "themes": _("themes"),
    "files": _("file"),
    "text": _("text"),
    "abstract": _("abstract"),
}
OPEN = (RowStatus.WAITING, RowStatus.READING)


class ImportRow(Job):
    """One thing to take in. What it is called where it came from is `name`; `columns` is what a list
    said of it: [name, words] in its order, which a database does not keep of an object.

    `given` are details that the list or a person gave, `found` those that the file says of itself. `questions` are
    what a person must decide, as plain values of `intake.report`, `accepted` the codes that were said yes to and by
    whom. `same_as` is the source that the library has already, and `choice` what was said about that.
    `failure` is the sentence that says what is wrong, in each language of the office.
    `key` is the submission of the source that it becomes; for a line of a list it follows from what stands there, so
    that the same line makes the same source, however often it is brought.
    `heartbeat_at` of a waiting row is empty as long as no worker was called for it.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    within = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=RowKind)
    name = models.CharField(max_length=LONGEST_NAME)
    key = models.UUIDField(default=uuid.uuid4, db_index=True)
    method = models.CharField(max_length=20, choices=Method, default=Method.UPLOADED)
    # The name that tells what the bytes are, where `name` says something else.
    original_name = models.CharField(max_length=150, blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    original_size = models.PositiveBigIntegerField(default=0)
    response = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    # How its text begins, for whoever is asked about it; nothing once it is settled.
    opening = models.TextField(blank=True)
    questions = models.JSONField(default=list)
    accepted = models.JSONField(default=dict)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    same_as = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=Choice, blank=True)
    status = models.CharField(max_length=20, choices=RowStatus, default=RowStatus.WAITING)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    failure = models.JSONField(default=dict)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=["batch", "status"], name="importrow_by_status"),)
        constraints = (
            models.UniqueConstraint(fields=["batch", "position"], name="importrow_position_once"),
            models.CheckConstraint(condition=Q(kind__in=RowKind.values), name="importrow_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=RowStatus.values), name="importrow_status_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="importrow_outcome_is_known"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="importrow_choice_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="importrow_has_a_name"),
            models.CheckConstraint(
                condition=Q(original_sha256="") | Q(original_sha256__regex=SHA256), name="importrow_original_is_hashed"
            ),
            models.CheckConstraint(
                condition=(Q(status=RowStatus.DONE) & ~Q(outcome="")) | (~Q(status=RowStatus.DONE) & Q(outcome="")),
                name="importrow_done_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.ADDED, Outcome.KNOWN, Outcome.VERSION]) | Q(source__isnull=False),
                name="importrow_added_has_its_source",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import_row", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        said: dict[str, Any] = self.failure
        return str(said.get((get_language() or "en")[:2]) or next(iter(said.values()), ""))

    @property
    def columns_read(self) -> list[tuple[str, Any]]:
        """Of a list: its columns, each with what it is read as, or None."""
        return [(name, _READ_AS.get(field)) for name, field in self.columns] if self.kind == RowKind.LIST else []

    @property
    def details(self) -> dict[str, Any]:
        """What is known about it: what was given goes before what was found, and both before what is true of all."""
        return self.batch.details | self.found | self.given

    @property
    def guessed(self) -> list[str]:
        """The fields whose values were found and that nobody has confirmed."""
        return sorted(self.found.keys() - self.given.keys())

    @property
    def can_be_answered(self) -> bool:
        """Whether a person can help it on: it asks, or it failed and its text or file can be given."""
        return self.status == RowStatus.ASKING or (self.status == RowStatus.FAILED and self.needs_its_file)

    @property
    def needs_its_file(self) -> bool:
        """Of an address or a line of a list: nothing came with it, or what came cannot be read."""
        has_bytes = bool(self.original_sha256 or self.given.get("text"))
        is_by_itself = self.kind in (RowKind.ADDRESS, RowKind.RECORD)
        return is_by_itself and (self.status == RowStatus.FAILED or not has_bytes)

    @property
    def has_same_bytes(self) -> bool:
        """Whether the source that the library has already was made from these very bytes."""
        twins = Capture.objects.filter(source=self.same_as_id, original_sha256=self.original_sha256)
        return bool(self.same_as_id and self.original_sha256) and twins.exists()

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed although its bytes, or an address to fetch them from, are there; or was left out."""
        is_failed = self.status == RowStatus.FAILED and bool(self.original_sha256 or self.given.get("url"))
        return is_failed or self.outcome == Outcome.SKIPPED

    @property
    def lacks_only_optional(self) -> bool:
        """Whether it asks for nothing that a source cannot do without."""
        return not (self.questions or self.failure or self.same_as_id) and bool(
            self.original_sha256 and self.details.get("title")
        )
