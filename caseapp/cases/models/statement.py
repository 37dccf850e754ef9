"""The assertions of the client's declaration, and what bears on each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.cases.models.case import Case
from caseapp.cases.models.document import Document
from caseapp.cases.models.evidence import CaseEvidence


class Relation(models.TextChoices):
    SUPPORTS = "supports", _("supports it")
    CONTRADICTS = "contradicts", _("cuts against it")
    CONTEXT = "context", _("gives context")


class Statement(models.Model):
    """One assertion that evidence can support. `paragraph` is where it stands in the declaration, such as ¶ 12."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("declaration")
    )
    position = models.PositiveIntegerField()
    text = models.TextField(
        _("statement"),
        max_length=1000,
        help_text=_("One assertion, in words that may stand in the index."),
    )
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    element = models.CharField(_("what it goes to show"), max_length=40, blank=True)
    # The words of the declaration that it was taken from, whatever became of its own.
    said = models.TextField(blank=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),)

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


class Bearing(models.Model):
    """A passage or a document that bears on a statement; what cuts against it is printed only if a lawyer shows it."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="bearings")
    evidence = models.ForeignKey(CaseEvidence, null=True, blank=True, on_delete=models.CASCADE, related_name="bearings")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="bearings")
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    relation = models.CharField(_("what it does"), max_length=20, choices=Relation, default=Relation.SUPPORTS)
    is_shown = models.BooleanField(_("shown in the index"), default=True)
    answer = models.TextField(
        _("how the case meets it"),
        max_length=1000,
        blank=True,
        help_text=_("Printed beneath what cuts against the statement, where that is shown in the index."),
    )

    class Meta:
        # The client's own papers first. Databases do not agree where nothing belongs unless they are told.
        ordering = (
            "statement",
            models.F("evidence__position").asc(nulls_first=True),
            models.F("document__position").asc(nulls_first=True),
            "pk",
        )
        constraints = (
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="bearing_relation_is_known"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, document=None) | Q(evidence=None, document__isnull=False),
                name="bearing_is_a_passage_or_a_document",
            ),
            models.UniqueConstraint(fields=["statement", "evidence"], name="bearing_once_per_passage"),
            models.UniqueConstraint(fields=["statement", "document"], name="bearing_once_per_document"),
        )

    def __str__(self) -> str:
        return f"{self.evidence or self.document}: {self.relation}"
