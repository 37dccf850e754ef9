"""Themes: the tags of the library, a tree, each with a definition and a colour."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

COLOUR = r"^#[0-9a-f]{6}$"
TAKEN = _("A theme with this name already stands there. Choose another name, or merge the two.")


class Theme(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("stands under")
    )
    definition = models.TextField(_("definition"), max_length=2000, blank=True)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#ffe08a",
        validators=[RegexValidator(COLOUR, _("Use a colour like #ffe08a."))],
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["Theme"]]

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                "parent", Lower("name"), name="theme_name_once_per_parent", violation_error_message=TAKEN
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(parent=None),
                name="theme_name_once_at_the_top",
                violation_error_message=TAKEN,
            ),
            models.CheckConstraint(condition=Q(colour__regex=COLOUR), name="theme_colour_is_a_colour"),
            models.CheckConstraint(condition=~Q(name=""), name="theme_has_a_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="theme_not_its_own_parent"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme_show", args=[self.pk])
