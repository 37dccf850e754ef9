"""A broker that no other test's workers listen at."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import redis

_TAKEN = "taken-by-a-test"
NUMBERS = range(1, 16)


@contextmanager
def own_broker() -> Iterator[str]:
    """Its address: files in DATA_DIR or, on the server of CELERY_BROKER_URL where that is set, a number that held
    nothing. Whatever lies in other numbers is not ours to touch."""
    shared = os.environ.get("CELERY_BROKER_URL", "")
    if not shared.startswith("redis"):
        yield "filesystem://localhost"
        return
    parts = urlsplit(shared)
    for number in NUMBERS:
        address = urlunsplit(parts._replace(path=f"/{number}"))
        if address == shared:
            continue
        with redis.Redis.from_url(address) as server:
            if not _take(server):
                continue
            try:
                yield address
            finally:
                server.flushdb()
            return
    raise RuntimeError("Every number of the Redis server is in use.")


def _take(server: redis.Redis) -> bool:
    if not server.set(_TAKEN, os.getpid(), nx=True):
        return False
    if server.dbsize() == 1:
        return True
    server.delete(_TAKEN)
    return False
