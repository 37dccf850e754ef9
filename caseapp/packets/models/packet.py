"""The ordered filing and its exhibits."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.cases.models import Case, Document, forum_choices
from caseapp.library.models import Capture


class IndexStyle(models.TextChoices):
    THEME = "theme", _("by theme")
    KIND = "kind", _("by kind of source")
    DATE = "date", _("by date")
    STATEMENT = "statement", _("by the client’s statements")


class Include(models.TextChoices):
    WHOLE = "whole", _("whole")
    CITED = "cited", _("cited pages only")
    EXTRACT = "extract", _("quoted passages only")
    PAGES = "pages", _("chosen pages")


class Numbering(models.TextChoices):
    """How a packet that follows a filed one goes on from it."""

    FRESH = "fresh", _("its own tabs and pages, from the beginning")
    CONTINUE = "continue", _("further tabs and pages, after those of the filed packet")
    INSERT = "insert", _("the filed tabs and pages, with 12A between 12 and 13")


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
    follows = models.ForeignKey(
        "packets.Build",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("goes on from the filed build"),
    )
    numbering = models.CharField(_("numbers"), max_length=20, choices=Numbering, default=Numbering.FRESH)
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
            models.CheckConstraint(condition=Q(numbering__in=Numbering.values), name="packet_numbering_is_known"),
            models.CheckConstraint(
                condition=Q(numbering=Numbering.FRESH) | Q(follows__isnull=False),
                name="packet_goes_on_from_a_filed_build",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("packet_show", args=[self.pk])


class Exhibit(models.Model):
    """One filed item: a capture of the library, or a document of the case. Its tab follows from its position.

    `context_pages` goes with cited pages: how many pages before and after each are shown too. `pages_shown` goes with
    chosen pages: numbers and ranges of the document's own pages, from 1, such as 3-5, 9.
    """

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="exhibits")
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    include = models.CharField(_("shown"), max_length=20, choices=Include, default=Include.WHOLE)
    context_pages = models.PositiveSmallIntegerField(_("pages of context"), default=0)
    pages_shown = models.CharField(_("pages"), max_length=200, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["packet", "capture"], name="exhibit_once_per_packet"),
            models.UniqueConstraint(fields=["packet", "document"], name="exhibit_document_once_per_packet"),
            models.CheckConstraint(condition=Q(include__in=Include.values), name="exhibit_include_is_known"),
            models.CheckConstraint(
                condition=Q(capture__isnull=False, document=None) | Q(capture=None, document__isnull=False),
                name="exhibit_is_a_capture_or_a_document",
            ),
            models.CheckConstraint(
                condition=Q(include=Include.PAGES) ^ Q(pages_shown=""), name="exhibit_chosen_pages_are_named"
            ),
        )

    def __str__(self) -> str:
        return f"{self.packet}: {self.title}"

    @property
    def shown(self) -> dict[str, Any]:
        """How much of it is shown."""
        return {"include": self.include, "context_pages": self.context_pages, "pages_shown": self.pages_shown}

    @property
    def title(self) -> str:
        return str(self.document or (self.capture and self.capture.source))
