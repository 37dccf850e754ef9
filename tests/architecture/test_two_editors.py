"""Two people at once: whoever saves what the other changed meanwhile gets 409 with both versions, and nothing is lost.

Every address that takes a form stands here once, so that a form that saves an existing thing cannot be added without.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db.models import F, Model
from django.test import Client

from caseapp.accounts.models import Office, User
from caseapp.cases.models import Case, CaseMember, CaseTask, Document, EventSince, Statement
from caseapp.library.models import Capture, Excerpt, Publisher, Source, Theme
from caseapp.packets.models import Exhibit, FilingDetails, Packet
from tests.architecture.test_every_url import BY_NAME, ROWS, address, undone, world  # noqa: F401 (a fixture)


@dataclass(frozen=True)
class Saves:
    """A form that saves over something: the `field` of `model` that somebody else gives `theirs` after the page was
    made, what is typed there then, and what the answer must show of both."""

    model: type[Model]
    field: str
    theirs: Any = "Theirs."
    mine: Any = "Mine."
    shown: tuple[str, str] = ("Theirs.", "Mine.")
    key: str = ""
    has_version: bool = True
    person: str = "lawyer"
    typed: dict[str, str] | None = None


def seen(model: type[Model], field: str, *values: Any, **more: Any) -> Saves:
    """Of something that has no version: the page sends back what it showed."""
    theirs, mine, shown = values
    return Saves(model, field, theirs, mine, shown, has_version=False, **more)


SAVES = {
    "case_edit": Saves(Case, "court"),
    "document_edit": Saves(Document, "title"),
    "statement_edit": Saves(Statement, "text"),
    "event_since_edit": Saves(EventSince, "words", key="since"),
    "task_edit": Saves(CaseTask, "words"),
    "packet_edit": Saves(Packet, "title"),
    "filing_edit": Saves(FilingDetails, "served_means", key="packet"),
    "source_edit": Saves(Source, "title"),
    "theme_edit": Saves(Theme, "definition"),
    "excerpt_edit": Saves(Excerpt, "note"),
    "publisher_edit": Saves(Publisher, "who"),
    "exhibit_edit": seen(Exhibit, "context_pages", 3, "2", (">3<", ">2<"), typed={"include": "cited"}),
    "member_part": seen(CaseMember, "part", "viewer", "editor", (">Looks<", ">Works on it<"), key="member"),
    "person_edit": seen(User, "name", "Theirs.", "Mine.", ("Theirs.", "Mine."), person="administrator"),
    "office_edit": seen(Office, "may_fetch", True, None, (">yes<", ">no<"), person="administrator"),
    "theme_move": seen(Theme, "parent_id", None, "", (">(at the top)<", "Mine")),
    "source_trim": seen(Capture, "article_start", 1, "2", ("starts", " | "), key="source", typed={"do": "save"}),
}

# Held to the same by tests of their own, for what they save is no field of one thing.
HELD_ELSEWHERE = {
    *("statement_bearings", "statement_divide", "statement_join", "statement_move"),
    *("evidence_why", "evidence_move", "evidence_renew", "evidence_bulk", "evidence_elements"),
    *("case_elements", "theme_elements", "coverage_note", "case_dates", "planning_edit"),
    *("document_move", "document_translation", "source_translation", "exhibit_move", "excerpt_bounds"),
    *("origin_confirm", "origin_dismiss", "origin_reopen", "source_confirm", "excerpt_check"),
}
# Adds something, or does one thing that says itself what it does (removes, retries, answers, decides, builds): nobody
# typed anything over what stands.
ADDS_OR_ACTS = (
    *("_add", "_remove", "_retry", "_skip", "_begin", "_save", "_files", "_rows", "_carry", "_keep", "_reopen"),
    *("_deactivate", "_reactivate", "_link", "_logout", "_login", "_answer", "_accept", "_choose", "_leave", "_merge"),
    *("_cancel", "_request", "_file", "_unfile", "_waive", "_withdraw", "_unapprove", "_apply", "_renew", "_example"),
    *("_rules", "_row", "_reading", "_team", "_tag", "_change", "_words", "_all", "_password", "_key", "_language"),
    *("_certificate", "_stop"),
    *(
        "_exact",
        "_reauthenticate",
        "_totp",
        "_webauthn",
        "_authenticate",
        "_codes",
        "_reset",
        "_out",
        "_end",
        "_others",
    ),
    *(
        "_leaves",
        "_close",
        "_hold",
        "_release",
        "_break",
        "_see",
        "_shut",
        "_comment_edit",
        "_tasks",
        "_seen",
        "_done",
        "_archive",
        "_erase",
        "_last",
    ),
    "still_here",
)


class _Form(HTMLParser):
    """What a browser would send of the form that holds a field, with nothing touched."""

    def __init__(self, words: str, field: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = self._area = ""
        self.feed(words)
        self.values = next((form for form in self.forms if field in form), {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif self.forms and tag == "input" and name and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio"):
                self.forms[-1][name] = given.get("value", "")
            elif "checked" in given:
                self.forms[-1][name] = given.get("value", "on")
        elif self.forms and tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif self.forms and tag == "select":
            self._select = name
        elif self._select and tag == "option":
            # A browser sends the first one where none is selected.
            self.forms[-1].setdefault(self._select, given.get("value", ""))
            if "selected" in given:
                self.forms[-1][self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][self._area] += data.removeprefix("\n")


def found(saves: Saves, name: str, world: dict[str, Any]) -> Any:  # noqa: F811
    if saves.model is Office:
        return Office.objects.get_or_create(pk=Office.ONLY)[0]
    if saves.model is Capture:
        return Source.objects.get(pk=world["source"]).capture
    if saves.model is FilingDetails:
        return FilingDetails.objects.get_or_create(packet_id=world["packet"])[0]
    return saves.model._default_manager.get(pk=world[saves.key or BY_NAME[name].arguments[-1]])


def both(client: Client, name: str, saves: Saves, world: dict[str, Any]) -> list[str]:  # noqa: F811
    """What is wrong, if anything, where two people save the form."""
    thing, url, field = found(saves, name, world), address(BY_NAME[name], world), saves.field.removesuffix("_id")
    rows = saves.model._default_manager.filter(pk=thing.pk)
    typed_in = {"article_start": "start"}.get(field, field)
    if name == "theme_move":
        rows.update(parent=Theme.objects.create(name="Mine", slug="mine"))
    values = _Form(client.get(url).content.decode(), "seen" if not saves.has_version else "version").values
    values |= {typed_in: saves.mine} | (saves.typed or {})
    if name == "theme_move":
        values["parent"] = str(Theme.objects.get(slug="mine").pk)
    values = {key: value for key, value in values.items() if value is not None}
    rows.update(**{saves.field: saves.theirs}, **({"version": F("version") + 1} if saves.has_version else {}))
    answer = client.post(url, values)
    words = answer.content.decode()
    wrong = [] if answer.status_code == 409 else [f"answered {answer.status_code}"]
    wrong += [f"does not show {one}" for one in saves.shown if one not in words]
    wrong += [] if rows.values_list(saves.field, flat=True).get() == saves.theirs else ["overwrote theirs"]
    return wrong


@pytest.mark.django_db
def test_nobody_overwrites_what_somebody_else_saved_meanwhile(world, request, as_person):  # noqa: F811
    wrong = {}
    for name, saves in SAVES.items():
        client = as_person(request.getfixturevalue(saves.person))
        with undone():
            if said := both(client, name, saves, world):
                wrong[name] = said
    assert wrong == {}


def test_every_form_that_saves_is_held_to_it():
    takes_forms = {row.name for row in ROWS if any(post != 405 for _get, post in row.statuses.values())}
    assert set(SAVES) | HELD_ELSEWHERE <= takes_forms
    unknown = {name for name in takes_forms - set(SAVES) - HELD_ELSEWHERE if not name.endswith(ADDS_OR_ACTS)}
    assert unknown == set(), "say here how two people are kept from overwriting each other"
