"""The database itself refuses to change or remove what is on record, whoever asks.

Triggers of SQLite vanish without a word when Django rebuilds their table, so they are made again after each migration.
On PostgreSQL the owner of the tables could still take them off: there the program should run under a role that may
only add and read (`manage.py grants`).
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections

TABLES = ("audit_event", "audit_seal")

_SQLITE = """
    CREATE TRIGGER IF NOT EXISTS {table}_not_{done} BEFORE {statement} ON {table} BEGIN
        SELECT RAISE(ABORT, '{table}: what is on record is not {done}');
    END"""
_POSTGRESQL_REFUSAL = """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '%: what is on record is not changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$"""
# Always: also for a session that plays the part of a replica, where other triggers rest.
_POSTGRESQL = (
    """
    CREATE OR REPLACE TRIGGER {table}_not_{done} BEFORE {statement} ON {table}
        FOR EACH {each} EXECUTE FUNCTION audit_refuse()""",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_not_{done}",
)
_STATEMENTS = {"changed": "UPDATE", "removed": "DELETE", "emptied": "TRUNCATE"}


def triggers(vendor: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The name of each trigger, and what its making is told."""
    for table in TABLES:
        for done, statement in _STATEMENTS.items():
            if vendor == "postgresql" or statement != "TRUNCATE":
                each = "STATEMENT" if statement == "TRUNCATE" else "ROW"
                facts = {"table": table, "done": done, "statement": statement, "each": each}
                yield f"{table}_not_{done}", facts


def protect(using: str = "default") -> None:
    """Make the triggers, where there are the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_REFUSAL)
        for _name, facts in triggers(connection.vendor):
            for statement in _POSTGRESQL if connection.vendor == "postgresql" else (_SQLITE,):
                cursor.execute(statement.format(**facts))


def missing_triggers(using: str = "default") -> list[str]:
    """Those that somebody took off or switched off."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        there = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal"
    else:
        there = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(there)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name, _facts in triggers(connection.vendor) if name not in standing]


def after_migration(*, using: str, **_migrated: Any) -> None:
    protect(using)
