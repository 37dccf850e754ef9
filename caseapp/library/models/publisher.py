"""Who published a source, assessed once for the whole office."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import ONE_PLAIN_LINE


class Publisher(models.Model):
    """The card of a publisher, after ACCORD's standards. A source names its publisher in words; the card is found by
    its names, each of them folded (publisher_names.py)."""

    name = models.CharField(_("name"), max_length=200, validators=[ONE_PLAIN_LINE])
    who = models.TextField(
        _("who they are"), max_length=2000, blank=True, help_text=_("Kind of body, where it sits, since when.")
    )
    mandate = models.TextField(
        _("mandate"),
        max_length=2000,
        blank=True,
        help_text=_("Why they publish: by law, by their members, for profit."),
    )
    method = models.TextField(
        _("method"), max_length=2000, blank=True, help_text=_("How they find out, and how they check it.")
    )
    funding = models.TextField(_("funding"), max_length=2000, blank=True, help_text=_("Who pays, and who owns them."))
    leaning = models.TextField(
        _("known leaning"), max_length=2000, blank=True, help_text=_("What they favour, and who says so.")
    )
    courts = models.TextField(
        _("how courts treated them"), max_length=2000, blank=True, help_text=_("Decisions, with their citations.")
    )
    reviewed_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="publisher_has_a_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publisher_show", args=[self.pk])


class PublisherName(models.Model):
    """A spelling of a publisher's name, its own among them; `key` is the spelling folded, and leads to one card."""

    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200, validators=[ONE_PLAIN_LINE])
    key = models.CharField(max_length=400, unique=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.CheckConstraint(condition=~Q(key=""), name="publisher_name_has_letters"),)

    def __str__(self) -> str:
        return self.name
