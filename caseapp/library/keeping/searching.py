"""Keeping the entries of the search in step with what they are copies of, in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from caseapp.library.found import index
from caseapp.library.models import Capture, EntryKind, Excerpt, SearchEntry, Source
from caseapp.library.models.search import entry_id
from caseapp.library.queries import Tagging
from caseapp.library.searching.pieces import pieces_of
from caseapp.library.searching.words import base_language, indexed

NOTE_LANGUAGES = ("en", "es")  # those of the office, in which notes are written
TRANSLATED_INTO = "en"
LONGEST = 100_000  # characters of one entry; what is longer stands in the pieces of the text too
AT_ONCE = 500

_CHANGING = ("end", "start", "size", "states", "is_adverse", "themes", "search_text")


@transaction.atomic
def refresh_search(*, sources: Iterable[Source] = (), excerpts: Iterable[Excerpt] = ()) -> None:
    """After the details of these sources, or the excerpts and their themes, have changed, or excerpts of these sources
    have gone. Whoever changes a text or its language asks for `refresh_text` too."""
    excerpt_ids = {excerpt.pk for excerpt in excerpts}
    source_ids = {source.pk for source in sources}
    source_ids.update(Source.objects.filter(captures__excerpts__in=excerpt_ids).values_list("pk", flat=True))
    _hold(source_ids)
    _write(_entries_of_excerpts(Excerpt.objects.filter(pk__in=excerpt_ids)))
    _write(_entries_of_sources(source_ids))


@transaction.atomic
def refresh_text(source: Source) -> None:
    """After a new capture came, its article was trimmed, or the source's language changed."""
    _hold({source.pk})
    SearchEntry.objects.filter(source=source, kind=EntryKind.TEXT).delete()
    newest = Capture.objects.filter(source=source).order_by("-number").first()
    if newest:
        _write(_entries_of_text(newest, source.language))


@transaction.atomic
def rebuild_search() -> int:
    """Make every entry anew; says how many there are."""
    SearchEntry.objects.all().delete()
    sources = list(Source.objects.order_by("pk").only("pk", "language"))
    for source in sources:
        refresh_text(source)
    _write(_entries_of_excerpts(Excerpt.objects.all()))
    _write(_entries_of_sources({source.pk for source in sources}))
    index.freshen()
    return SearchEntry.objects.count()


def prepare_search() -> None:
    """After a migration: the index is there, and a library from before it had one is read for it."""
    index.install()
    if Source.objects.exists() and not SearchEntry.objects.exists():
        rebuild_search()


def _hold(source_ids: set[int]) -> None:
    """One writer of a source's entries at a time, so that none writes down what the other just changed."""
    held = SearchEntry.objects.select_for_update().filter(kind=EntryKind.SOURCE, source__in=source_ids)
    list(held.order_by("pk").values_list("pk", flat=True))


def _write(entries: Iterator[SearchEntry]) -> None:
    while some := list(islice(entries, AT_ONCE)):
        SearchEntry.objects.bulk_create(some, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGING)


def _entry(kind: EntryKind, source_id: int, within: int, search_text: str, **facts: object) -> SearchEntry:
    held, number = search_text[:LONGEST], entry_id(kind, source_id, within)
    return SearchEntry(id=number, kind=kind, source_id=source_id, search_text=held, size=len(search_text), **facts)


def _entries_of_sources(source_ids: set[int]) -> Iterator[SearchEntry]:
    for some in _in_batches(sorted(source_ids)):
        tags: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
        rows = SearchEntry.objects.filter(kind=EntryKind.EXCERPT, source__in=some)
        held = rows.order_by().values_list("source_id", "themes", "states", "is_adverse").distinct()
        for source_id, themes, states, is_adverse in held:
            tags[source_id].append((themes, states, is_adverse))
        for source in Source.objects.filter(pk__in=some).order_by("pk"):
            language = base_language(source.language)
            parts = [(words, language) for words in _said_of(source)]
            yield _entry(
                EntryKind.SOURCE,
                source.pk,
                0,
                indexed(parts),
                themes=_united(themes for themes, _states, _adverse in tags[source.pk]),
                states=_united(states for _themes, states, _adverse in tags[source.pk]),
                is_adverse=any(is_adverse for _themes, _states, is_adverse in tags[source.pk]),
            )


def _entries_of_excerpts(excerpts: QuerySet[Excerpt]) -> Iterator[SearchEntry]:
    ids = list(excerpts.order_by("pk").values_list("pk", flat=True))
    for some in _in_batches(ids):
        themes: dict[int, set[str]] = defaultdict(set)
        for excerpt_id, theme_id in Tagging.objects.filter(excerpt__in=some).values_list("excerpt_id", "theme_id"):
            themes[excerpt_id].add(str(theme_id))
        found = Excerpt.objects.filter(pk__in=some).select_related("capture__source").order_by("pk")
        for excerpt in found.defer("capture__text").prefetch_related("comments"):
            source = excerpt.capture.source
            yield _entry(
                EntryKind.EXCERPT,
                source.pk,
                excerpt.pk,
                indexed(parts_of_excerpt(excerpt, source.language, [one.words for one in excerpt.comments.all()])),
                excerpt=excerpt,
                start=excerpt.start,
                end=excerpt.end,
                themes=_united(themes[excerpt.pk]),
                states=excerpt.state.value,
                is_adverse=excerpt.is_adverse,
            )


def parts_of_excerpt(excerpt: Excerpt, language: str, comments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Everything in an excerpt that is looked through, each with its language."""
    yield excerpt.quote, base_language(language)
    yield excerpt.translation, TRANSLATED_INTO
    for text in (excerpt.note, excerpt.answer, *comments):
        for known in NOTE_LANGUAGES:
            yield text, known


def _said_of(source: Source) -> tuple[str, ...]:
    return source.title, source.author, source.publisher, source.url, source.archive_url


def _entries_of_text(capture: Capture, language: str) -> Iterator[SearchEntry]:
    text, language = capture.text, base_language(language)
    for piece in pieces_of(text, capture.article_start, capture.article_end):
        yield _entry(
            EntryKind.TEXT,
            capture.source_id,
            piece.start,
            indexed([(text[piece.start : piece.end], language)]),
            start=piece.start,
            end=piece.end,
        )


def _united(held: Iterable[str]) -> str:
    return " ".join(sorted({one for some in held for one in some.split()}))


def _in_batches(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
