"""Passages and themes as CSV that every spreadsheet opens, Excel too. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.translation import gettext as _

from caseapp.core.cells import disarmed
from caseapp.library.exporting.model import PassageOut, ThemeOut

# Tells Excel that the file is UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_BETWEEN = "; "


def passages_csv(passages: Iterable[PassageOut]) -> Iterator[bytes]:
    """Piece by piece, so that no table is too long. `start` and `end` count characters of the captured text."""
    head = (
        *("id", "quote", "translation", "themes", "state", "adverse", "answer", "note", "page"),
        *("title", "publisher", "author", "published", "address", "archived copy", "language", "country", "kind"),
        *("origin", "version", "captured", "sha256", "start", "end", "before", "after"),
        *("added by", "added", "checked by", "approved by"),
    )
    return _csv(head, map(_passage_cells, passages))


def themes_csv(themes: Iterable[ThemeOut]) -> Iterator[bytes]:
    head = ("theme", "definition", "belongs", "does not belong", "examples", "counterexamples", "passages")
    return _csv(head, map(_theme_cells, themes))


def _passage_cells(passage: PassageOut) -> tuple[object, ...]:
    anchor, facts = passage.anchor, passage.source.facts
    return (
        *(passage.id, anchor.quote, passage.translation, _BETWEEN.join(passage.themes), passage.state),
        *(_("yes") if passage.is_adverse else "", passage.answer, passage.note, passage.page),
        *(facts.title, facts.publisher, facts.author, facts.published_on, facts.url, facts.archive_url),
        *(facts.language, passage.source.country, facts.kind, passage.source.origin, passage.capture),
        *(passage.captured_at.isoformat(timespec="seconds"), passage.original_sha256, anchor.start, anchor.end),
        *(anchor.prefix, anchor.suffix, passage.added_by, passage.added_at.isoformat(timespec="seconds")),
        *(passage.checked_by, passage.approved_by),
    )


def _theme_cells(theme: ThemeOut) -> tuple[object, ...]:
    examples, counterexamples = ("\n".join(each) for each in (theme.examples, theme.counterexamples))
    return theme.path, theme.definition, theme.belongs, theme.excludes, examples, counterexamples, theme.passages


def _csv(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK.encode()
    for row in chain([head], rows):
        line = io.StringIO()
        csv.writer(line).writerow([disarmed(cell) for cell in row])
        yield line.getvalue().encode()
