"""A translation that goes beside a text in another language, and who vouches for it."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.source import LANGUAGE_CODE, ONE_PLAIN_LINE, SHA256, Capture


class Translation(models.Model):
    """Words typed here (`text`), or a file (`original_sha256`) with its clean PDF; never both. `accepted` are the codes
    of what is wrong with the file and was accepted by a person.

    What the certificate says of the translator is printed as the forum words it.
    """

    language = models.CharField(
        _("language"), max_length=35, default="en", validators=[RegexValidator(LANGUAGE_CODE, _("Unknown language."))]
    )
    text = models.TextField(_("translation"), blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_name = models.CharField(max_length=150, blank=True, editable=False)
    clean_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    accepted = models.JSONField(default=list, blank=True, editable=False)
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

    certificates: Any

    def __str__(self) -> str:
        return f"{self.language}: {self.translator}"

    @property
    def certificate(self) -> "Certificate | None":
        """The signed one that counts: the last that was brought, unless it was withdrawn."""
        brought = list(self.certificates.all()) if self.pk else []
        last = max(brought, key=lambda certificate: certificate.number, default=None)
        return None if last is None or last.withdrawn_at else last


class CaptureTranslation(Translation):
    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="translation")

    class Meta(Translation.Meta):
        constraints = Translation.constraints("capture_translation")


class Certificate(models.Model):
    """The paper that the translator signed, a scan or a picture of it: the file as it came, and its clean PDF.

    It vouches for the words that the translation had when it was brought: when they change, it is withdrawn. What was
    withdrawn, or replaced by another, is kept.
    """

    number = models.PositiveIntegerField(editable=False)
    original_sha256 = models.CharField(max_length=64, editable=False)
    original_name = models.CharField(max_length=150, blank=True, editable=False)
    clean_sha256 = models.CharField(max_length=64, editable=False)
    accepted = models.JSONField(default=list, blank=True, editable=False)
    pages = models.PositiveIntegerField(editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ("-number",)

    @staticmethod
    def constraints(name: str) -> tuple[models.BaseConstraint, ...]:
        return (
            models.UniqueConstraint(fields=["translation", "number"], name=f"{name}_number_once"),
            models.CheckConstraint(
                condition=Q(original_sha256__regex=SHA256, clean_sha256__regex=SHA256, pages__gt=0),
                name=f"{name}_has_clean_pages",
            ),
        )

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.number}"  # type: ignore[attr-defined]


class CaptureCertificate(Certificate):
    translation = models.ForeignKey(CaptureTranslation, on_delete=models.CASCADE, related_name="certificates")

    class Meta(Certificate.Meta):
        constraints = Certificate.constraints("capture_certificate")
