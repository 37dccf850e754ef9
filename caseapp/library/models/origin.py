"""Who first made a report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """Sources that share an origin are one, however many of them repeat it. A source without one stands for itself."""

    name = models.CharField(_("origin"), max_length=200, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="origin_has_a_name"),)

    def __str__(self) -> str:
        return self.name
