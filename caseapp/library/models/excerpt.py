"""An excerpt: a chosen passage of a capture, with its anchor."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import Capture
from caseapp.library.models.theme import Theme
from caseapp.library.paging import page_words


class Excerpt(models.Model):
    """`start` and `end` are code points of the capture's text, half-open; `quote` is exactly what stands there."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=200, blank=True)
    themes = models.ManyToManyField(Theme, related_name="excerpts", blank=True, verbose_name=_("themes"))
    translation = models.TextField(
        _("translation"), max_length=8000, blank=True, help_text=_("Printed beneath the passage.")
    )
    note = models.TextField(_("note"), max_length=4000, blank=True)
    is_adverse = models.BooleanField(_("cuts against us"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("capture", "start", "end")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="excerpt_not_empty"),
            models.CheckConstraint(condition=~Q(quote=""), name="excerpt_has_its_words"),
            models.UniqueConstraint(fields=["capture", "start", "end"], name="excerpt_once_per_passage"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="excerpt_approved_at_and_by_together",
            ),
        )

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else f"{self.quote[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{reverse('source_read', args=[self.capture.source_id])}#excerpt-{self.pk}"

    @property
    def page(self) -> str:
        """On which page of a PDF it stands, in words; "" in a text, which has no pages."""
        return page_words(self.capture.pages, self.start, self.end)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None
