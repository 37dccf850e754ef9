"""What can still be taken back, and by whom."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Undo(models.Model):
    """One deed of one person. `payload` is what the handler of its `kind` needs to put things back as they were.

    What was done as a part of another deed, or to put one back, is `part_of` that one: nobody is offered it by itself.
    """

    kind = models.CharField(max_length=40)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    label = models.CharField(max_length=300)
    made_at = models.DateTimeField(db_index=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    part_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts")

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(kind=""), name="undo_has_a_kind"),)

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("undo_apply", args=[self.pk])
