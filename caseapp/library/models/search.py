"""What the search finds: an entry for each source, piece of text and excerpt; and searches worth keeping."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.library.models.excerpt import Excerpt
from caseapp.library.models.source import ONE_PLAIN_LINE, Source


class EntryKind(models.TextChoices):
    SOURCE = "source", _("Source")
    TEXT = "text", _("Text")
    EXCERPT = "excerpt", _("Excerpt")


# The parts of an id: so many for each source; in them its description first, then its texts, then its excerpts.
OF_A_SOURCE = 1 << 32
FIRST_TEXT, FIRST_EXCERPT = 1 << 30, 1 << 31


def entry_id(kind: EntryKind, source_id: int, within: int = 0) -> int:
    """`within` the source: where a piece of text begins, or the id of the excerpt."""
    first = {EntryKind.SOURCE: 0, EntryKind.TEXT: FIRST_TEXT, EntryKind.EXCERPT: FIRST_EXCERPT}[kind]
    return source_id * OF_A_SOURCE + first + within


class SearchEntry(models.Model):
    """A copy of what stands elsewhere, arranged for finding; `rebuild_search` makes all of them anew.

    The id says what the entry is of (see `entry_id`), so that the index alone knows in which sources words were found.
    `search_text` holds the forms of the words (see `searching.words`); the database's own index lies over it (see
    `found.index`). A piece of text is [start, end) of the newest capture. `themes` and `states` are those of the
    excerpt, or of all excerpts of the source, in order, a space between. What is long comes last, for a row is read
    from its beginning.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=EntryKind)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    excerpt = models.OneToOneField(Excerpt, null=True, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    states = models.CharField(max_length=40, blank=True)
    is_adverse = models.BooleanField(default=False)
    themes = models.TextField(blank=True)
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["kind", "source"], name="search_by_source"),
            models.Index(fields=["kind", "excerpt", "source"], include=["id"], name="search_by_excerpt"),
            models.Index(fields=["size", "-excerpt"], condition=Q(kind="excerpt"), name="search_by_size"),
            models.Index(fields=["kind", "themes", "states", "is_adverse"], name="search_by_tags"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="search_entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.EXCERPT, excerpt__isnull=False)
                | (~Q(kind=EntryKind.EXCERPT) & Q(excerpt=None)),
                name="search_entry_of_an_excerpt_has_it",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.SOURCE, id=F("source") * OF_A_SOURCE)
                | Q(kind=EntryKind.TEXT, id=F("source") * OF_A_SOURCE + FIRST_TEXT + F("start"))
                | Q(kind=EntryKind.EXCERPT, id=F("source") * OF_A_SOURCE + FIRST_EXCERPT + F("excerpt")),
                name="search_entry_id_says_what_of",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class SavedSearch(models.Model):
    """`address` is the query of the list's address. The office sees it if its owner shares it."""

    name = models.CharField(_("name"), max_length=80, validators=[ONE_PLAIN_LINE])
    address = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(_("shared with the office"), default=False)
    is_of_passages = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = (Lower("name"), "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
            models.UniqueConstraint("owner", Lower("name"), name="saved_search_name_once_per_person"),
        )

    def __str__(self) -> str:
        return self.name
