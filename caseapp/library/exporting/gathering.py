"""Rows of the database → what is exported. A constant number of questions, however many rows."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from caseapp.library.excerpts.anchors import Anchor
from caseapp.library.exporting.model import PassageOut, SourceOut, ThemeOut
from caseapp.library.models import Excerpt, Source, Theme, ThemeExample
from caseapp.library.queries import theme_tree

_AT_ONCE = 500


def sources_out(sources: QuerySet[Source]) -> Iterator[SourceOut]:
    return map(_source, sources.select_related("origin").iterator(chunk_size=_AT_ONCE))


def passages_out(excerpts: QuerySet[Excerpt]) -> Iterator[PassageOut]:
    """In the order that the query has."""
    rows = excerpts.select_related("capture__source__origin", "created_by", "checked_by", "approved_by")
    paths = theme_paths()
    for excerpt in rows.defer("capture__text").prefetch_related("themes").iterator(chunk_size=_AT_ONCE):
        yield _passage(excerpt, paths)


def theme_paths() -> dict[int, str]:
    """Theme → the names from the top of the tree down to it."""
    paths: dict[int, str] = {}
    for row in theme_tree():
        above = paths.get(row.theme.parent_id or 0)
        paths[row.theme.pk] = f"{above} / {row.theme.name}" if above else row.theme.name
    return paths


def themes_out() -> Iterator[ThemeOut]:
    examples: dict[int, list[ThemeExample]] = defaultdict(list)
    for example in ThemeExample.objects.select_related("excerpt"):
        examples[example.theme_id].append(example)
    paths = theme_paths()
    for row in theme_tree():
        yield _theme(row.theme, paths[row.theme.pk], row.depth, row.total, examples[row.theme.pk])


def _source(source: Source) -> SourceOut:
    return SourceOut(source.pk, source.facts, str(source.country), source.origin_name)


def _passage(excerpt: Excerpt, paths: dict[int, str]) -> PassageOut:
    capture = excerpt.capture
    return PassageOut(
        id=excerpt.pk,
        source=_source(capture.source),
        anchor=Anchor(excerpt.start, excerpt.end, excerpt.quote, excerpt.prefix, excerpt.suffix),
        capture=capture.number,
        captured_at=capture.captured_at,
        original_sha256=capture.original_sha256,
        page=excerpt.page,
        themes=tuple(sorted(paths[theme.pk] for theme in excerpt.themes.all())),
        state=excerpt.state.value,
        translation=excerpt.translation,
        note=excerpt.note,
        is_adverse=excerpt.is_adverse,
        answer=excerpt.answer,
        added_by=excerpt.created_by.name if excerpt.created_by else "",
        added_at=excerpt.created_at,
        checked_by=excerpt.checked_by.name if excerpt.checked_by else "",
        approved_by=excerpt.approved_by.name if excerpt.approved_by else "",
    )


def _theme(theme: Theme, path: str, depth: int, passages: int, examples: list[ThemeExample]) -> ThemeOut:
    return ThemeOut(
        path=path,
        depth=depth,
        name=theme.name,
        definition=theme.definition,
        belongs=theme.belongs,
        excludes=theme.excludes,
        examples=tuple(example.excerpt.quote for example in examples if example.belongs),
        counterexamples=tuple(example.excerpt.quote for example in examples if not example.belongs),
        passages=passages,
    )
