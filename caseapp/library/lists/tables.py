"""CSV: a table whose first line names its columns, in English or Spanish, as spreadsheets and Zotero write it."""

import csv
import io
from typing import Any

from caseapp.core.cells import rearmed
from caseapp.core.refused import Refused
from caseapp.library.lists.records import LONGEST_TEXT, MOST_RECORDS, Record, each_once, one_line
from caseapp.library.lists.values import folded, kind, kind_of_type, language, partial_date, several

DELIMITERS = ",;\t|"
# What a column is called. Where two of one field are filled in, the name that stands first here is taken.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "titulo", "titular", "headline", "nombre", "name"),
    "publisher": (
        "publication title", "publisher", "publication", "outlet", "newspaper", "medio", "editorial", "periodico",
        "diario", "fuente", "source", "website",
    ),
    "author": ("author", "authors", "autor", "autora", "autores", "autor a", "byline"),
    "published_on": (
        "published", "published on", "publication date", "date", "publicado", "fecha de publicacion", "fecha",
        "publication year", "year", "ano",
    ),
    "url": ("url", "web address", "address", "link", "direccion web", "direccion", "enlace", "vinculo", "web"),
    "language": ("language", "idioma", "lengua"),
    "kind": ("kind", "clase", "tipo"),
    "type": ("item type", "type"),
    "country": ("country", "pais"),
    "themes": ("themes", "theme", "temas", "tema", "tags", "tag", "manual tags", "etiquetas", "etiqueta", "keywords"),
    "files": ("file", "files", "file attachments", "archivo", "archivos", "fichero", "adjunto", "adjuntos"),
    "text": ("text", "full text", "texto", "texto completo", "content", "contenido"),
    "abstract": ("abstract", "abstract note", "resumen", "summary"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}
# A list must say at least what one of its lines is, or where it is.
_ENOUGH = frozenset({"title", "url", "files", "text"})


def read(text: str) -> tuple[list[Record], dict[str, str]]:
    """The records, and for each column the field that it is read as, "" where it is not read. Raises Refused."""
    csv.field_size_limit(LONGEST_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text[:4].lower() == "sep=":  # what Excel takes as a word about the rest
        text = text.partition("\n")[2]
        skipped = 1
    else:
        skipped = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [one_line(name) for name in next(rows, [])]
    except csv.Error as error:
        raise Refused("list-broken", line=1) from error
    fields = [_FIELD_OF.get(folded(name), "") for name in header]
    if not _ENOUGH & set(fields):
        raise Refused("list-no-columns", columns=", ".join(header)[:300])
    return _records(rows, header, fields, skipped), dict(zip(header, fields, strict=True))


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n", 50) if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _records(rows: Any, header: list[str], fields: list[str], skipped: int) -> list[Record]:
    records: list[Record] = []
    while True:
        line = rows.line_num + 1 + skipped
        try:
            cells = next(rows)
        except StopIteration:
            return records
        except csv.Error:
            records.append(Record(line, wrong="record-quotes", params={"line": line}))
            continue
        if any(cell.strip() for cell in cells):
            records.append(_record(line, cells, header, fields))
        if len(records) > MOST_RECORDS:
            raise Refused("list-too-long", most=MOST_RECORDS)


def _record(line: int, cells: list[str], header: list[str], fields: list[str]) -> Record:
    columns = {
        name or f"({number})": cell for number, (name, cell) in enumerate(zip(header, cells, strict=False), start=1)
    }
    if any(cell.strip() for cell in cells[len(header) :]):
        return Record(line, {}, columns, "record-cells", {"line": line, "found": len(cells), "expected": len(header)})
    named = sorted(zip(fields, header, cells, strict=False), key=lambda one: _RANK.get(folded(one[1]), 0))
    written: dict[str, str] = {}
    for field, _name, cell in named:
        if field and cell.strip():
            written.setdefault(field, cell)
    return Record(line, given(written), columns)


def given(written: dict[str, str]) -> dict[str, Any]:
    """Details from words, each under the name of its field."""
    written = {name: rearmed(value) for name, value in written.items()}
    plain = {name: one_line(written.get(name, "")) for name in ("title", "publisher", "author", "url", "country")}
    return plain | {
        "published_on": partial_date(written.get("published_on", "")),
        "language": language(written.get("language", "")),
        "kind": kind(written.get("kind", "")) or kind_of_type(written.get("type", "")),
        "themes": each_once(several(written.get("themes", ""))),
        "files": several(written.get("files", "")),
        "text": written.get("text", "").strip("\n"),
        "abstract": written.get("abstract", "").strip(),
    }
