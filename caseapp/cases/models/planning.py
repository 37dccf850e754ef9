"""How many days of business before a filing date each step of the work is done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseapp.cases.deadlines import DEFAULT_STEPS, MOST_DAYS


def within_most_days(*names: str) -> Q:
    """Each of these is so many days of business, or nothing is said."""
    reach = Q()
    for name in names:
        reach &= Q(**{name: None}) | Q(**{f"{name}__lte": MOST_DAYS})
    return reach


class Planning(models.Model):
    """How the office works back from a filing date: one row, or none while everything is as it was installed."""

    ONLY = 1

    translations_days = models.PositiveSmallIntegerField(_("translations ordered"), default=DEFAULT_STEPS.translations)
    vetting_days = models.PositiveSmallIntegerField(_("vetting closes"), default=DEFAULT_STEPS.vetting)
    frozen_days = models.PositiveSmallIntegerField(_("packet frozen"), default=DEFAULT_STEPS.frozen)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="planning_is_one"),
            models.CheckConstraint(
                condition=within_most_days("translations_days", "vetting_days", "frozen_days"),
                name="planning_steps_are_within_reach",
            ),
        )

    def __str__(self) -> str:
        return "Planning"
