"""A client's own paper: part of one case, never of the library."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from caseapp.accounts.models import User
from caseapp.cases.models.case import Case
from caseapp.core.jobs import Job
from caseapp.library.models.source import (
    LANGUAGE_CODE,
    ONE_PLAIN_LINE,
    PARTIAL_DATE,
    SHA256,
    validate_partial_date,
)
from caseapp.library.models.translation import Certificate, Translation


class DocumentKind(models.TextChoices):
    DECLARATION = "declaration", _("Declaration of the client")
    STATEMENT = "statement", _("Statement of somebody else")
    IDENTITY = "identity", _("Proof of identity")
    MEDICAL = "medical", _("Medical or psychological report")
    OFFICIAL = "official", _("Official paper")
    PHOTOGRAPH = "photograph", _("Photograph")
    EXPERT = "expert", _("Report of an expert")
    OTHER = "other", _("Other")


class DocumentStatus(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    ASKING = "asking", _("needs a decision")
    READY = "ready", _("ready")
    REFUSED = "refused", _("cannot be used")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> "DocumentQuerySet":
        return self.filter(case__in=Case.objects.visible_to(user))


class Document(Job):
    """The original bytes (by hash, in the files of the case), what was found in them, and the clean PDF that exhibits
    are built from.

    `report` is an intake report as plain values; `answers` says who agreed to what, by the code of the question.
    `pages` are those of the clean PDF, and its words are a file too: see `cases.words`. `notices` are sentences in
    English that the exhibit's head prints.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(
        _("title"),
        max_length=300,
        validators=[ONE_PLAIN_LINE],
        help_text=_("Printed in the index and on the tab sheet: say what the paper is."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    author = models.CharField(_("made by"), max_length=300, blank=True, validators=[ONE_PLAIN_LINE])
    dated_on = models.CharField(_("dated"), max_length=10, blank=True, validators=[validate_partial_date])
    language = models.CharField(
        _("language"), max_length=35, default="en", validators=[RegexValidator(LANGUAGE_CODE, _("Unknown language."))]
    )
    is_never_electronic = models.BooleanField(
        _("never file electronically"),
        default=False,
        help_text=_("Sealed medical papers and classified material: kept out of every electronic filing."),
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Goes into a packet only where a lawyer says so for that packet, and is then named by its kind alone."
        ),
    )
    # A newer file of the same paper: it takes the place of that one once it is ready.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="newer"
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    original_sha256 = models.CharField(max_length=64)
    original_size = models.PositiveBigIntegerField()
    original_name = models.CharField(max_length=150, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20, choices=DocumentStatus, default=DocumentStatus.WAITING, editable=False)
    failure = models.TextField(blank=True, editable=False)
    report = models.JSONField(default=dict, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    clean_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    words_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    notices = models.JSONField(default=list, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "added_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=DocumentStatus.values), name="document_status_is_known"),
            models.CheckConstraint(condition=Q(original_sha256__regex=SHA256), name="document_original_is_hashed"),
            models.CheckConstraint(
                condition=Q(dated_on="") | Q(dated_on__regex=PARTIAL_DATE), name="document_date_is_partial_date"
            ),
            models.CheckConstraint(condition=Q(language__regex=LANGUAGE_CODE), name="document_language_is_a_code"),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.READY) | Q(clean_sha256__regex=SHA256, pages__gt=0),
                name="document_ready_has_clean_pages",
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.REFUSED) | ~Q(failure=""), name="document_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=models.F("id")), name="document_does_not_replace_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document_show", args=[self.pk])

    @property
    def printed_title(self) -> str:
        """What index, tab sheet and bookmarks say of it, in English like all of them."""
        if not self.is_confidential:
            return self.title
        with override("en"):
            return f"Confidential paper: {self.get_kind_display()}"

    @property
    def is_being_read(self) -> bool:
        return self.status in (DocumentStatus.WAITING, DocumentStatus.READING)

    @property
    def is_replaced(self) -> bool:
        """Whether a newer version took its place."""
        return getattr(self, "newer", None) is not None and self.newer.status == DocumentStatus.READY

    @property
    def arriving(self) -> "Document | None":
        """The newer file that was brought for it and is not ready."""
        return None if self.is_replaced else getattr(self, "newer", None)

    @property
    def is_in_motion(self) -> bool:
        return self.is_being_read or (self.arriving is not None and self.arriving.is_being_read)


class DocumentPicture(models.Model):
    """A page of the clean PDF that was drawn already, as a PNG among the files of the case."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    clean_sha256 = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["document", "clean_sha256", "number"], name="picture_once_per_page"),
        )

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"


class DocumentTranslation(Translation):
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="translation")

    class Meta(Translation.Meta):
        constraints = Translation.constraints("document_translation")


class DocumentCertificate(Certificate):
    translation = models.ForeignKey(DocumentTranslation, on_delete=models.CASCADE, related_name="certificates")

    class Meta(Certificate.Meta):
        constraints = Certificate.constraints("document_certificate")
