"""What themes go to show, office-wide and in one case; why a gap is none; how a case stood on a day."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.cases.models.case import Case
from caseapp.library.models import Theme


class ThemeElement(models.Model):
    """In this office, passages with the theme go to show the element, a key of cases.elements."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    element = models.CharField(max_length=40)

    class Meta:
        ordering = ("theme", "pk")
        constraints = (
            models.UniqueConstraint(fields=["theme", "element"], name="theme_goes_once_to_an_element"),
            models.CheckConstraint(condition=~Q(element=""), name="theme_element_is_named"),
        )

    def __str__(self) -> str:
        return f"{self.theme}: {self.element}"


class CaseThemeElement(models.Model):
    """In this case the theme goes to the element although the office does not say so, or does not although it does."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="theme_elements")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    element = models.CharField(max_length=40)
    is_on = models.BooleanField()

    class Meta:
        ordering = ("theme", "pk")
        constraints = (
            models.UniqueConstraint(fields=["case", "theme", "element"], name="case_rules_once_on_theme_and_element"),
            models.CheckConstraint(condition=~Q(element=""), name="case_theme_element_is_named"),
        )

    def __str__(self) -> str:
        return f"{self.case}: {self.theme}: {self.element}"


class CoverageNote(models.Model):
    """Why an element that the evidence does not show is no gap: "shown by the declaration", "not disputed"."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="coverage_notes")
    element = models.CharField(max_length=40)
    words = models.TextField(_("why this is no gap"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("case", "element")
        constraints = (
            models.UniqueConstraint(fields=["case", "element"], name="coverage_note_once_per_element"),
            models.CheckConstraint(condition=~Q(element="") & ~Q(words=""), name="coverage_note_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.case}: {self.element}"


# What changed is told since this long ago.
COMPARED_AFTER = dt.timedelta(days=7)


class CoverageSnapshot(models.Model):
    """How the case stood on a day: `gaps` are the keys of unexplained gaps, `passages` the state of each excerpt in
    use, by its id. Taken every night of a case that is open, and kept only as long as something is compared with it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="coverage_snapshots")
    taken_on = models.DateField()
    gaps = models.JSONField(default=list)
    passages = models.JSONField(default=dict)

    class Meta:
        ordering = ("case", "taken_on")
        constraints = (models.UniqueConstraint(fields=["case", "taken_on"], name="coverage_snapshot_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.taken_on}"
