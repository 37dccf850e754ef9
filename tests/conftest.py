"""The same few people in every test."""

import uuid

import pytest
from django.apps import apps
from django.conf import settings as program_settings
from django.core.management.color import no_style
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.append_only import protect, triggers
from caseapp.core import jobs
from tests.cases.making import children_asked_once
from tests.signing_in import sign_in, with_code_app

PASSWORD = "a long enough password 1"


@pytest.fixture(scope="session", autouse=True)
def static_files_as_written(tmp_path_factory):
    """Tests need no `collectstatic`: static files are served from where they are written, under their own names."""
    storages = program_settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def passwords_hashed_cheaply():
    """Slow hashing keeps guessers out and would keep the tests waiting; tests of sign-in itself switch it back on."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def hearts_that_wait_for_no_test():
    """On a busy machine a test can take longer than a heart waits, whose thread would then wait for the transaction of
    that test, and that for the thread. Tests of the heart itself say how often it beats."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "_BEATS_PER_SILENCE", 0.001)
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Every test writes its files to a folder of its own."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)


@pytest.fixture(autouse=True)
def own_cache(settings):
    """On a real stack the shared cache outlives a test: tries at the door, which are counted there, would shut it for a
    test that comes later."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind in the thread; the next test must not find it there."""
    with translation.override("en"):
        yield


def _person(email: str, name: str, role: Role) -> User:
    return with_code_app(User.objects.create_user(email=email, name=name, role=role, password=PASSWORD))


@pytest.fixture
def caseworker(db) -> User:
    return _person("caseworker@example.org", "Carla Caseworker", Role.CASEWORKER)


@pytest.fixture
def lawyer(db) -> User:
    return _person("lawyer@example.org", "Lena Lawyer", Role.LAWYER)


@pytest.fixture
def administrator(db) -> User:
    return _person("administrator@example.org", "Ada Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def stranger(db) -> User:
    """A lawyer of the same office who is on no case team."""
    return _person("stranger@example.org", "Sam Stranger", Role.LAWYER)


@pytest.fixture
def as_person():
    """as_person(user) → a client signed in as that person, just now."""
    return sign_in


@pytest.fixture
def files_read_once():
    """For tests of what happens around the reading of a file: whichever was read here before is not read again."""
    with children_asked_once():
        yield


@pytest.fixture
def count_queries():
    """count_queries(client, address) → how many queries that page takes."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count


@pytest.fixture(scope="session", autouse=True)
def record_emptied_by_tests_alone():
    """Between tests the database is emptied, which what guards the record would refuse: it is lifted for that moment.
    Nothing in the program does this."""
    # Of every connection: tests with a browser have one of their own.
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def unguarded(self, statements):
        with self.connection.cursor() as cursor:
            for trigger, facts in triggers(connection.vendor):
                of_table = f" ON {facts['table']}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")
        flush(self, statements)
        protect()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", unguarded)
        yield


BLOCKER = pytest.StashKey()


@pytest.fixture(scope="session", autouse=True)
def blocker_within_reach(request, django_db_blocker):
    request.config.stash[BLOCKER] = django_db_blocker


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "live_server" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(items):
    """A test that empties the database needs what the migrations planted, and must not plant it differently."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**marker.kwargs | {"serialized_rollback": True}), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """…and leaves it as it found it: tests run in any order, and the next may count on it."""
    result = yield
    if nextitem is not None and _empties_the_database(item) and hasattr(connection, "_test_serialized_contents"):
        with item.config.stash[BLOCKER].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            # What came back brought its numbers along; a table that a test made anew would give them out again.
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                    cursor.execute(statement)
    return result
