"""What somebody could do who owns the database: take off what guards the record, change it, and put all back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from caseapp.audit.append_only import protect, triggers


@contextmanager
def unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        for trigger, facts in triggers(connection.vendor):
            of_table = f" ON {facts['table']}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger}{of_table}")
    yield
    protect()


def run(statement: str, parameters: tuple = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
