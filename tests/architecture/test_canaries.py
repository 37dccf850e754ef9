"""Six cases of three teams, each with a word of its own in every text, and everything that the program gives away.

Each word may be seen by the people on its own team, and by nobody else, whatever they ask for; and no page of the
library, no line of the log, no message to a worker, no name on the disk and no other team's file may hold it.
"""

import base64
import io
import logging
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2
from celery.app.task import Task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.urls import resolve, reverse
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import answer_document
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.packets.builder import see_through
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build, BuildStatus, Packet
from caseapp.packets.services.builds import look_through, request_build
from caseapp.packets.services.exporting import export_case
from caseapp.packets.services.packets import add_exhibits
from tests.architecture.canaries import found_in, models_of_cases, plant, texts_of_the_library, word_fields
from tests.architecture.of_cases import paths_to_case
from tests.architecture.test_every_url import NAMED, OF_A_CASE, ROWS, Row, linked, things_of_a_case, undone
from tests.cases.making import make_document
from tests.conftest import PASSWORD
from tests.packets.making import REQUESTED_AT
from tests.security.papers import telling_pdf
from tests.signing_in import sign_in

WORDS = ("Zanaquil", "Quetzorra", "Xolomarin", "Yacabelto", "Wiramundo", "Kuxtalpec")
# What only a file says of its author: taken out, and seen on no page of anybody.
AUTHOR = "Hochbrugger"
TEAMS = {"ana": (0, 1), "ben": (2, 3), "cleo": (4, 5)}
BUILT = (0, 2)
PEOPLE = (*TEAMS, "caseworker", "administrator", "nobody")


class CanaryTest(TestCase):
    """A class, because the cases are made once for all tests."""

    people: dict[str, User]
    ids: list[dict[str, Any]]
    folder: Path
    log: io.StringIO
    sent: list[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.log, cls.sent = io.StringIO(), []
        cls._listen()
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        roles = dict.fromkeys(TEAMS, Role.LAWYER) | {"caseworker": Role.CASEWORKER, "administrator": Role.ADMINISTRATOR}
        cls.people = {
            name: User.objects.create_user(email=f"{name}@example.org", name=name.title(), role=role, password=PASSWORD)
            for name, role in roles.items()
        }
        cls.words = dict(enumerate(WORDS))
        with override_settings(DATA_DIR=cls.folder), cls.captureOnCommitCallbacks(execute=True):
            cls.ids = [cls._case(number) for number in range(len(WORDS))]
            for number in BUILT:
                cls._build(number)

    @classmethod
    def _listen(cls) -> None:
        """To the log as it is written, down to the last of our own words, and to what workers are told."""
        console = next(handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler)
        handler = logging.StreamHandler(cls.log)
        handler.setFormatter(console.formatter)
        ours, root = logging.getLogger("caseapp"), logging.getLogger()
        before, ours.level = ours.level, logging.DEBUG
        root.addHandler(handler)
        cls.addClassCleanup(root.removeHandler, handler)
        cls.addClassCleanup(ours.setLevel, before)
        sending = Task.apply_async

        def note(task: Task, args: Any = None, kwargs: Any = None, **options: Any) -> None:
            cls.sent.append(f"{task.name} {args} {kwargs} {options}")

        Task.apply_async = note
        cls.addClassCleanup(setattr, Task, "apply_async", sending)

    @classmethod
    def _team(cls, number: int) -> User:
        return next(cls.people[name] for name, numbers in TEAMS.items() if number in numbers)

    @classmethod
    def _case(cls, number: int) -> dict[str, Any]:
        word, lawyer = WORDS[number], cls._team(number)
        ids = things_of_a_case(lawyer, reference=f"REF-{number}")
        case = Case.objects.get(pk=ids["case"])
        data, name = f"I am {word}.".encode(), f"{word}.txt"
        if number in BUILT:
            data, name = telling_pdf(AUTHOR, words=f"I am {word}."), f"{word}.pdf"
        paper = make_document(case, data, name=name, by=lawyer, title=word)
        if number in BUILT:
            answer_document(by=lawyer, document=paper, codes=["hidden-text"], now=REQUESTED_AT)
            read_document(paper.pk)
            paper.refresh_from_db()
        add_exhibits(by=lawyer, packet=Packet.objects.get(pk=ids["packet"]), documents=[paper], captures=[])
        plant(case, word, by=lawyer)
        return ids | {"document": paper.pk}

    @classmethod
    def _build(cls, number: int) -> None:
        ids, lawyer = cls.ids[number], cls._team(number)
        packet = Packet.objects.get(pk=ids["packet"])
        Build.objects.filter(pk=ids["build"]).update(number=99)
        build = see_through(request_build(by=lawyer, packet=packet, now=timezone.now()).pk)
        assert build.status == BuildStatus.READY, build.failure
        look_through(by=lawyer, build=build, now=timezone.now())
        ids |= {"build": build.pk, "volume": build.volumes.get().pk}

    def setUp(self) -> None:
        self.enterContext(override_settings(DATA_DIR=self.folder))

    def client_of(self, person: str) -> Client:
        client = Client(raise_request_exception=False)
        if person in self.people:
            sign_in(self.people[person], client=client)
        return client

    def own(self, person: str) -> set[int]:
        return set(TEAMS.get(person, ()))

    def url_of(self, row: Row, ids: dict[str, Any]) -> str | None:
        given = NAMED | ids
        return (
            reverse(row.name, args=[given[kind] for kind in row.arguments])
            if set(row.arguments) <= set(given)
            else None
        )

    def test_every_text_of_every_case_holds_its_word(self):
        """Or nothing that follows would prove anything."""
        for number, ids in enumerate(self.ids):
            for model in models_of_cases():
                rows = model._base_manager.filter(**{paths_to_case()[model]: ids["case"]})
                assert rows.exists(), f"make a {model.__name__} in things_of_a_case or canaries"
                for field in word_fields(model):
                    said = str(list(rows.values_list(field.attname, flat=True)))
                    assert WORDS[number] in said, f"{model.__name__}.{field.name}"

    def test_pages_show_each_word_to_its_own_team_only(self):
        seen_at_home, wrong = {person: set() for person in PEOPLE}, []
        for person in PEOPLE:
            client = self.client_of(person)
            for number, ids in enumerate(self.ids):
                for row in OF_A_CASE if number in self.own(person) or number % 2 == 0 else ():
                    with undone():
                        answer = client.get(self.url_of(row, ids))
                        found = found_in(answer.getvalue() + str(answer.headers).encode(), self.words)
                    seen_at_home[person] |= found & self.own(person)
                    if found - (self.own(person) & {number}):
                        wrong.append((person, row.name, number, found))
        assert wrong == []
        assert seen_at_home == {person: self.own(person) for person in PEOPLE}

    def test_pages_of_the_office_show_no_word_of_a_case(self):
        """What is no case's own page: the library to everybody nothing, home and the list of cases one's own."""
        others, wrong = self._library_ids(), []
        for person in PEOPLE:
            client = self.client_of(person)
            for row in (row for row in ROWS if not row.is_of_a_case and row.name != "account_logout"):
                url = self.url_of(row, others)
                if url is None:
                    continue
                module = resolve(url).func.__module__
                may = self.own(person) if not module.startswith(("caseapp.library", "caseapp.accounts")) else set()
                with undone():
                    found = found_in(client.get(url).getvalue(), self.words)
                if found - may:
                    wrong.append((person, row.name, found))
        assert wrong == []

    def _library_ids(self) -> dict[str, Any]:
        one, other = Source.objects.order_by("pk")[:2]
        return {
            "source": one.pk, "theme": Theme.objects.first().pk, "excerpt": Excerpt.objects.first().pk,
            "link": linked(one, other).pk, "person": self.people["ana"].pk,
        }  # fmt: skip

    def test_asking_for_a_word_tells_nobody_that_it_is_there(self):
        """Search, suggestions, facets and lists answer for a word of a case as for one that nobody ever wrote."""
        wrong = []
        for person in ("ana", "caseworker", "administrator"):
            client = self.client_of(person)
            for row in (row for row in ROWS if not row.arguments or set(row.arguments) <= set(NAMED)):
                if row.name in ("account_logout", "health"):
                    continue
                said = []
                for word in (WORDS[4], "Nobodytold"[: len(WORDS[4])]):
                    with undone():
                        answer = client.get(
                            self.url_of(row, {}), dict.fromkeys(("q", "words", "name", "country"), word)
                        )
                    words = answer.getvalue().decode(errors="replace").lower().replace(word.lower(), "WORD")
                    said.append((answer.status_code, _without_tokens(words)))
                if said[0] != said[1]:
                    wrong.append((person, row.name, said[0][0], said[1][0], _first_difference(said[0][1], said[1][1])))
        assert wrong == []

    def test_an_error_page_and_its_trace_in_the_log_tell_nothing(self):
        client, page = self.client_of("ana"), reverse("case_show", args=[self.ids[0]["case"]])
        before = len(self.log.getvalue())
        with patch("caseapp.cases.access.let_in", side_effect=ValueError(f"row of {WORDS[0]}")):
            answer = client.get(page, {"q": WORDS[0]})
        assert (answer.status_code, found_in(answer.content, self.words)) == (500, set())
        written = self.log.getvalue()[before:]
        assert ("ValueError" in written, found_in(written, self.words)) == (True, set())

    def test_nothing_of_a_case_is_written_down_outside_of_it(self):
        wrong = {
            (table, *found_in(row, self.words)) for table, row in texts_of_the_library() if found_in(row, self.words)
        }
        assert wrong == set()

    def test_the_record_holds_no_words_of_papers(self):
        """The reference and the titles of packets stand on record; what a paper is called and says does not."""
        packets = Packet.objects.select_related("case")
        stands = {name for packet in packets for name in (packet.title, packet.case.reference)}
        for event in Event.objects.all():
            label = "" if event.subject_label in stands else event.subject_label
            assert found_in(f"{label} {event.detail}", self.words) == set(), event.action

    def test_log_and_messages_hold_no_word(self):
        for person in ("ana", "caseworker"):
            client = self.client_of(person)
            for row in OF_A_CASE:
                with undone():
                    client.post(self.url_of(row, self.ids[0]), {"q": WORDS[0], "title": WORDS[0]}).getvalue()
        assert len(self.sent) > 0
        assert found_in("\n".join(self.sent), self.words) == set()
        assert "case_edit" in self.log.getvalue()
        assert found_in(self.log.getvalue(), self.words) == set()

    def test_names_on_the_disk_hold_no_word(self):
        names = "\n".join(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))
        assert found_in(names, self.words | {AUTHOR: AUTHOR}) == set()

    def test_c1_no_file_on_the_disk_holds_a_word(self):
        """What belongs to a case is encrypted, and what passes through is gone."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert len(files) > 6 * len(WORDS)
        assert [path for path in files if found_in(path.read_bytes(), self.words | {AUTHOR: AUTHOR})] == []

    def test_sessions_and_cache_hold_no_word_of_others(self):
        for person in TEAMS:
            client = self.client_of(person)
            ids = self.ids[TEAMS[person][0]]
            client.post(reverse("exhibit_remove", args=[ids["exhibit"]]))
            client.get(reverse("case_show", args=[ids["case"]]))
        for session in Session.objects.all():
            data = session.get_decoded()
            owner = next(name for name, user in self.people.items() if str(user.pk) == data["_auth_user_id"])
            assert found_in(str(data), self.words) <= self.own(owner)
        Client().post(reverse("account_login"), {"login": "ana@example.org", "password": WORDS[2]})
        cache.set("kept-of-a-page", f"I am {WORDS[0]}.")
        assert found_in(b"".join(everything_cached()), self.words) == {0}, "what is in the cache is found there"
        cache.delete("kept-of-a-page")
        kept = everything_cached()
        assert (len(kept) > 0, found_in(b"".join(kept), self.words)) == (True, set())

    def test_built_files_hold_the_words_of_their_own_case_only(self):
        for number in BUILT:
            build = Build.objects.get(pk=self.ids[number]["build"])
            files = files_of_build(build)
            volume = files.read_bytes(build.volumes.get().sha256)
            pages, properties, outline, attachments = _of_pdf(volume)
            assert found_in(pages, self.words) == {number}
            assert found_in(outline, self.words) <= {number}
            assert (set(properties), attachments) == ({"Title", "Producer"}, 0)
            assert found_in(str(properties), self.words) <= {number}
            index = _unzipped(files.read_bytes(build.index_sha256))
            assert found_in(index, self.words) <= {number}
            manifest = files.read_bytes(build.published_sha256)
            assert found_in(manifest, self.words) <= {number}
            told = (pages.replace(f"Unseen {AUTHOR}", ""), str(properties), outline, index, manifest.decode())
            assert not any(AUTHOR in said for said in told), "what a file says of its author has left with the packet"

    def test_exports_of_the_library_hold_no_word(self):
        archive = self.folder.parent / f"{self.folder.name}.zip"
        self.addCleanup(archive.unlink)
        call_command("export_library", str(archive))
        assert found_in(_unzipped(archive.read_bytes()), self.words) == set()

    def test_the_export_of_a_case_holds_its_own_word_only(self):
        with tempfile.TemporaryDirectory() as room, undone():
            case = Case.objects.get(pk=self.ids[1]["case"])
            export_case(by=None, case=case, packet=None, folder=Path(room) / "out")
            every = b"".join(path.read_bytes() for path in Path(room).rglob("*") if path.is_file())
            names = "\n".join(path.name for path in Path(room).rglob("*"))
        assert found_in(every, self.words) == {1}
        assert found_in(names, self.words) == set()


def everything_cached() -> list[bytes]:
    """Every key and what stands under it, as the cache of all processes has it."""
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        server = cache._cache.get_client(write=True)
        return [key + server.get(key) for key in server.scan_iter(match=f"{cache.make_key('')}*")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        return [key.encode() + base64.b64decode(value) for key, value in cursor.fetchall()]


def _first_difference(one: str, other: str) -> tuple[str, str]:
    place = next((number for number, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]), 0)
    return one[place - 60 : place + 60], other[place - 60 : place + 60]


def _without_tokens(words: str) -> str:
    """Of forms and errors, and ids that are made of the words themselves."""
    tokens = r'(csrfmiddlewaretoken" value=|x-csrftoken": )"[^"]+"|[0-9a-f]{8}(-?[0-9a-f]{4,12})*'
    return re.sub(tokens, "TOKEN", words)


def _unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(f"{name}\n{packed.read(name).decode('latin-1')}" for name in packed.namelist())


def _of_pdf(data: bytes) -> tuple[str, dict[str, str], str, int]:
    with pypdfium2.PdfDocument(data) as pdf:
        pages = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
        properties = {name: value for name, value in pdf.get_metadata_dict().items() if value}
        outline = "\n".join(bookmark.get_title() for bookmark in pdf.get_toc(max_depth=10))
        return pages, properties, outline, pdf.count_attachments()
