"""The rights of the role under which the program runs on PostgreSQL: the record can be added to and read."""

import argparse
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

from caseapp.audit.append_only import TABLES

PASSWORD = "POSTGRES_ROLE_PASSWORD"  # noqa: S105 (the name of a variable)
_RIGHTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE ON {record} FROM {role}",
)


class Command(BaseCommand):
    help = (
        "Prints the SQL that gives a PostgreSQL role what the program needs and no more: what is on record it can add "
        "to and read, not change. Run it again after each migration, as the owner of the tables; migrations keep "
        "running as the owner, web and worker as this role. With --make the role is made too, or given another "
        f"password: the one in the variable {PASSWORD}."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--role", required=True, help="an existing role that is not the owner of the tables")
        parser.add_argument("--apply", action="store_true", help="run the SQL instead of printing it")
        parser.add_argument(
            "--make", action="store_true", help="with --apply: make the role first, where it is not there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. On SQLite, triggers guard the record by themselves.")
        connection.ensure_connection()
        names = {
            "role": sql.Identifier(options["role"]),
            "record": sql.SQL(", ").join(map(sql.Identifier, TABLES)),
        }
        statements = [sql.SQL(right).format(**names).as_string(connection.connection) for right in _RIGHTS]
        if not options["apply"]:
            self.stdout.write("".join(f"{statement};\n" for statement in statements), ending="")
            return
        if options["make"]:
            _make(options["role"])
        _refuse_owner(options["role"])
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        self.stderr.write(f"{options['role']} can now add to the record and read it, and change everything else.")


def _make(role: str) -> None:
    password = os.environ.get(PASSWORD, "")
    if not password:
        raise CommandError(f"Set {PASSWORD} to the password with which web and worker sign in to the database.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        done = "ALTER" if cursor.fetchone() else "CREATE"
        if done == "ALTER":
            _refuse_owner(role)
        words = sql.SQL("{done} ROLE {role} LOGIN PASSWORD {password}").format(
            done=sql.SQL(done), role=sql.Identifier(role), password=sql.Literal(password)
        )
        cursor.execute(words.as_string(connection.connection))


def _refuse_owner(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE tablename = ANY(%s) AND tableowner = %s", [[*TABLES], role]
        )
        (owned,) = cursor.fetchone()
    if found is None:
        raise CommandError(f"There is no role {role}. Make it first: CREATE ROLE {role} LOGIN PASSWORD '…'")
    if found[0] or owned:
        raise CommandError(f"{role} owns the record or is a superuser, whom no right restrains. Choose another role.")
