"""What goes into the log: ids, classes and lines of code; never a name, a file name, a query, a body or an address.

Our own messages hold ids by habit. What a library says may quote anything: of those that say something useful the
sentence is written without what was put into it, of all others only the line of code that spoke. An error is told by
its class and by the lines that led there, never by its words: databases quote rows in them, readers of files their
contents.
"""

import logging
import re
import threading
import traceback
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from caseapp.core.numbered import number

OURS = ("caseapp", "__main__")
TELLING = ("django", "celery", "kombu", "gunicorn")
_HIDDEN = "…"
_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
# What Celery calls its work by: names from our own code, and ids.
_OF_TASKS = {"name", "id", "task_name", "task_id"}
_TASK = re.compile(r"[\w.-]{1,100}")
# A warning begins with where it was given and of what kind it is.
_WARNED = re.compile(r"(\S+:\d+: \w+): ")
_MOST_CHAINED, _MOST_FRAMES = 5, 40


class IdsOnly(logging.Formatter):
    """One line for a record, and indented lines for what led there."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        asked = f"[{number()}] " if number() else ""
        words = _escaped(asked + "\n".join(_words(record)))
        head = f"{self.formatTime(record)} {record.levelname} {record.name} "
        return head + "\n    ".join([*words.split("\n"), *map(_escaped, _trace(record))])


def _words(record: logging.LogRecord) -> Iterator[str]:
    if hasattr(record, "status_code"):
        yield _about_request(record)
    elif record.name == "py.warnings":
        warned = _WARNED.match(record.getMessage())
        yield warned[1] if warned else ""
    elif record.name.split(".")[0] in OURS:
        yield from record.getMessage().split("\n")
    else:
        said = _without_values(record) if record.name.split(".")[0] in TELLING else ""
        place = "/".join(record.pathname.split("/")[-3:])
        yield f"{said} ({place}:{record.lineno})".lstrip()


def _about_request(record: logging.LogRecord) -> str:
    """The status, and the address by the name it has in our code."""
    status, request = getattr(record, "status_code", "?"), getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    told = [str(status), str(getattr(request, "method", ""))[:10], match.view_name if match else "no such address"]
    told += [f"{name}={value}" for name, value in (match.kwargs if match else {}).items() if _is_id(value)]
    # Whoever has not been asked for yet is not asked for now: the database may be what is broken.
    person = getattr(getattr(request, "_cached_user", None), "pk", None)
    return " ".join([*told, *([f"person={person}"] if person else [])])


def _without_values(record: logging.LogRecord) -> str:
    """The sentence of a library with ids and numbers only. One that was put together before it came here is lost."""
    if not record.args or not isinstance(record.msg, str):
        return ""
    given: Any = record.args
    if isinstance(given, dict):
        given = {name: _shown_of_task(name, value) for name, value in given.items()}
    else:
        given = tuple(map(_shown, given))
    try:
        return record.msg % given
    except (TypeError, ValueError):
        return re.sub(r"%(\(\w+\))?[-+ #0-9.*]*[a-zA-Z]", _HIDDEN, record.msg)


def _shown_of_task(name: str, value: Any) -> Any:
    is_name = name in _OF_TASKS and isinstance(value, str) and _TASK.fullmatch(value)
    return value if is_name else _shown(value)


def _shown(value: Any) -> Any:
    if _is_id(value):
        return value
    return type(value).__name__ if isinstance(value, BaseException) else _HIDDEN


def _is_id(value: Any) -> bool:
    if isinstance(value, str):
        return _ID.fullmatch(value) is not None
    return value is None or isinstance(value, int | float | uuid.UUID | date | timedelta)


def _trace(record: logging.LogRecord) -> Iterator[str]:
    """Of an error and those behind it the classes and the lines of code. Refusals (4xx) are nobody's fault."""
    error = record.exc_info[1] if record.exc_info else None
    if 400 <= getattr(record, "status_code", 0) < 500:
        return
    for _each in range(_MOST_CHAINED):
        if error is None:
            return
        yield f"{type(error).__module__}.{type(error).__qualname__}{_constraint(error)}"
        for frame in traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]:
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _constraint(error: BaseException) -> str:
    """PostgreSQL names the rule that was broken apart from the values that broke it."""
    name = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f" {name}" if name else ""


def _escaped(words: str) -> str:
    """Nothing moves the cursor of whoever reads the log, turns the direction of letters or begins a line of its own."""
    return "".join(letter if letter.isprintable() or letter == "\n" else ascii(letter)[1:-1] for letter in words)


def log_what_nobody_catches() -> None:
    """Threads that end in an error, warnings, and records that cannot be written would go to the console by another
    way, words and all."""
    logging.captureWarnings(True)
    logging.raiseExceptions = False
    threading.excepthook = _thread_ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    error = ended.exc_value
    trace = (type(error), error, error.__traceback__) if error else None
    logging.getLogger(__name__).critical("A thread ended in an error.", exc_info=trace)
