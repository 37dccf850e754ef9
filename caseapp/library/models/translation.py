"""A translation that goes beside a text in another language, and who vouches for it."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import LANGUAGE_CODE, ONE_PLAIN_LINE, SHA256, Capture


class Translation(models.Model):
    """Words typed here (`text`), or a file (`original_sha256`) with its clean PDF; never both.

    What the certificate says of the translator is printed as the forum words it.
    """

    language = models.CharField(
        _("language"), max_length=35, default="en", validators=[RegexValidator(LANGUAGE_CODE, _("Unknown language."))]
    )
    text = models.TextField(_("translation"), blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_name = models.CharField(max_length=150, blank=True, editable=False)
    clean_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    translator = models.CharField(_("translator"), max_length=200, blank=True, validators=[ONE_PLAIN_LINE])
    address = models.TextField(_("translator’s address"), max_length=400, blank=True)
    telephone = models.CharField(_("translator’s telephone"), max_length=60, blank=True, validators=[ONE_PLAIN_LINE])
    qualification = models.CharField(
        _("what makes the translator competent"), max_length=300, blank=True, validators=[ONE_PLAIN_LINE]
    )
    is_certified = models.BooleanField(
        _("the translator has signed a certificate, which the office keeps"), default=False
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def constraints(name: str) -> tuple[models.CheckConstraint, ...]:
        return (
            models.CheckConstraint(
                condition=(~Q(text="") & Q(original_sha256="", clean_sha256="", pages=0))
                | Q(text="", original_sha256__regex=SHA256, clean_sha256__regex=SHA256, pages__gt=0),
                name=f"{name}_is_text_or_file",
            ),
            models.CheckConstraint(condition=Q(language__regex=LANGUAGE_CODE), name=f"{name}_language_is_a_code"),
        )

    def __str__(self) -> str:
        return f"{self.language}: {self.translator}"


class CaptureTranslation(Translation):
    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="translation")

    class Meta(Translation.Meta):
        constraints = Translation.constraints("capture_translation")
