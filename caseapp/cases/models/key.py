"""What opens the files of a case. Without this row they are noise."""

from django.db import models
from django.utils import timezone

from caseapp.cases.models.case import Case


class CaseKey(models.Model):
    """The case's own key, encrypted with the key of the key file that has the id `wrapped_by`."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.case_id}"
