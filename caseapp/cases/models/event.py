"""What has happened since: after it, older evidence tells of another time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.cases.models.case import Case
from caseapp.library.models import Theme
from caseapp.library.models.source import ONE_PLAIN_LINE, PARTIAL_DATE, validate_partial_date


class EventSince(models.Model):
    """An event on the themes and elements that it names; on all evidence of the case, where it names none."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events_since")
    happened_on = models.CharField(
        _("when"),
        max_length=10,
        validators=[validate_partial_date],
        help_text=_("2019, 2019-03 or 2019-03-04"),
    )
    words = models.CharField(
        _("what happened"),
        max_length=300,
        validators=[ONE_PLAIN_LINE],
        help_text=_("One line, such as: the law was passed; the ceasefire ended. The team of the case alone sees it."),
    )
    themes = models.ManyToManyField(Theme, related_name="+", blank=True, verbose_name=_("themes"))
    elements = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-happened_on", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="event_since_says_something"),
            models.CheckConstraint(condition=Q(happened_on__regex=PARTIAL_DATE), name="event_since_date_is_partial"),
        )

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.words}"
