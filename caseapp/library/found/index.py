"""The databases' own full-text indexes over the entries: FTS5 on SQLite, GIN over tsvectors on PostgreSQL.

The only place with SQL of a vendor. Both see nothing but forms in ASCII with a space between, so that both find the
same; neither needs an extension nor a superuser.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from caseapp.library.models.search import FIRST_EXCERPT, OF_A_SOURCE, SearchEntry
from caseapp.library.searching.asking import Question, Reading, Term

_Condition = tuple[str, tuple[str, ...]]

# The parts of the number that ranks a source: its id lies below its count of entries. No id of a source is greater, as
# the ids of its entries hold it (see `entry_id`). One number is sorted far sooner than four.
_OF_A_COUNT = 1 << 31

_SQLITE_PARTS = {
    "library_searchentry_fts": """
        CREATE VIRTUAL TABLE library_searchentry_fts USING fts5(
            search_text, content='library_searchentry', content_rowid='id', tokenize='ascii', prefix='2 3'
        )""",
    "library_searchentry_added": """
        CREATE TRIGGER library_searchentry_added AFTER INSERT ON library_searchentry BEGIN
            INSERT INTO library_searchentry_fts(rowid, search_text) VALUES (new.id, new.search_text);
        END""",
    "library_searchentry_removed": """
        CREATE TRIGGER library_searchentry_removed AFTER DELETE ON library_searchentry BEGIN
            INSERT INTO library_searchentry_fts(library_searchentry_fts, rowid, search_text)
                VALUES ('delete', old.id, old.search_text);
        END""",
    "library_searchentry_changed": """
        CREATE TRIGGER library_searchentry_changed AFTER UPDATE OF search_text ON library_searchentry
        WHEN old.search_text IS NOT new.search_text BEGIN
            INSERT INTO library_searchentry_fts(library_searchentry_fts, rowid, search_text)
                VALUES ('delete', old.id, old.search_text);
            INSERT INTO library_searchentry_fts(rowid, search_text) VALUES (new.id, new.search_text);
        END""",
}
_WORDS_ON_POSTGRESQL = "to_tsvector('pg_catalog.simple', search_text)"
# Of the words nothing is kept but the index: a row is three times as narrow without them, and whoever finds thousands
# of entries reads as many rows. Where words must stand side by side, the text itself is looked at.
_POSTGRES_INDEX = f"CREATE INDEX library_searchentry_forms ON library_searchentry USING gin ({_WORDS_ON_POSTGRESQL})"


def install() -> None:
    """Make the index where it is missing.

    Django rebuilds a table of SQLite for most changes of it, and the triggers are gone without a word. So this is asked
    after every migration, and what may have been missed since is read anew.
    """
    if connection.vendor == "postgresql":
        _install_on_postgresql()
    else:
        _install_on_sqlite()


def freshen() -> None:
    """After much was written: let the database know what lies where."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO library_searchentry_fts(library_searchentry_fts) VALUES ('optimize')")
        cursor.execute("ANALYZE library_searchentry")


def holding(terms: Iterable[Term], *, of_excerpts: bool = False) -> Q:
    """For entries: all of the terms stand in them. Whether a term is excluded makes no difference here.

    Whoever wants no others says that it is `of_excerpts`: then those that are not are not looked up on SQLite.
    """
    return Q(_Holds(F("pk"), F("search_text"), terms=tuple(terms), of_excerpts=of_excerpts))


def among_holders(terms: Iterable[Term], *, of_excerpts: bool = False) -> Q:
    """The same where other conditions stand beside it, or a not before it: which entries hold the words is found first.

    Of its own accord PostgreSQL would look for the words in each row that the others leave, which takes far longer.
    """
    return Q(_IsAmong(F("pk"), terms=tuple(terms), of_excerpts=of_excerpts))


def reading(terms: Iterable[Term]) -> Q:
    """`holding` for a few entries that are found otherwise: each is read, and the index is not asked."""
    return Q(_Reads(F("search_text"), terms=tuple(terms)))


def ranked_sources(question: Question) -> list[int]:
    """The sources with an entry that holds everything that was asked for, and with none that holds what was not wanted.

    The best first: those in which the words stand side by side, then those in whose description they stand, then those
    with the more entries that hold them, then the newer ones.
    """
    on_postgresql = connection.vendor == "postgresql"
    table, number = ("library_searchentry", "id") if on_postgresql else ("library_searchentry_fts", "rowid")
    conditions = [_found(question.wanted), *(_not_in_its_source(number, _found([term])) for term in question.unwanted)]
    together, words_of_it = _is_together(question, number, on_postgresql=on_postgresql)
    source = f"{number} / {OF_A_SOURCE}"
    # The description comes first among the entries of its source.
    is_described = f"CASE WHEN MIN({number}) %% {OF_A_SOURCE} = 0 THEN 1 ELSE 0 END"
    rank = f"{together} * {1 << 62} + {is_described} * {1 << 61} + COUNT(*) * {_OF_A_COUNT} + {source}"
    where = " AND ".join(condition for condition, _params in conditions)
    params = [*words_of_it, *(param for _condition, some in conditions for param in some)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {rank} FROM {table} WHERE {where} GROUP BY {source}", params)  # noqa: S608
        ranks = [rank for (rank,) in cursor.fetchall()]
    return [rank % _OF_A_COUNT for rank in sorted(ranks, reverse=True)]


def _is_together(question: Question, number: str, *, on_postgresql: bool) -> _Condition:
    """1 for a source in which the words stand side by side."""
    if (term := question.side_by_side) is None:
        return "0", ()
    condition, params = _reads("search_text", [term]) if on_postgresql else _in(number, _found([term]))
    return f"MAX(CASE WHEN {condition} THEN 1 ELSE 0 END)", params


class Order(StrEnum):
    """Of excerpts, as SQL has it."""

    NEWEST = "excerpt_id DESC"
    SHORTEST = "size, excerpt_id DESC"


_ALONG = {Order.NEWEST: "search_by_excerpt", Order.SHORTEST: "search_by_size"}


def many_in_order(question: Question, order: Order, start: int, end: int) -> tuple[list[int], dict[int, int]] | None:
    """The excerpts of a page, and by source how many there are, of all that hold the words; None for the other way.

    On SQLite the index alone says how many hold them. Where they are many it is quicker to go along the order until the
    page is full than to look up each of them for its place in it.
    """
    if connection.vendor != "sqlite":
        return None
    conditions = [
        _found(question.wanted, of_excerpts=True),
        *(_in("rowid", _found([term], of_excerpts=True), among="NOT IN") for term in question.unwanted),
    ]
    where, params = " AND ".join(some for some, _params in conditions), [one for _, some in conditions for one in some]
    found = f"FROM library_searchentry_fts WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid / {OF_A_SOURCE}, COUNT(*) {found} GROUP BY 1"  # noqa: S608
            " UNION ALL SELECT 0, MAX(excerpt_id) FROM library_searchentry WHERE kind = 'excerpt'",
            params,
        )
        of_sources: dict[int, int] = dict(cursor.fetchall())
        among = of_sources.pop(0) or 0
        # For each that is found so many are passed on the way to the end of the page.
        if sum(of_sources.values()) ** 2 < end * among:
            return None
        # Of its own accord SQLite would begin with those that are found.
        along = f"library_searchentry INDEXED BY {_ALONG[order]} WHERE kind = 'excerpt'"
        cursor.execute(
            f"SELECT excerpt_id FROM {along} AND id IN (SELECT rowid {found}) ORDER BY {order} LIMIT %s OFFSET %s",  # noqa: S608
            [*params, end - start, start],
        )
        return [pk for (pk,) in cursor.fetchall()], of_sources


class Tags(NamedTuple):
    """Of the entries of a source: what each of them has for themes, and for states, and how many are adverse."""

    source_id: int
    themes: list[str]
    states: list[str]
    adverse: int


def page_and_sources(
    entries: QuerySet[SearchEntry], order: str, start: int, end: int
) -> tuple[list[int], dict[int, int]]:
    """The excerpts of a page of the entries, and by source how many entries there are of it; they are found but once.

    `order` is of `excerpt_id`, `size` and `together`.
    """
    page = f"SELECT * FROM found ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
    rows = _asked_of(
        entries,
        ("excerpt_id", "source_id", "size", "together"),
        f"SELECT 0, excerpt_id, ROW_NUMBER() OVER (ORDER BY {order}) FROM ({page}) AS page"  # noqa: S608
        " UNION ALL SELECT 1, source_id, COUNT(*) FROM found GROUP BY source_id",
        (end - start, start),
    )
    on_page = sorted((place, excerpt) for is_source, excerpt, place in rows if not is_source)
    return [excerpt for _place, excerpt in on_page], {pk: count for is_source, pk, count in rows if is_source}


def sources_of(entries: QuerySet[SearchEntry], *, at_once: bool) -> dict[int, int]:
    """By source how many of the entries are of it. `at_once` where no words have to be found first."""
    asked = "SELECT source_id, COUNT(*) FROM found GROUP BY source_id"
    return dict(_asked_of(entries, ("source_id",), asked, at_once=at_once or connection.vendor == "sqlite"))


def tags_of(entries: QuerySet[SearchEntry], *, at_once: bool) -> list[Tags]:
    """Source by source: a source has many entries with the same themes."""
    gathered = "STRING_AGG({}, ',')" if connection.vendor == "postgresql" else "GROUP_CONCAT({})"
    columns = f"{gathered.format('themes')}, {gathered.format('states')}, COUNT(CASE WHEN is_adverse THEN 1 END)"
    asked = f"SELECT source_id, {columns} FROM found GROUP BY source_id"  # noqa: S608
    is_quick = at_once or connection.vendor == "sqlite"
    rows = _asked_of(entries, ("source_id", "themes", "states", "is_adverse"), asked, at_once=is_quick)
    return [Tags(pk, themes.split(","), states.split(","), adverse) for pk, themes, states, adverse in rows]


def _asked_of(
    entries: QuerySet[SearchEntry],
    columns: Sequence[str],
    asked: str,
    params: Iterable[int] = (),
    *,
    at_once: bool = False,
) -> list[tuple[Any, ...]]:
    """What is asked of these columns of the entries that are `found`.

    They are found before anything is asked, unless `at_once`, which is quicker. But where there are words, PostgreSQL
    may then go from source to source and look for them in each row, which takes thirty times as long.
    """
    try:
        sql, found_by = entries.values(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    how = "NOT MATERIALIZED" if at_once else "MATERIALIZED"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH found AS {how} ({sql}) {asked}", [*found_by, *params])
        return cursor.fetchall()


class _Holds(Func):
    """Whether the entry with this id and these words holds what was asked."""

    output_field = BooleanField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> _Condition:
        column, _params = compiler.compile(self.source_expressions[1])
        return _found(self.extra["terms"], column)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> _Condition:
        column, _params = compiler.compile(self.source_expressions[0])
        return _in(column, _found(self.extra["terms"], of_excerpts=self.extra["of_excerpts"]))


class _IsAmong(Func):
    """Whether this is the id of an entry that holds what was asked."""

    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> _Condition:  # type: ignore[override]
        column, _params = compiler.compile(self.source_expressions[0])
        return _in(column, _found(self.extra["terms"], of_excerpts=self.extra["of_excerpts"]))


class _Reads(Func):
    """Whether what was asked stands in these words."""

    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> _Condition:  # type: ignore[override]
        column, _params = compiler.compile(self.source_expressions[0])
        return _reads(column, self.extra["terms"])


def _found(terms: Iterable[Term], column: str = "search_text", *, of_excerpts: bool = False) -> _Condition:
    """All of the terms: for the table of entries on PostgreSQL, for the index on SQLite."""
    terms = list(terms)
    if connection.vendor == "postgresql":
        return _found_on_postgresql(terms, column)
    only = f" AND rowid %% {OF_A_SOURCE} >= {FIRST_EXCERPT}" if of_excerpts else ""
    asked_for = " AND ".join(_either(" OR ", map(_for_sqlite, term.readings)) for term in terms)
    return f"library_searchentry_fts MATCH %s{only}", (asked_for,)


def _found_on_postgresql(terms: list[Term], column: str) -> _Condition:
    """The index says where all the words are; that they stand side by side, the text says."""
    asked = " & ".join(_either("|", map(_for_postgresql, term.readings)) for term in terms)
    condition = f"{_WORDS_ON_POSTGRESQL.replace('search_text', column)} @@ %s::tsquery"
    phrases = [term for term in terms if len(term.words) > 1]
    if not phrases:
        return condition, (asked,)
    side_by_side, params = _reads(column, phrases)
    return f"({condition} AND {side_by_side})", (asked, *params)


def _reads(column: str, terms: Iterable[Term]) -> _Condition:
    at = "strpos" if connection.vendor == "postgresql" else "instr"
    place = f"{at}(' ' || {column} || ' ', %s) > 0"
    readings = [[_as_it_stands(reading) for reading in term.readings] for term in terms]
    conditions = (_either(" OR ", [place] * len(some)) for some in readings)
    return _either(" AND ", conditions), tuple(one for some in readings for one in some)


def _in(number: str, found: _Condition, *, among: str = "IN") -> _Condition:
    condition, params = found
    if connection.vendor == "postgresql":
        # The offset keeps the planner from making one query of both.
        return f"{number} {among} (SELECT id FROM library_searchentry WHERE {condition} OFFSET 0)", params  # noqa: S608
    return f"{number} {among} (SELECT rowid FROM library_searchentry_fts WHERE {condition})", params  # noqa: S608


def _not_in_its_source(number: str, found: _Condition) -> _Condition:
    condition, params = found
    table = "library_searchentry" if connection.vendor == "postgresql" else "library_searchentry_fts"
    # So few that PostgreSQL keeps them in memory.
    held = f"SELECT DISTINCT {number} / {OF_A_SOURCE} FROM {table} WHERE {condition}"  # noqa: S608
    return f"{number} / {OF_A_SOURCE} NOT IN ({held})", params


def _install_on_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'library_searchentry%%'")
        there = {name for (name,) in cursor.fetchall()}
        missing = [made for name, made in _SQLITE_PARTS.items() if name not in there]
        if "library_searchentry" not in there or not missing:
            return
        for made in missing:
            cursor.execute(made)
        cursor.execute("INSERT INTO library_searchentry_fts(library_searchentry_fts) VALUES ('rebuild')")


def _install_on_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('library_searchentry'), to_regclass('library_searchentry_forms')")
        table, index = cursor.fetchone()
        if table and not index:
            cursor.execute(_POSTGRES_INDEX)


def _either(operator: str, readings: Iterable[str]) -> str:
    return f"({operator.join(readings)})"


def _for_postgresql(reading: Reading) -> str:
    quoted = [f"'{form}'" for form in reading.forms]
    return f"({' & '.join(quoted)}{':*' if reading.is_prefix else ''})"


def _for_sqlite(reading: Reading) -> str:
    return f'"{" ".join(reading.forms)}"{"*" if reading.is_prefix else ""}'


def _as_it_stands(reading: Reading) -> str:
    """In a text with a space before and behind each form."""
    return f" {' '.join(reading.forms)}{'' if reading.is_prefix else ' '}"
