"""The door of the child process: a list in its room, and the records in it."""

from pathlib import Path
from typing import Any

from caseapp.core.refused import Refused
from caseapp.library.lists import bibtex, csl, ris, tables
from caseapp.library.lists.decoding import decoded

MOST_BYTES = 10 * 1024 * 1024


def read(folder: Path, *, file: str, format_name: str) -> dict[str, Any]:
    """`records` as plain values, and `mapping` from the columns of a table to fields. Raises Refused."""
    data = (folder / file).read_bytes()
    if len(data) > MOST_BYTES:
        raise Refused("list-too-large", size=len(data), most=MOST_BYTES)
    text = decoded(data)
    mapping: dict[str, str] = {}
    match format_name:
        case "csv":
            records, mapping = tables.read(text)
        case "ris":
            records = ris.read(text)
        case "bibtex":
            records = bibtex.read(text)
        case _:
            records = csl.read(text)
    if not records:
        raise Refused("list-no-records")
    return {"records": [record.to_dict() for record in records], "mapping": mapping}
