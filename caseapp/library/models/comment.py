"""What colleagues say to each other about a passage."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.excerpt import Excerpt


class Comment(models.Model):
    """Never changed. Its author can take it away; that it was there stays on record."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("written_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="comment_has_its_words"),)

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"
