"""A client's matter and its team. The library knows nothing of what stands here."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from caseapp.accounts.models import User
from caseapp.forums import FORUMS


def forum_choices() -> list[tuple[str, Any]]:
    return [(key, _(forum.name)) for key, forum in FORUMS.items()]


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases whose team this person is on: the one door to any case."""
        return self.filter(members__user=user, members__user__is_active=True)


class Case(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"),
        max_length=60,
        help_text=_("The office's own number. It is printed, so no name of the client here."),
    )
    client_name = models.CharField(
        _("client's name"), max_length=200, help_text=_("Confidential: printed on the cover page and nowhere else.")
    )
    country = CountryField(_("country"), blank=True)
    forum = models.CharField(_("forum"), max_length=30, choices=forum_choices, default="generic")
    hearing_on = models.DateField(_("hearing"), null=True, blank=True)
    file_number = models.CharField(
        _("file number"),
        max_length=60,
        blank=True,
        help_text=_("The forum's number, such as an A-number. Confidential."),
    )
    court = models.CharField(_("court"), max_length=200, blank=True)
    judge = models.CharField(_("judge"), max_length=120, blank=True)
    is_detained = models.BooleanField(_("detained"), default=False)
    filer = models.TextField(
        _("filed by"), max_length=600, blank=True, help_text=_("Name and address of the lawyer, as on the cover page.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("reference", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reference=""), name="case_has_a_reference"),
            models.CheckConstraint(condition=~Q(client_name=""), name="case_has_a_client"),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("case_show", args=[self.pk])


class CaseMember(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("user__name", "pk")
        constraints = (models.UniqueConstraint(fields=["case", "user"], name="member_once_per_case"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.user}"
