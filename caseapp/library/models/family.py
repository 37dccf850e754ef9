"""How sources are found to tell one report: the index of their words, whom they name, what they share, who decided."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseapp.core.jobs import Job
from caseapp.library.models.origin import Origin
from caseapp.library.models.source import Capture, Source


class ComparisonStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Being compared")
    DONE = "done", _("Compared")
    FAILED = "failed", _("Could not be compared")


class Comparison(Job):
    """The work of comparing one capture with all others. A row that was compared by an older way waits again."""

    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="comparison")
    status = models.CharField(max_length=10, choices=ComparisonStatus, default=ComparisonStatus.WAITING)
    way = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    failure = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=ComparisonStatus.values), name="comparison_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=ComparisonStatus.FAILED) | Q(failure=""), name="comparison_failure_only_where_failed"
            ),
        )
        indexes = (models.Index(fields=["status", "heartbeat_at"], name="comparison_by_status"),)

    def __str__(self) -> str:
        return f"{self.capture_id}: {self.status}"

    @property
    def is_ended(self) -> bool:
        return self.status in (ComparisonStatus.DONE, ComparisonStatus.FAILED)


class Fingerprint(models.Model):
    """A run of words, a figure, a name or a date that a capture holds, as a number that says nothing of it."""

    pk = models.CompositePrimaryKey("value", "capture_id")
    value = models.BigIntegerField()
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.value} in {self.capture_id}"


class Attribution(models.Model):
    """Where a capture says whose report it repeats: the words [start, end) of its text, and the name in them."""

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="attributions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    phrase = models.CharField(max_length=300)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("capture", "start")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="attribution_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="attribution_has_a_name"),
            models.UniqueConstraint(fields=["capture", "start", "name"], name="attribution_once_per_place"),
        )

    def __str__(self) -> str:
        return self.name


class LinkKind(models.TextChoices):
    REPRINT = "reprint", _("Reprint")
    QUOTATION = "quotation", _("Quotation")
    RETELLING = "retelling", _("Retelling")
    TRANSLATION = "translation", pgettext_lazy("one article", "Translation")
    COMMON_ORIGIN = "common-origin", _("Common origin")


class Verdict(models.TextChoices):
    SUGGESTED = "suggested", _("To decide")
    CONFIRMED = "confirmed", _("Same report")
    DISMISSED = "dismissed", _("Kept apart")


class Link(models.Model):
    """Two sources that probably tell one report. Only a person says that they do, or that they do not.

    `one` came before `other` into the library. The passages are those of the two captures. `share_one` is how much of
    the first text stands in the second too, in percent. `reasons` are plain values; see
    `caseapp.library.origins.reasons`.
    """

    one = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    one_capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="+")
    other_capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=LinkKind)
    score = models.PositiveSmallIntegerField()
    share_one = models.PositiveSmallIntegerField()
    share_other = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.SUGGESTED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-score", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="link_of_the_earlier_and_the_later"),
            models.UniqueConstraint(fields=["one", "other"], name="link_once_per_pair"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_is_known"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="link_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(score__lte=100, share_one__lte=100, share_other__lte=100), name="link_figures_are_percent"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.SUGGESTED, decided_at=None, decided_by=None)
                | (~Q(verdict=Verdict.SUGGESTED) & Q(decided_at__isnull=False)),
                name="link_decided_with_a_time",
            ),
        )
        indexes = (models.Index(fields=["verdict", "-score"], name="link_by_verdict"),)

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"

    def get_absolute_url(self) -> str:
        return reverse("origin_pair", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.SUGGESTED


class Joining(models.Model):
    """A source that confirming a link brought under another origin. `former` is the one it had, none where it stood for
    itself; whoever decides again gives it back."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="joinings")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    former = models.ForeignKey(Origin, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["link", "source"], name="joining_once_per_link"),)

    def __str__(self) -> str:
        return f"{self.source_id} by {self.link_id}"


class Manner(models.TextChoices):
    VERBATIM = "verbatim", _("the same words")
    RETOLD = "retold", _("in other words")
    TRANSLATED = "translated", _("in another language")


class SharedPassage(models.Model):
    """The same in both captures of a link. `words` is how many words, or figures and names, are the same."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="passages")
    one_start = models.PositiveIntegerField()
    one_end = models.PositiveIntegerField()
    other_start = models.PositiveIntegerField()
    other_end = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    manner = models.CharField(max_length=10, choices=Manner)
    # Of a link that was dismissed: it was there, and known, when somebody decided.
    is_known = models.BooleanField(default=False)

    class Meta:
        ordering = ("link", "one_start")
        constraints = (
            models.CheckConstraint(
                condition=Q(one_end__gt=F("one_start"), other_end__gt=F("other_start")), name="shared_passage_not_empty"
            ),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="shared_passage_manner_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.link_id}: {self.one_start}–{self.one_end}"

    def bounds(self, *, is_one: bool) -> tuple[int, int]:
        return (self.one_start, self.one_end) if is_one else (self.other_start, self.other_end)

    def as_plain(self) -> dict[str, Any]:
        return {"one": [self.one_start, self.one_end], "other": [self.other_start, self.other_end]}
