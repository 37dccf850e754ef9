"""Rows of imports that were not taken in, as a table that can be mended and brought again."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from caseapp.core.cells import disarmed
from caseapp.library.models import ImportRow

# As the reader of tables knows them.
_HEADERS = {
    "title": "Title",
    "publisher": "Publisher",
    "author": "Author",
    "published_on": "Published",
    "url": "URL",
    "language": "Language",
    "kind": "Kind",
    "country": "Country",
    "themes": "Themes",
    "files": "File",
    "abstract": "Abstract",
}
# Columns of lists that are no tables: their words stand in the details too.
_WHOLE = frozenset({"RIS", "BibTeX", "CSL-JSON"})


def table_of(rows: Iterable[ImportRow]) -> str:
    """The number of each row, its name, what is wrong with it, and all that was given of it."""
    known = [(row, _cells(row)) for row in rows]
    columns = list(dict.fromkeys(name for _row, cells in known for name in cells))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("What was brought"), _("What is wrong"), *map(disarmed, columns)])
    for row, cells in known:
        about = [str(row.position), row.name, row.sentence or _("It needs an answer.")]
        writer.writerow([disarmed(cell) for cell in (*about, *(cells.get(name, "") for name in columns))])
    return out.getvalue()


def _cells(row: ImportRow) -> dict[str, str]:
    columns = {str(name): str(value) for name, value in row.columns}
    if columns and not _WHOLE & columns.keys():
        return columns
    given = {_HEADERS[name]: _joined(value) for name, value in row.given.items() if name in _HEADERS}
    return given or ({"File": row.name} if row.original_sha256 else {})


def _joined(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
