"""Find PostgreSQL and Redis on this machine's standard ports, and lend the tests a new database and a spare number.

local_stack.py borrow NAME    prints DATABASE_URL and CELERY_BROKER_URL, or nothing where one is not there
local_stack.py give-back NAME drops what was borrowed, and what the tests made beside it
"""

import getpass
import os
import sys
from collections.abc import Iterator

import psycopg
import redis
from psycopg import sql

SPARE_NUMBERS = range(15, 0, -1)


def server_users() -> Iterator[str]:
    yield os.environ.get("PGUSER", "postgres")
    yield getpass.getuser()


def connect() -> psycopg.Connection | None:
    for user in server_users():
        try:
            return psycopg.connect(
                host="127.0.0.1", port=5432, user=user, dbname="postgres", autocommit=True, connect_timeout=3
            )
        except psycopg.OperationalError:
            continue
    return None


def spare_redis() -> str | None:
    """The address of a number that holds nothing."""
    for number in SPARE_NUMBERS:
        address = f"redis://127.0.0.1:6379/{number}"
        try:
            with redis.Redis.from_url(address, socket_connect_timeout=3) as server:
                if server.dbsize() == 0:
                    return address
        except redis.RedisError:
            return None
    return None


def borrow(name: str) -> None:
    server, broker = connect(), spare_redis()
    if server is None or broker is None:
        return
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        print(f"DATABASE_URL=postgres://{server.info.user}@127.0.0.1:5432/{name}")
    print(f"CELERY_BROKER_URL={broker}")


def give_back(name: str) -> None:
    server = connect()
    if server is None:
        return
    with server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)", [name, f"test_{name}"]
        ).fetchall()
        for (database,) in rows:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


if __name__ == "__main__":
    {"borrow": borrow, "give-back": give_back}[sys.argv[1]](sys.argv[2])
