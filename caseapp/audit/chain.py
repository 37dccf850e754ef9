"""The form in which an event is sealed. Pure: whoever has the record as JSON lines can compute the same hashes.

A seal is the SHA-256 of the seal before it, its own position and all that the event says, as JSON with sorted keys
and no spaces. Whoever changes or removes an event would have to write every later seal anew.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

BEFORE_THE_FIRST = "0" * 64
COLUMNS = (
    *("id", "at", "actor_id", "actor_name", "action", "subject_type", "subject_id", "subject_label"),
    *("case_id", "detail", "address"),
)


def as_json(event: Any) -> dict[str, Any]:
    """Every column of an event, as plain values."""
    return {column: _plain(getattr(event, column)) for column in COLUMNS}


def seal(previous: str, position: int, event: Mapping[str, Any]) -> str:
    sealed = {"previous": previous, "position": position, "event": event}
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, uuid.UUID) else value
