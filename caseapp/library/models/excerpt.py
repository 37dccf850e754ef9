"""An excerpt: a chosen passage of a capture, with its anchor."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.excerpts.cuts import Cut, cut_of
from caseapp.library.models.source import Capture
from caseapp.library.models.theme import Theme
from caseapp.library.texts.paging import page_words


class State(models.TextChoices):
    """How far a passage is vetted. It follows from who checked and who approved it; see `Excerpt.state`."""

    PROPOSED = "proposed", _("Proposed")
    CHECKED = "checked", _("Checked")
    APPROVED = "approved", _("Approved")


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
    answer = models.TextField(
        _("what can be said of it in general"),
        max_length=4000,
        blank=True,
        help_text=_("A note on the source, for the whole office. What a case says to it is written in the case."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # Who last changed what is vetted: the words, their translation, the themes, the adverse mark. Nobody yet: None.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # The office had nobody else who could check it.
    is_checked_by_author = models.BooleanField(default=False, editable=False)
    sent_back_at = models.DateTimeField(null=True, editable=False)
    sent_back_by = models.ForeignKey(
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
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="excerpt_checked_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(is_checked_by_author=True)
                | (~Q(checked_by=F("created_by")) & ~Q(checked_by=F("changed_by"))),
                name="excerpt_checked_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(is_checked_by_author=False) | Q(checked_at__isnull=False),
                name="excerpt_checked_by_author_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(checked_at__isnull=False), name="excerpt_approved_once_checked"
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at=None, sent_back_by=None)
                | Q(sent_back_at__isnull=False, sent_back_by__isnull=False),
                name="excerpt_sent_back_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at=None) | Q(checked_at=None), name="excerpt_sent_back_is_unchecked"
            ),
        )
        indexes = (
            models.Index(
                fields=["capture", "start", "created_by", "changed_by"],
                condition=Q(checked_at=None, sent_back_at=None),
                name="excerpts_to_check",
            ),
            models.Index(
                fields=["capture", "start"],
                condition=Q(checked_at__isnull=False, approved_at=None),
                name="excerpts_to_approve",
            ),
            models.Index(
                fields=["created_by", "changed_by"], condition=Q(sent_back_at__isnull=False), name="excerpts_sent_back"
            ),
        )

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else f"{self.quote[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{self.capture.get_absolute_url()}#excerpt-{self.pk}"

    @property
    def page(self) -> str:
        """On which page of a PDF it stands, in words; "" in a text, which has no pages."""
        return page_words(self.capture.pages, self.start, self.end)

    @property
    def cut(self) -> Cut:
        """Whether it begins or ends within a sentence."""
        return cut_of(self.prefix, self.quote, self.suffix)

    @property
    def state(self) -> State:
        if self.approved_at is not None:
            return State.APPROVED
        return State.CHECKED if self.checked_at is not None else State.PROPOSED

    @staticmethod
    def in_state(state: str) -> Q:
        """Selects the excerpts whose `state` is this one."""
        match state:
            case State.APPROVED:
                return Q(approved_at__isnull=False)
            case State.CHECKED:
                return Q(approved_at=None, checked_at__isnull=False)
        return Q(approved_at=None, checked_at=None)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def is_sent_back(self) -> bool:
        return self.sent_back_at is not None
