"""A source is a published document; a capture is one version of it, kept for ever as it was."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from caseapp.library.citing import Facts
from caseapp.library.models.origin import Origin
from caseapp.library.sources.published import PartialDate, UnusableDate

SHA256 = r"^[0-9a-f]{64}$"
PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
LANGUAGE_CODE = r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"

# Controls, and the characters that turn the order of letters around: neither belongs in a line that is printed.
ONE_PLAIN_LINE = RegexValidator(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]",
    _("This holds characters that cannot be seen. Type it again instead of pasting it."),
    inverse_match=True,
)


def validate_partial_date(value: str) -> None:
    try:
        PartialDate.parse(value)
    except UnusableDate as error:
        raise ValidationError(
            _("Give a year, a month or a day that exists, like 2019, 2019-03 or 2019-03-04."), code="date"
        ) from error


class Kind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental body")
    NGO = "ngo", _("NGO")
    NEWS = "news", _("News")
    ACADEMIC = "academic", _("Academic")
    EXPERT = "expert", _("Expert")
    OTHER = "other", _("Other")


class Method(models.TextChoices):
    PASTED = "pasted", _("pasted")
    UPLOADED = "uploaded", _("uploaded")
    IMPORTED = "imported", _("imported from a folder")
    FETCHED = "fetched", _("fetched from its address")


class Source(models.Model):
    title = models.CharField(_("title"), max_length=500, validators=[ONE_PLAIN_LINE])
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, validators=[ONE_PLAIN_LINE])
    author = models.CharField(_("author"), max_length=300, blank=True, validators=[ONE_PLAIN_LINE])
    published_on = models.CharField(_("published"), max_length=10, blank=True, validators=[validate_partial_date])
    url = models.URLField(_("address"), max_length=2048, blank=True)
    language = models.CharField(
        _("language"), max_length=35, default="en", validators=[RegexValidator(LANGUAGE_CODE, _("Unknown language."))]
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    country = CountryField(_("country it is about"), blank=True)
    accessed_on = models.DateField(_("accessed"), null=True, blank=True)
    archive_url = models.URLField(
        _("archived copy"), max_length=2048, blank=True, help_text=_("Where a public archive keeps this page.")
    )
    origin = models.ForeignKey(
        Origin, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("origin")
    )
    citation = models.TextField(
        _("citation"),
        max_length=1000,
        blank=True,
        help_text=_("Printed instead of the citation that the program makes."),
    )
    # A report that comes out again for other years; whichever edition is the newest is the one to quote.
    series = models.CharField(
        _("serial report"),
        max_length=200,
        blank=True,
        validators=[ONE_PLAIN_LINE],
        help_text=_("The name that all its editions have, without the year and the country."),
    )
    edition = models.CharField(
        _("edition"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("The year that this one is for."),
    )
    # The fields whose values the program found in the file and no person has confirmed.
    guessed = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # The number of the newest capture; who adds one holds this row meanwhile, so that numbers stay unique.
    newest = models.PositiveIntegerField(default=1, editable=False)
    # One filled-in form makes one source, however often it arrives.
    submission = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="source_kind_is_known"),
            models.CheckConstraint(
                condition=Q(published_on="") | Q(published_on__regex=PARTIAL_DATE), name="source_date_is_partial_date"
            ),
            models.CheckConstraint(
                condition=Q(edition="") | Q(edition__regex=PARTIAL_DATE), name="source_edition_is_partial_date"
            ),
            models.CheckConstraint(condition=Q(language__regex=LANGUAGE_CODE), name="source_language_is_a_code"),
        )
        indexes = (models.Index(fields=["series"], condition=~Q(series=""), name="sources_of_a_series"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source_read", args=[self.pk])

    @property
    def guessed_fields(self) -> list[str]:
        """The names that people have for the details that nobody confirmed."""
        return [str(source_field(name).verbose_name) for name in self.guessed]

    @property
    def origin_name(self) -> str:
        return self.origin.name if self.origin else ""

    @property
    def facts(self) -> Facts:
        """What it is cited by."""
        return Facts(
            title=self.title,
            publisher=self.publisher,
            author=self.author,
            published_on=self.published_on,
            url=self.url,
            archive_url=self.archive_url,
            accessed_on=self.accessed_on.isoformat() if self.accessed_on else "",
            kind=self.kind,
            language=self.language,
            typed=self.citation,
        )

    @property
    def capture(self) -> "Capture":
        """The newest capture."""
        return self.captures.latest("number")


def source_field(name: str) -> models.Field:
    """The field of a source with this name, which checks a value by itself and knows what it is called."""
    field: models.Field = {field.name: field for field in Source._meta.fields}[name]
    return field


class CaptureAltered(TypeError):
    """Somebody tried to change what a capture holds."""


class Capture(models.Model):
    """The original bytes (by hash, in storage) and the text read from them.

    Offsets are code points of `text`, half-open. Only the bounds of the article may ever change: they are a
    choice about the exhibit, and the original stays whole. A capture that is a PDF has `clean_sha256`, the PDF that
    exhibits are built from, and in `pages` for each of its pages [start, end, printed label]. `headings` are
    [start, end, level 1 to 6] of lines of the text. A capture that was fetched keeps in `response` what the web
    server said: {"address", "final_address", "status", "headers": [[name, value]]}.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures")
    number = models.PositiveIntegerField(default=1)
    method = models.CharField(max_length=20, choices=Method)
    captured_at = models.DateTimeField(default=timezone.now)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    original_sha256 = models.CharField(max_length=64, db_index=True)
    original_size = models.PositiveBigIntegerField()
    original_name = models.CharField(max_length=150, blank=True)
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=20)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    notices = models.JSONField(default=list)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    response = models.JSONField(default=dict)
    article_start = models.PositiveIntegerField(default=0)
    article_end = models.PositiveIntegerField()

    CHANGEABLE: ClassVar[frozenset[str]] = frozenset({"article_start", "article_end"})

    class Meta:
        ordering = ("source", "-number")
        constraints = (
            models.UniqueConstraint(fields=["source", "number"], name="capture_number_once_per_source"),
            models.CheckConstraint(condition=Q(article_end__gt=F("article_start")), name="capture_article_not_empty"),
            models.CheckConstraint(condition=Q(original_sha256__regex=SHA256), name="capture_original_is_hashed"),
            models.CheckConstraint(condition=Q(text_sha256__regex=SHA256), name="capture_text_is_hashed"),
            models.CheckConstraint(condition=~Q(text=""), name="capture_text_not_empty"),
            models.CheckConstraint(
                condition=Q(clean_sha256="") | Q(clean_sha256__regex=SHA256), name="capture_clean_copy_is_hashed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if self.pk is not None and (not fields or not self.CHANGEABLE.issuperset(fields)):
            raise CaptureAltered("A capture is kept as it was; only the bounds of the article can change.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return self.address("source_read")

    def address(self, name: str, *args: int) -> str:
        """Of a page about this capture."""
        return f"{reverse(name, args=[self.source_id, *args])}{self.asked_for}"

    @property
    def is_newest(self) -> bool:
        return self.number == self.source.newest

    @property
    def asked_for(self) -> str:
        """What an address of the source ends with to mean this capture; the newest is meant where nothing is said."""
        return "" if self.is_newest else f"?version={self.number}"

    @property
    def article(self) -> str:
        return self.text[self.article_start : self.article_end]

    @property
    def is_trimmed(self) -> bool:
        return (self.article_start, self.article_end) != (0, len(self.text))
