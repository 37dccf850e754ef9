"""Everybody × every address × every method × ids of one's own case, of another's, of both mixed, and of nothing.

Two teams work side by side: Carla, Vera, who only looks, and Lena on one case, Sam on another. Whatever is asked of a
case that is not one's own must be answered as if there were no such thing, and must change nothing.
"""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.cases.models import Case, CaseMember
from caseapp.cases.parts import Part
from caseapp.packets.models import Build
from tests.architecture.asking import METHODS, NEVER_ANSWERED, Body, ask, forms_of, told, written
from tests.architecture.of_cases import crossings, rows_of
from tests.architecture.test_every_url import (
    BY_NAME,
    KINDS_OF_A_CASE,
    NAMED,
    OF_A_CASE,
    ROWS,
    Row,
    things_of_a_case,
    undone,
)
from tests.signing_in import sign_in

TEAM = ("caseworker", "viewer", "lawyer")
OUTSIDERS = ("stranger", "administrator")
Ids = dict[str, Any]
# A visit goes on record; how a page looks is worked out when somebody first looks.
WRITTEN_ON_SIGHT = {"audit_event", "cases_documentpicture", "packets_volumepicture"}


def url_of(row: Row, ids: Ids) -> str:
    return reverse(row.name, args=[(NAMED | ids)[kind] for kind in row.arguments])


def _person(name: str, role: Role) -> User:
    return User.objects.create_user(email=f"{name.lower()}@example.org", name=name, role=role)


def mixed_bodies(ours: Ids, theirs: Ids) -> dict[str, Body]:
    """What somebody who knows ids of another case would send to a form of their own, which it may not take."""
    packet = {"title": ["More"], "forum": ["generic"], "index_style": ["theme"], "numbering": ["continue"]}
    packet["follows"] = [str(theirs["build"])]
    moved = {kind: {"seen": [str(theirs[kind])], "order": [str(theirs[kind])]} for kind in KINDS_OF_A_CASE}
    return {
        "exhibit_add": {"documents": [str(pk) for pk in {ours["document"], theirs["document"]}]},
        "exhibit_move": moved["exhibit"],
        "evidence_move": moved["evidence"],
        "document_move": moved["document"],
        "refused_remove": moved["document"],
        "statement_move": moved["statement"],
        "statement_add": {"document": [str(theirs["document"])], "choosing": ["on"], "chosen": ["0"]},
        "statement_edit": {"text": ["I left."], "document": [str(theirs["document"])], "version": ["1"]},
        "packet_add": packet,
        "packet_edit": packet | {"version": ["1"]},
    }


class MatrixTest(TestCase):
    """A class, because the two cases are made once for all tests and each test takes back what it changed."""

    people: dict[str, User]
    ours: Ids
    theirs: Ids
    nothing: Ids
    folder: Path

    @classmethod
    def setUpTestData(cls) -> None:
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.people = {
            "caseworker": _person("Carla", Role.CASEWORKER),
            "viewer": _person("Vera", Role.LAWYER),
            "lawyer": _person("Lena", Role.LAWYER),
            "administrator": _person("Ada", Role.ADMINISTRATOR),
            "stranger": _person("Sam", Role.LAWYER),
        }
        with override_settings(DATA_DIR=cls.folder):
            cls.ours = things_of_a_case(cls.people["caseworker"], cls.people["lawyer"])
            cls.theirs = things_of_a_case(cls.people["stranger"], reference="GT-2031-777")
        cls.nothing = {kind: uuid.uuid4() if isinstance(pk, uuid.UUID) else 10**9 for kind, pk in cls.ours.items()}
        CaseMember.objects.create(case_id=cls.ours["case"], user=cls.people["viewer"], part=Part.VIEWER)
        Case.objects.filter(pk=cls.theirs["case"]).update(client_name="Bruno Reservado")
        filed = Build.objects.filter(pk__in=[cls.ours["build"], cls.theirs["build"]])
        filed.update(filed_at=timezone.now(), filed_by=cls.people["stranger"])

    def setUp(self) -> None:
        self.enterContext(override_settings(DATA_DIR=self.folder))

    def client_of(self, person: str) -> Client:
        client = Client(raise_request_exception=False)
        if person in self.people:
            sign_in(self.people[person], client=client)
        return client

    def bodies_of(self, person: str, ids: Ids) -> dict[str, Body]:
        """What this person's browser would send from each page of a case of theirs."""
        with undone():
            bodies = forms_of(self.client_of(person), [url_of(row, ids) for row in OF_A_CASE])
        assert len(bodies) > 20, "the forms on the pages of one's own case were not found"
        return bodies

    def like_nothing(
        self,
        person: str,
        row: Row,
        ids: Ids,
        *,
        method: str = "POST",
        body: Body | None = None,
        nothing: Ids | None = None,
    ) -> Iterator[Any]:
        """What is wrong with the answer for these ids, beside that for ids that nobody has."""
        client = self.client_of(person)
        with undone(), written() as tables:
            answer = told(ask(client, method, url_of(row, ids), body))
        with undone():
            same = told(ask(client, method, url_of(row, nothing or self.nothing), body))
        if answer != same or answer[0] not in (404, 405) or set(tables) - {"audit_event"}:
            yield person, row.name, method, answer[0], same[0], tables

    def test_one_of_everything_is_made(self):
        assert set(self.ours) == set(self.theirs) == KINDS_OF_A_CASE
        assert not [kind for kind in self.ours if self.ours[kind] == self.theirs[kind]]

    def test_what_is_not_ones_own_is_answered_like_nothing(self):
        wrong = []
        for person in (*TEAM, *OUTSIDERS):
            foreign = self.theirs if person in TEAM else self.ours
            for row in OF_A_CASE:
                for method in METHODS:
                    wrong += self.like_nothing(person, row, foreign, method=method)
        assert wrong == []

    def test_a_form_filled_in_for_a_case_of_others_changes_nothing(self):
        bodies, wrong = self.bodies_of("lawyer", self.ours), []
        for person in OUTSIDERS:
            for row in OF_A_CASE:
                wrong += self.like_nothing(person, row, self.ours, body=bodies.get(row.name))
        assert wrong == []

    def test_who_only_looks_changes_nothing(self):
        bodies, wrong = self.bodies_of("lawyer", self.ours), []
        client = self.client_of("viewer")
        for row in OF_A_CASE:
            with undone(), written() as tables:
                answer = ask(client, "POST", url_of(row, self.ours), bodies.get(row.name))
            if answer.status_code not in (403, 404, 405) or set(tables) - {"audit_event"}:
                wrong.append((row.name, answer.status_code, tables))
        assert wrong == []

    def test_an_id_of_another_case_behind_ones_own_is_nothing(self):
        """Addresses with two ids: the case that a person may see, and something of a case that they may not."""
        wrong = []
        for row in OF_A_CASE:
            if len(KINDS_OF_A_CASE & set(row.arguments)) > 1:
                own = {row.arguments[0]: self.ours[row.arguments[0]]}
                for method in METHODS:
                    wrong += self.like_nothing(
                        "lawyer", row, self.theirs | own, method=method, nothing=self.nothing | own
                    )
        assert wrong == []

    def test_what_another_team_would_send_ties_nothing_to_ones_own_case(self):
        """Every form of the own case, sent with all that the same form of the other case holds."""
        bodies, before = self.bodies_of("stranger", self.theirs), rows_of(self.theirs["case"])
        client, wrong = self.client_of("lawyer"), []
        for row in OF_A_CASE:
            with undone():
                body = bodies.get(row.name)
                answer = ask(client, "POST", url_of(row, self.ours), body)
                tied, changed = crossings(), rows_of(self.theirs["case"]) != before
                is_shown = "Bruno" in told(answer)[2] and "Bruno" not in str(body)
                if answer.status_code >= 500 or is_shown or tied or changed:
                    wrong.append((row.name, answer.status_code, tied, changed))
        assert wrong == []

    def test_an_id_of_another_case_in_a_form_is_refused(self):
        client, wrong = self.client_of("lawyer"), []
        for name, body in mixed_bodies(self.ours, self.theirs).items():
            with undone(), written() as tables:
                answer = ask(client, "POST", url_of(BY_NAME[name], self.ours), body)
                if answer.status_code not in (404, 409, 422) or set(tables) - {"audit_event"}:
                    wrong.append((name, answer.status_code, tables))
        assert wrong == []

    def test_the_same_forms_take_ids_of_the_own_case(self):
        """Or the test above would be passed by forms that take nothing at all."""
        client, refused = self.client_of("lawyer"), []
        for name, body in mixed_bodies(self.ours, self.ours).items():
            with undone():
                answer = ask(client, "POST", url_of(BY_NAME[name], self.ours), body)
                if answer.status_code != 302:
                    refused.append(name)
        # Of the first two the case has more than the one id that is sent; the last takes only papers that were refused.
        assert refused == ["exhibit_move", "evidence_move", "refused_remove"]

    def test_bearings_take_nothing_of_another_case(self):
        url = url_of(BY_NAME["statement_bearings"], self.ours)
        for ids, is_own in ((self.theirs, False), (self.ours, True)):
            body = {f"passage-{ids['evidence']}-relation": ["supports:shown"]}
            body |= {f"document-{ids['document']}-relation": ["supports:shown"], "version": ["1"]}
            with undone(), written() as tables:
                ask(self.client_of("lawyer"), "POST", url, body)
            assert ("cases_bearing" in tables) == is_own

    def test_a_build_of_another_case_is_not_compared_with(self):
        client, url = self.client_of("lawyer"), url_of(BY_NAME["build_show"], self.ours)
        ids = (self.theirs["build"], uuid.uuid4())
        foreign, absent = (told(client.get(url, {"since": str(pk)}))[2].replace(str(pk), "ID") for pk in ids)
        assert foreign == absent

    def test_nobody_who_is_not_signed_in_gets_anything(self):
        client, wrong = self.client_of("nobody"), []
        for row in OF_A_CASE:
            for method in METHODS:
                with written() as tables:
                    answer = told(ask(client, method, url_of(row, self.ours)))
                same = told(ask(client, method, url_of(row, self.nothing)))
                if answer != same or answer[0] not in (302, 405) or tables:
                    wrong.append((row.name, method, answer[0], tables))
        assert wrong == []

    def test_methods_that_no_page_knows_do_nothing(self):
        wrong = []
        for person in ("nobody", *TEAM, *OUTSIDERS):
            client = self.client_of(person)
            for row in (row for row in ROWS if row.is_of_a_case or not row.arguments):
                for method in NEVER_ANSWERED:
                    with undone(), written() as tables:
                        answer = ask(client, method, url_of(row, self.ours))
                    if answer.status_code != 405 or tables:
                        wrong.append((person, row.name, method, answer.status_code, tables))
        assert wrong == []

    def test_h4_looking_changes_nothing(self):
        """But for what stands in WRITTEN_ON_SIGHT."""
        wrong = []
        for person in TEAM:
            client = self.client_of(person)
            for row in OF_A_CASE:
                for method in ("GET", "HEAD"):
                    with undone(), written() as tables:
                        ask(client, method, url_of(row, self.ours)).getvalue()
                    if set(tables) - WRITTEN_ON_SIGHT:
                        wrong.append((person, row.name, method, tables))
        assert wrong == []
