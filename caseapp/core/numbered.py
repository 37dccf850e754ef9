"""The number of the request in hand: on its error page, and on every line that it leaves in the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NUMBER: ContextVar[str] = ContextVar("number of the request", default="")


def number() -> str:
    """Nothing outside a request."""
    return _NUMBER.get()


@contextmanager
def numbered() -> Iterator[None]:
    before = _NUMBER.set(secrets.token_hex(4))
    try:
        yield
    finally:
        _NUMBER.reset(before)
