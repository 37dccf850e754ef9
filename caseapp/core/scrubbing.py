"""What a database keeps of rows that are gone, and how far that can be taken away."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

_ROUNDS = 5


def scrub(models_touched: Iterable[type[models.Model]]) -> bool:
    """After the commit of a deletion: leave as little of it in the database's files as the database allows.

    SQLite overwrites what is deleted (`secure_delete`); its log still holds the pages as they were, so it is emptied.
    PostgreSQL can only be told to forget rows: their bytes stay in the files until something is written over them. Of a
    role that does not own the tables it takes no such order, and forgets them when it next vacuums by itself.
    False: somebody else was reading all the time, and the log is emptied when they are done.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _empty_the_log(cursor)
        for model in models_touched:
            cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
    return True


def _empty_the_log(cursor: CursorWrapper) -> bool:
    for _round in range(_ROUNDS):
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone()
        if not busy:
            return True
    return False
