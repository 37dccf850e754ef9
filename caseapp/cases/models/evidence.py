"""The excerpts chosen as evidence of a case."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.cases.models.case import Case
from caseapp.library.models import Excerpt
from caseapp.library.models.source import ONE_PLAIN_LINE


class CaseEvidence(models.Model):
    """An excerpt in use in a case: why, and where in the order.

    What is not `is_quoted` counts, is answered and stands in the list as all others, and no packet quotes it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    why = models.TextField(_("why it is here"), max_length=1000, blank=True)
    relevance = models.CharField(
        _("what it shows"),
        max_length=300,
        blank=True,
        validators=[ONE_PLAIN_LINE],
        help_text=_("One line, printed in the index above the quotation. No client's name here."),
    )
    # Of this case alone: how it meets a passage that cuts against it is its lawyers' plan, not the library's.
    answer = models.TextField(_("what this case says to it"), max_length=1000, blank=True)
    # Keys of cases.elements that somebody chose for this piece; empty: as its statements say, else as its themes do.
    elements = models.JSONField(default=list, blank=True, editable=False)
    is_quoted = models.BooleanField(_("quoted in packets"), default=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["case", "excerpt"], name="evidence_once_per_case"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.excerpt}"
