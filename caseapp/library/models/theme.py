"""Themes: the tags of the library, a tree, each with a definition, examples and a colour."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

COLOUR = r"^#[0-9a-f]{6}$"
MOST_MONTHS = 600
TAKEN = _("A theme with this name already stands there. Choose another name, or merge the two.")


class Theme(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("stands under")
    )
    definition = models.TextField(_("definition"), max_length=2000, blank=True)
    belongs = models.TextField(_("what belongs here"), max_length=2000, blank=True)
    excludes = models.TextField(_("what does not"), max_length=2000, blank=True)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#ffe08a",
        validators=[RegexValidator(COLOUR, _("Use a colour like #ffe08a."))],
    )
    stale_after_months = models.PositiveSmallIntegerField(
        _("grows old after (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
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
            models.CheckConstraint(
                condition=Q(stale_after_months=None) | Q(stale_after_months__range=(1, MOST_MONTHS)),
                name="theme_grows_old_after_some_months",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme_show", args=[self.pk])


class ThemeExample(models.Model):
    """A passage of the library that shows what a theme means: one that belongs there, or one that does not."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="examples")
    excerpt = models.ForeignKey("library.Excerpt", on_delete=models.CASCADE, related_name="+")
    belongs = models.BooleanField(default=True)
    pinned_at = models.DateTimeField(default=timezone.now, editable=False)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-belongs", "pinned_at", "pk")
        constraints = (models.UniqueConstraint(fields=["theme", "excerpt"], name="example_once_per_theme"),)

    def __str__(self) -> str:
        return f"{self.theme}: {self.excerpt}"
