"""Every address of the program, asked for by everybody: an address that is not in this table fails the test.

A case and all that hangs on it must look to a stranger exactly like something that does not exist.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import CaseEvidence, Statement
from caseapp.core import storage
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.packets.models import Build, BuildStatus, Volume, Waiver
from tests.cases.making import make_document
from tests.packets.making import make_build, make_filing

# What needs no sign-in. Static files are answered before any address is looked at.
OPEN = {"account_login", "account_reset_password_from_key", "choose_language", "health"}

# name · what stands in the address · GET/POST (of an empty form) as caseworker, lawyer, administrator, stranger
TABLE = """
health                          -             200/405  200/405  200/405  200/405
account_login                   -             302/302  302/302  302/302  302/302
account_logout                  -             200/302  200/302  200/302  200/302
account_change_password         -             200/200  200/200  200/200  200/200
account_reset_password_from_key uid+key       200/200  200/200  200/200  200/200
choose_language                 -             405/302  405/302  405/302  405/302
person_list                     -             403/405  403/405  200/405  403/405
person_add                      -             403/403  403/403  200/422  403/403
person_edit                     person        403/403  403/403  200/422  403/403
person_deactivate               person        403/403  403/403  200/302  403/403
person_reactivate               person        405/403  405/403  405/302  405/403
person_link                     person        405/403  405/403  405/200  405/403
source_list                     -             200/405  200/405  403/405  200/405
source_add                      -             200/422  200/422  403/403  200/422
source_details                  source        200/405  200/405  403/405  200/405
source_edit                     source        200/422  200/422  403/403  200/422
source_trim                     source        200/200  200/200  403/403  200/200
source_original                 source        200/405  200/405  403/405  200/405
source_translation              source        200/422  200/422  403/403  200/422
source_translation_remove       source        405/302  405/302  405/403  405/302
theme_list                      -             200/405  200/405  403/405  200/405
theme_add                       -             200/422  200/422  403/403  200/422
theme_options                   -             200/405  200/405  403/405  200/405
theme_show                      theme         200/405  200/405  403/405  200/405
theme_edit                      theme         200/422  200/422  403/403  200/422
theme_move                      theme         200/302  200/302  403/403  200/302
theme_merge                     theme         200/200  200/200  403/403  200/200
theme_remove                    theme         200/302  200/302  403/403  200/302
source_read                     source        200/405  200/405  403/405  200/405
source_page                     report+page   200/405  200/405  403/405  200/405
source_page_picture             report+page   200/405  200/405  403/405  200/405
excerpt_add                     source        200/422  200/422  403/403  200/422
excerpt_edit                    excerpt       200/422  200/422  403/403  200/422
excerpt_bounds                  excerpt       200/200  200/200  403/403  200/200
excerpt_remove                  excerpt       200/302  200/302  403/403  200/302
excerpt_approve                 excerpt       405/403  405/302  405/403  405/302
excerpt_unapprove               excerpt       405/403  405/302  405/403  405/302
case_list                       -             200/405  200/405  200/405  200/405
case_add                        -             200/422  200/422  403/403  200/422
case_show                       case          200/405  200/405  404/405  404/405
case_edit                       case          200/422  200/422  404/404  404/404
case_history                    case          200/405  200/405  404/405  404/405
case_team                       case          200/422  200/422  404/404  404/404
member_remove                   case+member   200/302  200/302  404/404  404/404
evidence_add                    case          200/422  200/422  404/404  404/404
evidence_move                   case          405/409  405/409  405/404  405/404
evidence_why                    case+evidence 200/409  200/409  404/404  404/404
evidence_remove                 case+evidence 200/302  200/302  404/404  404/404
case_documents                  case          200/405  200/405  404/405  404/405
document_add                    case          200/422  200/422  404/404  404/404
document_states                 case          286/405  286/405  404/405  404/405
document_move                   case          405/409  405/409  405/404  405/404
document_show                   document      200/405  200/405  404/405  404/405
document_progress               document      286/405  286/405  404/405  404/405
document_edit                   document      200/422  200/422  404/404  404/404
document_answer                 document      405/302  405/302  405/404  405/404
document_retry                  document      405/302  405/302  405/404  405/404
document_remove                 document      200/302  200/302  404/404  404/404
document_original               document      200/405  200/405  404/405  404/405
document_page                   document+page 200/405  200/405  404/405  404/405
case_statements                 case          200/405  200/405  404/405  404/405
statement_add                   case          200/422  200/422  404/404  404/404
statement_move                  case          405/409  405/409  405/404  405/404
statement_edit                  statement     200/422  200/422  404/404  404/404
statement_bearings              statement     200/409  200/409  404/404  404/404
statement_remove                statement     200/302  200/302  404/404  404/404
home                            -             200/405  200/405  200/405  200/405
case_packets                    case          200/405  200/405  404/405  404/405
packet_add                      case          200/422  200/422  404/404  404/404
packet_show                     packet        200/405  200/405  404/405  404/405
packet_edit                     packet        200/422  200/422  404/404  404/404
filing_edit                     packet        200/422  200/422  404/404  404/404
packet_waive                    packet        403/403  200/422  404/404  404/404
waiver_withdraw                 waiver        405/403  405/302  405/404  405/404
document_translation            document      200/422  200/422  404/404  404/404
document_translation_remove     document      405/302  405/302  405/404  405/404
index_download                  build         403/405  200/405  404/405  404/405
exhibit_add                     packet        200/422  200/422  404/404  404/404
exhibit_move                    packet        405/409  405/409  405/404  405/404
exhibit_edit                    exhibit       200/422  200/422  404/404  404/404
exhibit_remove                  exhibit       405/302  405/302  405/404  405/404
build_request                   packet        405/403  405/302  405/404  405/404
build_show                      build         200/405  200/405  404/405  404/405
build_progress                  build         286/405  286/405  404/405  404/405
build_cancel                    build         405/403  405/302  405/404  405/404
build_file                      build         405/403  405/302  405/404  405/404
build_unfile                    build         405/403  405/302  405/404  405/404
manifest_download               build         403/405  200/405  404/405  404/405
volume_download                 volume        403/405  200/405  404/405  404/405
"""


@dataclass(frozen=True)
class Row:
    name: str
    arguments: tuple[str, ...]
    statuses: dict[str, tuple[int, int]]

    @property
    def is_of_a_case(self) -> bool:
        kinds = {"case", "packet", "build", "volume", "exhibit", "waiver", "document", "statement"}
        return bool(kinds & set(self.arguments))


PEOPLE = ("caseworker", "lawyer", "administrator", "stranger")


def rows() -> Iterator[Row]:
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        name, arguments, *columns = line.split()
        pairs = [tuple(int(status) for status in column.split("/")) for column in columns]
        yield Row(name, tuple(arguments.split("+")) if arguments != "-" else (), dict(zip(PEOPLE, pairs, strict=True)))


ROWS = list(rows())
BY_NAME = {row.name: row for row in ROWS}
OF_A_CASE = [row for row in ROWS if row.is_of_a_case]


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


@pytest.fixture
def world(caseworker, lawyer, administrator, stranger) -> dict[str, Any]:
    """One of everything that an address can hold; caseworker and lawyer are on the team."""
    packet = make_filing(team=[caseworker, lawyer])
    stored = storage.put_bytes(b"%PDF-1.7 sample").sha256
    build = make_build(packet=packet, parts=1)
    Build.objects.filter(pk=build.pk).update(
        status=BuildStatus.READY, published_sha256=stored, index_sha256=stored, finished_at=timezone.now()
    )
    volume = Volume.objects.create(build=build, file_name="Country_SV.pdf", sha256=stored, size=15, pages=1)
    waiver = Waiver.objects.create(packet=packet, finding="packet.late", sentence="It is late.", reason="A reason.")
    document = make_document(packet.case, b"I left in spring.")
    report = Source.objects.create(title="A report")
    report.captures.create(
        method=Method.UPLOADED,
        original_sha256=stored,
        original_size=15,
        media_type="application/pdf",
        text="I left in spring.",
        text_sha256=stored,
        clean_sha256=document.clean_sha256,
        pages=[[0, 17, ""]],
        article_end=17,
    )
    return {
        "waiver": waiver.pk,
        "case": packet.case_id,
        "packet": packet.pk,
        "build": build.pk,
        "volume": volume.pk,
        "exhibit": packet.exhibits.first().pk,
        "member": packet.case.members.get(user=caseworker).pk,
        "document": document.pk,
        "page": 1,
        "statement": Statement.objects.create(case=packet.case, position=1, text="I left in spring.").pk,
        "evidence": CaseEvidence.objects.first().pk,
        "source": Source.objects.earliest("pk").pk,
        "report": report.pk,
        "excerpt": Excerpt.objects.first().pk,
        "theme": Theme.objects.get(slug="weapon-rules").pk,
        "person": stranger.pk,
        "uid": "1",
        "key": "no-such-key",
    }


def address(row: Row, world: dict[str, Any]) -> str:
    return reverse(row.name, args=[world[argument] for argument in row.arguments])


def missing(row: Row, world: dict[str, Any]) -> str:
    """The same kind of address with ids that nobody has."""
    ids = [uuid.uuid4() if isinstance(world[name], uuid.UUID) else 10**9 for name in row.arguments]
    return reverse(row.name, args=ids)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is changed inside did not happen, so that every address meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(client: Client, url: str) -> tuple[HttpResponse, HttpResponse]:
    """What GET gets, and a form that was sent with nothing filled in."""
    shown = seen(client, url)
    with undone():
        return shown, client.post(url, {"sent": "empty"})


def seen(client: Client, url: str) -> HttpResponse:
    response = client.get(url)
    response.words = response.getvalue().decode(errors="replace")
    return response


def body(response: HttpResponse) -> str:
    """What was answered, without what differs between any two requests: the address itself and the form tokens."""
    text = response.content.decode(errors="replace").replace(response.request["PATH_INFO"], "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "TOKEN", text)


def test_every_address_is_in_the_table():
    named = [pattern.name for pattern in addresses()]
    assert sorted(named) == sorted(BY_NAME), "an address was added or renamed: say here who may have it"
    assert len(ROWS) == len(BY_NAME)


def test_few_addresses_are_open():
    assert len(OPEN) <= 6
    assert set(BY_NAME) >= OPEN


def test_nobody_gets_past_the_sign_in(world):
    client, got, expected = Client(), {}, {}
    for row in ROWS:
        url = address(row, world)
        if row.name not in OPEN:
            got[row.name] = [(answer.status_code, answer.headers.get("Location")) for answer in answers(client, url)]
            expected[row.name] = [(302, f"{reverse('account_login')}?next={url}")] * 2
    assert got == expected


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_table_says(person, world, request, as_person):
    user, got = request.getfixturevalue(person), {}
    for row in ROWS:
        with undone():
            both = answers(as_person(user), address(row, world))
        got[row.name] = tuple(answer.status_code for answer in both)
    assert got == {row.name: row.statuses[person] for row in ROWS}


@pytest.mark.parametrize("person", ["stranger", "administrator"])
def test_to_a_stranger_a_case_looks_like_nothing(person, world, request, as_person):
    user = request.getfixturevalue(person)
    client = as_person(user)
    for row in OF_A_CASE:
        foreign, absent = answers(client, address(row, world)), answers(client, missing(row, world))
        assert [(one.status_code, body(one)) for one in foreign] == [(one.status_code, body(one)) for one in absent]
        assert {one.status_code for one in foreign} <= {404, 405}
    assert not Event.objects.filter(actor_id=user.pk).exists()


def test_whoever_sees_anything_of_a_case_is_on_its_record(world, lawyer, as_person):
    visits = Event.objects.of_case(world["case"]).filter(action=Action.CASE_VIEWED, actor_id=lawyer.pk)
    client = as_person(lawyer)
    for row in OF_A_CASE:
        with undone():
            is_shown = seen(client, address(row, world)).status_code < 300
            assert (row.name, visits.count()) == (row.name, int(is_shown))


# Where a page stands in the top bar. Pages of the person's own account stand nowhere.
PARTS = {"source": "Sources", "excerpt": "Sources", "theme": "Themes", "person": "People", "home": "Home"}
PARTS |= dict.fromkeys(
    ("case", "member", "evidence", "document", "statement", "packet", "filing", "exhibit", "build"), "Cases"
)


def test_every_page_is_marked_in_the_top_bar(world, lawyer, administrator, as_person):
    for row in ROWS:
        part = PARTS.get(row.name.split("_")[0])
        user = administrator if part == "People" else lawyer
        shown = seen(as_person(user), address(row, world)) if part else None
        if shown and shown.status_code == 200 and "<nav" in shown.words:
            bar = shown.words.split('class="topbar-nav"')[1].split("</ul>")[0]
            assert (row.name, re.findall(r'aria-current="page">([^<]+)<', bar)) == (row.name, [part])


def test_no_word_of_a_case_reaches_a_stranger(world, stranger, as_person):
    client = as_person(stranger)
    for row in (row for row in ROWS if not row.is_of_a_case):
        words = seen(client, address(row, world)).words
        for canary in ("SV-2027-014", "onfidencial", "Shows that the state does not protect.", str(world["case"])):
            assert canary not in words, row.name
