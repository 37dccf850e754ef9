"""How far somebody is with a source. Each person has their own; a source without a row is unread."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseapp.library.models.source import Source


class Standing(models.TextChoices):
    READING = "reading", _("Reading")
    READ = "read", pgettext_lazy("a source that somebody is through with", "Read")
    NOTHING = "nothing", _("Nothing here for us")


# What a source is that somebody has said nothing of.
UNREAD = "unread"
READ_OR_NOT = ((UNREAD, _("Unread")), *Standing.choices)


class Reading(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="readings")
    standing = models.CharField(max_length=10, choices=Standing)
    at = models.DateTimeField()

    # Whoever found nothing has got through it as well as whoever read it to the end.
    DONE = (Standing.READ, Standing.NOTHING)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "source"], name="reading_once_per_person_and_source"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="reading_standing_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.source} ({self.get_standing_display()})"
