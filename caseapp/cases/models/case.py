"""A client's matter and its team. The library knows nothing of what stands here."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability, roles_with
from caseapp.cases.deadlines import EARLIEST, LATEST
from caseapp.cases.models.planning import within_most_days
from caseapp.cases.parts import Part
from caseapp.cases.registries import REGISTRIES
from caseapp.forums import FORUMS, forum

SEEING_ROLES = roles_with(Ability.SEE_CASES)


def forum_choices() -> list[tuple[str, Any]]:
    return [(key, _(forum.name)) for key, forum in FORUMS.items()]


def registry_choices() -> list[tuple[str, Any]]:
    return [(key, registry.label) for key, registry in REGISTRIES.items()]


def validate_day(day: dt.date) -> None:
    """A year such as 0207 is a slip of the pen, and deadlines would be counted from it."""
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Look at the year: this date cannot be right."), code="year")


class HearingKind(models.TextChoices):
    MERITS = "merits", _("individual hearing, on the merits")
    MASTER = "master", _("master calendar hearing")
    INTERVIEW = "interview", _("interview")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases whose team this person is on, while their role has to do with cases: the one door to any case.

        An administrator sees the one they are looking into with a reason on record, for as long as that lasts.
        """
        if user.can(Ability.BREAK_GLASS):
            return self.filter(pk__in=Glass.objects.open_for(user, timezone.now()).values("case"))
        return self.filter(members__user=user, members__user__is_active=True, members__user__role__in=SEEING_ROLES)


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
    hearing_on = models.DateField(_("hearing"), null=True, blank=True, validators=[validate_day])
    hearing_kind = models.CharField(_("kind of hearing"), max_length=20, choices=HearingKind, blank=True)
    registry = models.CharField(
        _("registry"),
        max_length=30,
        choices=registry_choices,
        blank=True,
        help_text=_("Days are counted by its clock and its holidays."),
    )
    ordered_on = models.DateField(
        _("date that the court ordered"),
        null=True,
        blank=True,
        validators=[validate_day],
        help_text=_(
            "By when the evidence has to be filed, where an order, a notice or directions say so. It stands before "
            "every rule."
        ),
    )
    decision_on = models.DateField(_("decision appealed against"), null=True, blank=True, validators=[validate_day])
    briefing_on = models.DateField(_("briefing schedule"), null=True, blank=True, validators=[validate_day])
    lodged_on = models.DateField(_("appeal lodged"), null=True, blank=True, validators=[validate_day])
    other_bundle_on = models.DateField(_("other side’s bundle"), null=True, blank=True, validators=[validate_day])
    other_filing_on = models.DateField(
        _("other side’s filing that is answered"), null=True, blank=True, validators=[validate_day]
    )
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
    # Days of business before the safe filing date; where nothing is said the office's own count.
    translations_days = models.PositiveSmallIntegerField(
        _("translations ordered"), null=True, blank=True, editable=False
    )
    vetting_days = models.PositiveSmallIntegerField(_("vetting closes"), null=True, blank=True, editable=False)
    frozen_days = models.PositiveSmallIntegerField(_("packet frozen"), null=True, blank=True, editable=False)
    # What calendars know the case by. Its own id would lead from somebody's calendar to the case.
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # A closed case is read and not changed. While it is held, nothing of it is erased.
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    hold_reason = models.TextField(_("why it is held"), max_length=1000, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar = CaseQuerySet.as_manager()
    # What the person who was let in may do here. Set by the door; who came through no door may do nothing.
    rights: frozenset[Ability] = frozenset()

    class Meta:
        ordering = ("reference", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reference=""), name="case_has_a_reference"),
            models.CheckConstraint(condition=~Q(client_name=""), name="case_has_a_client"),
            models.CheckConstraint(
                condition=Q(hearing_kind="") | Q(hearing_kind__in=HearingKind.values),
                name="case_hearing_kind_is_known",
            ),
            models.CheckConstraint(
                condition=within_most_days("translations_days", "vetting_days", "frozen_days"),
                name="case_steps_are_within_reach",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, hold_reason="")
                | (Q(held_at__isnull=False, held_by__isnull=False) & ~Q(hold_reason="")),
                name="case_held_says_why_and_by_whom",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def has_deadlines(self) -> bool:
        """Whether there is a filing date to speak of: the forum counts one, or the court ordered one."""
        return bool(self.ordered_on or forum(self.forum).deadlines)

    def get_absolute_url(self) -> str:
        return reverse("case_show", args=[self.pk])


class GlassQuerySet(models.QuerySet["Glass"]):
    def open_for(self, user: User, now: dt.datetime) -> "GlassQuerySet":
        """What this person may look through at this moment."""
        mine = self.filter(user=user, user__is_active=True, user__role__in=roles_with(Ability.BREAK_GLASS))
        return mine.filter(opened_at__lte=now, opened_at__gt=now - Glass.LASTS, shut_at=None)


class Glass(models.Model):
    """Somebody who is not on the team looks into a case, for a reason, and for no longer than an hour."""

    LASTS = dt.timedelta(minutes=60)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="glasses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    opened_at = models.DateTimeField(editable=False)
    shut_at = models.DateTimeField(null=True, editable=False)
    seen_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)

    objects: ClassVar = GlassQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="glass_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.user}, {self.opened_at}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.opened_at + self.LASTS


class CaseMember(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=20, choices=Part, default=Part.EDITOR)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("user__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["case", "user"], name="member_once_per_case"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="member_part_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.case}: {self.user}"
