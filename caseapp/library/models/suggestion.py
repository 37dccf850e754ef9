"""What lets the program suggest a theme for a passage, and what people answered. Suggesting never tags anything."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import Capture
from caseapp.library.models.theme import Theme


class RuleKind(models.TextChoices):
    WORD = "word", _("Word")
    PHRASE = "phrase", _("Phrase")
    PATTERN = "pattern", _("Pattern")


class ThemeRule(models.Model):
    """Passages with these words are suggested for the theme. How `text` is read: `suggesting/rules.py`."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(_("kind"), max_length=10, choices=RuleKind, default=RuleKind.WORD)
    text = models.CharField(_("words"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("theme", "pk")
        constraints = (
            models.UniqueConstraint(fields=["theme", "kind", "text"], name="rule_once_per_theme"),
            models.CheckConstraint(condition=Q(kind__in=RuleKind.values), name="rule_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="rule_has_words"),
        )

    def __str__(self) -> str:
        return self.text


class ThemeLearning(models.Model):
    """What was learned from the newest passages of a theme, learned anew whenever its tags change.

    `lesson` is `suggesting.learning.Lesson.stored()`; `trial` says how often it would have named its own passages, had
    it not seen them (`teaching.Trial`). `newest_tagging` is the newest that it knows of. A row that is old only makes
    suggestions a little older.
    """

    theme = models.OneToOneField(Theme, on_delete=models.CASCADE, primary_key=True, related_name="learning")
    lesson = models.JSONField(default=dict)
    trial = models.JSONField(default=dict)
    newest_tagging = models.BigIntegerField(default=0)
    learned_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.theme} ({self.learned_at:%Y-%m-%d})"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Suggestion(models.Model):
    """A suggestion that somebody answered. Open ones are worked out when they are looked at, and stored nowhere."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    why = models.JSONField(default=dict)
    score = models.FloatField(default=0)
    answered_at = models.DateTimeField(default=timezone.now, db_index=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-answered_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["capture", "start", "end", "theme"], name="suggestion_answered_once_per_passage_and_theme"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="suggestion_not_empty"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="suggestion_answer_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.theme}: {self.answer}"
