"""Every address of the program, asked for by everybody: an address that is not in this table fails the test.

A case and all that hangs on it must look to a stranger exactly like something that does not exist.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.files import files_of
from caseapp.cases.models import Case, CaseComment, CaseTask, Document, EventSince, Glass, Statement
from caseapp.cases.services.translations import add_document_certificate, save_document_translation
from caseapp.core import storage
from caseapp.library.models import (
    Excerpt,
    Import,
    Link,
    LinkKind,
    Manner,
    Method,
    Publisher,
    Recheck,
    SavedSearch,
    Source,
    Theme,
)
from caseapp.library.models.suggestion import Suggestion, ThemeRule
from caseapp.library.services.translations import (
    TranslationDetails,
    TranslationFile,
    add_certificate,
    save_translation,
)
from caseapp.library.services.undoing import remember
from caseapp.packets.models import Build, BuildStatus, Volume, Waiver
from tests.cases.making import children_asked_once, make_document
from tests.intake import hostile
from tests.packets.making import make_build, make_filing
from tests.passkeys import Passkey

# What needs no sign-in. Static files are answered before any address is looked at.
OPEN = {
    "account_login",
    "account_reset_password_from_key",
    "choose_language",
    "health",
    "mfa_authenticate",
    "mfa_login_webauthn",
}

# name · what stands in the address · GET/POST (of an empty form) as caseworker, lawyer, administrator, stranger
TABLE = """
health                          -             200/405  200/405  200/405  200/405
account_login                   -             302/302  302/302  302/302  302/302
account_logout                  -             200/302  200/302  200/302  200/302
account_reauthenticate          -             200/200  200/200  200/200  200/200
mfa_login_webauthn              -             302/302  302/302  302/302  302/302
mfa_authenticate                -             302/302  302/302  302/302  302/302
mfa_reauthenticate              -             200/200  200/200  200/200  200/200
mfa_reauthenticate_webauthn     -             302/302  200/200  302/302  302/302
account_security                -             200/405  200/405  200/405  200/405
session_end                     session       405/404  405/302  405/404  405/404
sessions_end_others             -             405/302  405/302  405/302  405/302
still_here                      -             405/204  405/204  405/204  405/204
second_factor_needed            -             302/405  302/405  302/405  302/405
mfa_activate_totp               -             302/302  302/302  302/302  302/302
mfa_deactivate_totp             -             200/302  200/302  200/302  200/302
mfa_add_webauthn                -             200/200  200/200  200/200  200/200
mfa_edit_webauthn               passkey       404/404  200/200  404/404  404/404
mfa_remove_webauthn             passkey       404/404  200/302  404/404  404/404
recovery_codes                  -             200/200  200/200  200/200  200/200
account_change_password         -             200/200  200/200  200/200  200/200
account_reset_password_from_key uid+key       200/200  200/200  200/200  200/200
choose_language                 -             405/302  405/302  405/302  405/302
person_list                     -             403/405  403/405  200/405  403/405
person_add                      -             403/403  403/403  200/422  403/403
person_edit                     person        403/403  403/403  200/422  403/403
person_deactivate               person        403/403  403/403  200/302  403/403
person_reactivate               person        405/403  405/403  405/302  405/403
person_link                     person        405/403  405/403  405/200  405/403
person_sign_out                 person        405/403  405/403  405/302  405/403
person_factors_reset            person        403/403  403/403  200/302  403/403
office_edit                     -             403/403  403/403  200/422  403/403
source_list                     -             200/405  200/405  403/405  200/405
facet_show                      facet         200/405  200/405  403/405  200/405
library_export                  -             200/405  200/405  403/405  200/405
library_export_file             export        200/405  200/405  403/405  200/405
source_add                      -             200/422  200/422  403/403  200/422
source_details                  source        200/405  200/405  403/405  200/405
source_edit                     source        200/422  200/422  403/403  200/422
source_confirm                  source        405/302  405/302  405/403  405/302
source_trim                     source        200/200  200/200  403/403  200/200
source_original                 source        200/405  200/405  403/405  200/405
origin_list                     -             200/405  200/405  403/405  200/405
origin_pair                     link          200/405  200/405  403/405  200/405
origin_confirm                  link          405/422  405/422  405/403  405/422
origin_dismiss                  link          405/409  405/409  405/403  405/409
origin_reopen                   link          405/409  405/409  405/403  405/409
origin_place                    passage+source 302/405 302/405  403/405  302/405
origin_state                    source        200/405  200/405  403/405  200/405
origin_choose                   source        405/302  405/302  405/403  405/302
origin_leave                    source        200/302  200/302  403/403  200/302
source_translation              source        200/422  200/422  403/403  200/422
source_translation_remove       source        405/302  405/302  405/403  405/302
source_certificate              source        200/422  200/422  403/403  200/422
source_certificate_withdraw     source        405/302  405/302  405/403  405/302
source_certificate_original     source+page   200/405  200/405  403/405  200/405
import_list                     -             200/405  200/405  403/405  200/405
import_add                      -             405/422  405/422  405/403  405/422
import_show                     import        200/405  200/405  403/405  200/405
import_rows                     import        286/405  286/405  403/405  286/405
import_files                    import        405/302  405/302  405/403  405/302
import_begin                    import        405/302  405/302  405/403  405/302
import_stop                     import        405/302  405/302  405/403  405/302
import_failures                 import        200/405  200/405  403/405  200/405
import_save                     import        405/302  405/302  405/403  405/302
import_row                      row           200/422  200/422  403/403  200/422
import_row_progress             row           286/405  286/405  403/405  286/405
import_row_retry                row           405/302  405/302  405/403  405/302
import_row_skip                 row           405/302  405/302  405/403  405/302
version_add                     source        200/422  200/422  403/403  200/422
version_progress                source        286/405  286/405  403/405  286/405
version_compare                 source        200/405  200/405  403/405  200/405
recheck_list                    -             200/405  200/405  403/405  200/405
recheck_carry                   recheck       405/302  405/302  405/403  405/302
recheck_words                   recheck       200/422  200/422  403/403  200/422
recheck_keep                    recheck       200/422  200/422  403/403  200/422
recheck_reopen                  recheck       405/302  405/302  405/403  405/302
recheck_exact                   source        405/302  405/302  405/403  405/302
theme_list                      -             200/405  200/405  403/405  200/405
theme_add                       -             200/422  200/422  403/403  200/422
theme_codebook                  -             200/405  200/405  403/405  200/405
theme_begin                     -             405/422  405/422  405/403  405/422
theme_options                   -             200/405  200/405  403/405  200/405
theme_show                      theme         200/405  200/405  403/405  200/405
theme_edit                      theme         200/422  200/422  403/403  200/422
theme_move                      theme         200/302  200/302  403/403  200/302
theme_merge                     theme         200/200  200/200  403/403  200/200
theme_remove                    theme         200/302  200/302  403/403  200/302
theme_rules                     theme         200/422  200/422  403/403  200/422
theme_rule_remove               rule          405/302  405/302  405/403  405/302
theme_example                   theme         405/302  405/302  405/403  405/302
suggestion_queue                -             200/405  200/405  403/405  200/405
suggestion_answer               -             405/302  405/302  405/403  405/302
suggestion_accept               -             405/302  405/302  405/403  405/302
suggestion_quality              -             200/405  200/405  403/405  200/405
suggestion_reopen               suggestion    405/302  405/302  405/403  405/302
source_suggestions              source        200/405  200/405  403/405  200/405
excerpt_suggest                 source        200/405  200/405  403/405  200/405
source_read                     source        200/405  200/405  403/405  200/405
source_reading                  source        405/302  405/302  405/403  405/302
source_piece                    report+piece  200/405  200/405  403/405  200/405
source_page                     report+page   200/405  200/405  403/405  200/405
source_page_picture             report+page   200/405  200/405  403/405  200/405
excerpt_add                     source        200/422  200/422  403/403  200/422
excerpt_list                    -             200/405  200/405  403/405  200/405
excerpts_tag                    -             302/302  302/302  403/403  302/302
sources_change                  -             302/302  302/302  403/403  302/302
saved_search_add                -             200/422  200/422  403/403  200/422
saved_search_renew              search        405/302  405/404  405/403  405/404
saved_search_remove             search        200/302  404/404  403/403  404/404
excerpt_edit                    excerpt       200/422  200/422  403/403  200/422
excerpt_bounds                  excerpt       200/200  200/200  403/403  200/200
excerpt_remove                  excerpt       200/302  200/302  403/403  200/302
excerpt_unapprove               excerpt       405/403  405/302  405/403  405/302
undo_list                       -             200/405  200/405  403/405  200/405
undo_last                       source        405/302  405/302  405/403  405/302
undo_apply                      undo          200/302  404/404  403/403  404/404
publisher_list                  -             200/405  200/405  403/405  200/405
publisher_add                   -             200/422  200/422  403/403  200/422
publisher_show                  publisher     200/405  200/405  403/405  200/405
publisher_edit                  publisher     200/422  200/422  403/403  200/422
publisher_merge                 publisher     200/422  200/422  403/403  200/422
vetting_queue                   queue         200/405  200/405  403/405  200/405
excerpt_show                    excerpt       200/405  200/405  403/405  200/405
excerpt_check                   excerpt       200/422  200/422  403/403  200/422
comment_add                     excerpt       405/302  405/302  405/403  405/302
comment_remove                  comment       405/302  405/302  405/403  405/302
case_list                       -             200/405  200/405  200/405  200/405
case_add                        -             200/422  200/422  403/403  200/422
case_show                       case          200/405  200/405  404/405  404/405
case_edit                       case          200/422  200/422  404/404  404/404
case_history                    case          200/405  200/405  404/405  404/405
case_visits                     case          403/405  200/405  404/405  404/405
case_team                       case          200/422  200/422  404/404  404/404
cases_due                       -             403/405  200/405  200/405  200/405
glass_break                     -             403/403  403/403  200/422  403/403
glass_shut                      glass         405/404  405/302  405/404  405/404
glass_see                       glass         405/403  405/302  405/404  405/404
case_closing                    case          200/405  200/405  404/405  404/405
case_close                      case          405/403  405/422  405/404  405/404
case_reopen                     case          405/403  405/302  405/404  405/404
case_hold                       case          405/403  405/422  405/404  405/404
case_archive                    case          405/403  405/200  405/404  405/404
case_erase                      case          403/403  200/422  404/404  404/404
case_release                    case          405/403  405/302  405/404  405/404
member_part                     case+member   200/422  200/422  404/404  404/404
member_remove                   case+member   200/302  200/302  404/404  404/404
theme_elements                  -             200/403  200/200  403/403  200/200
case_elements                   case          200/200  200/200  404/404  404/404
coverage_summary                case          200/405  200/405  404/405  404/405
coverage_passages               case+element  200/405  200/405  404/405  404/405
coverage_note                   case+element  403/403  200/302  404/404  404/404
evidence_elements               case+evidence 200/302  200/302  404/404  404/404
case_evidence                   case          200/405  200/405  404/405  404/405
evidence_add                    case          200/422  200/422  404/404  404/404
evidence_bulk                   case          405/422  405/422  405/404  405/404
evidence_renew                  case+evidence 200/409  200/409  404/404  404/404
event_since_add                 case          200/422  200/422  404/404  404/404
event_since_edit                since         200/422  200/422  404/404  404/404
event_since_remove              since         200/302  200/302  404/404  404/404
evidence_move                   case          405/409  405/409  405/404  405/404
evidence_why                    case+evidence 200/409  200/409  404/404  404/404
evidence_remove                 case+evidence 200/302  200/302  404/404  404/404
case_documents                  case          200/405  200/405  404/405  404/405
document_add                    case          200/422  200/422  404/404  404/404
document_states                 case          286/405  286/405  404/405  404/405
document_move                   case          405/409  405/409  405/404  405/404
refused_remove                  case          405/409  405/409  405/404  405/404
document_show                   document      200/405  200/405  404/405  404/405
document_progress               document      286/405  286/405  404/405  404/405
document_edit                   document      200/422  200/422  404/404  404/404
document_answer                 document      405/302  405/302  405/404  405/404
document_renew                  document      200/422  200/422  404/404  404/404
document_retry                  document      405/302  405/302  405/404  405/404
document_remove                 document      200/302  200/302  404/404  404/404
document_original               document      200/405  200/405  404/405  404/405
document_page                   document+page 200/405  200/405  404/405  404/405
case_statements                 case          200/405  200/405  404/405  404/405
statement_add                   case          200/422  200/422  404/404  404/404
statement_move                  case          405/409  405/409  405/404  405/404
statement_edit                  statement     200/422  200/422  404/404  404/404
statement_bearings              statement     200/409  200/409  404/404  404/404
statement_divide                statement     200/422  200/422  404/404  404/404
statement_join                  statement     200/422  200/422  404/404  404/404
statement_remove                statement     200/302  200/302  404/404  404/404
record_show                     -             403/405  403/405  200/405  403/405
record_file                     record        403/405  403/405  200/405  403/405
home                            -             200/405  200/405  200/405  200/405
calendar_all                    -             200/405  200/405  403/405  200/405
planning_edit                   -             403/403  200/422  403/403  200/422
case_dates                      case          200/409  200/409  404/404  404/404
case_calendar                   case          200/405  200/405  404/405  404/405
case_tasks                      case          200/422  200/422  404/404  404/404
task_edit                       task          200/422  200/422  404/404  404/404
task_done                       task          405/302  405/302  405/404  405/404
task_reopen                     task          405/302  405/302  405/404  405/404
task_remove                     task          200/302  200/302  404/404  404/404
case_comment_add                case          405/422  405/422  405/404  405/404
case_comment_edit               said          200/422  403/403  404/404  404/404
case_comment_remove             said          405/302  405/403  405/404  405/404
mention_seen                    mention       405/404  405/302  405/404  405/404
case_packets                    case          200/405  200/405  404/405  404/405
packet_add                      case          200/422  200/422  404/404  404/404
packet_show                     packet        200/405  200/405  404/405  404/405
packet_edit                     packet        200/422  200/422  404/404  404/404
filing_edit                     packet        200/422  200/422  404/404  404/404
packet_waive                    packet        403/403  200/422  404/404  404/404
waiver_withdraw                 waiver        405/403  405/302  405/404  405/404
document_translation            document      200/422  200/422  404/404  404/404
document_translation_remove     document      405/302  405/302  405/404  405/404
document_certificate            document      200/422  200/422  404/404  404/404
document_certificate_withdraw   document      405/302  405/302  405/404  405/404
document_certificate_original   document+page 200/405  200/405  404/405  404/405
index_download                  build         403/405  200/405  404/405  404/405
exhibit_add                     packet        200/422  200/422  404/404  404/404
exhibit_move                    packet        405/409  405/409  405/404  405/404
exhibit_edit                    exhibit       200/422  200/422  404/404  404/404
exhibit_renew                   exhibit       405/302  405/302  405/404  405/404
exhibit_remove                  exhibit       405/302  405/302  405/404  405/404
build_request                   packet        405/403  405/302  405/404  405/404
build_show                      build         200/405  200/405  404/405  404/405
build_progress                  build         286/405  286/405  404/405  404/405
build_cancel                    build         405/403  405/302  405/404  405/404
build_leaves                    build         200/403  200/422  404/404  404/404
build_pages                     build         403/405  200/405  404/405  404/405
volume_page                     volume+page   403/405  200/405  404/405  404/405
build_file                      build         405/403  405/302  405/404  405/404
build_unfile                    build         405/403  405/302  405/404  405/404
manifest_download               build         403/405  200/405  404/405  404/405
volume_download                 volume        403/405  200/405  404/405  404/405
"""


# What can stand in an address and belongs to one case: `things_of_a_case` makes one of each.
KINDS_OF_A_CASE = {
    *("case", "member", "evidence", "document", "statement", "packet", "exhibit", "waiver", "build", "volume", "glass"),
    *("task", "said", "mention", "since"),
}


# What stands in an address and is no id of a row.
NAMED = {
    "page": 1, "piece": 0, "element": "us-nexus", "export": "passages.csv", "facet": "country", "queue": "to-check",
    "record": "record.csv", "uid": "1", "key": "no-such-key",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    name: str
    arguments: tuple[str, ...]
    statuses: dict[str, tuple[int, int]]

    @property
    def is_of_a_case(self) -> bool:
        return bool(KINDS_OF_A_CASE & set(self.arguments))


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


def _waiting_recheck() -> Recheck:
    excerpt = Excerpt.objects.first()
    return excerpt.rechecks.create(capture=excerpt.capture, standing="lost", made_at=timezone.now())


@children_asked_once()
def things_of_a_case(*team: User, reference: str = "SV-2027-014") -> dict[str, Any]:
    """A case of this team, and one of everything that an address can hold and that belongs to it."""
    packet = make_filing(team=team, reference=reference)
    case = packet.case
    files = files_of(case.pk)
    stored = files.put_bytes(hostile.plain(1)).sha256
    published = files.put_bytes(b'{"parts": [], "volumes": []}').sha256
    manifest = files.put_bytes(b'{"exhibits": [], "cover": {"fields": []}, "filing": {}}').sha256
    build = make_build(packet=packet, parts=1)
    Build.objects.filter(pk=build.pk).update(
        status=BuildStatus.READY,
        manifest_sha256=manifest,
        published_sha256=published,
        index_sha256=stored,
        finished_at=timezone.now(),
        looked_at=timezone.now(),
        looked_by=team[0],
    )
    volume = Volume.objects.create(build=build, file_name="Country_SV.pdf", sha256=stored, size=15, pages=1)
    document = make_document(case, b"I left in spring.")
    translation = TranslationDetails(language="es", text="Me fui.")
    save_document_translation(by=team[0], document=document, details=translation, file=None, version=0)
    signed = TranslationFile("signed.txt", b"I certify.")
    add_document_certificate(by=team[0], document=document, file=signed, now=timezone.now())
    said = CaseComment.objects.create(case=case, words="@Lena, look at this.", written_by=team[0])
    waiver = Waiver.objects.create(packet=packet, finding="packet.late", sentence="It is late.", reason="A reason.")
    return {
        "case": case.pk,
        "member": case.members.get(user=team[0]).pk,
        "evidence": case.evidence.earliest("pk").pk,
        "document": document.pk,
        "statement": Statement.objects.create(case=case, position=1, text="I left in spring.").pk,
        "task": CaseTask.objects.create(case=case, words="Ask for the report.").pk,
        "said": said.pk,
        "mention": said.mentions.create(user=team[-1]).pk,
        "since": EventSince.objects.create(case=case, happened_on="2026", words="It ended.").pk,
        "packet": packet.pk,
        "exhibit": packet.exhibits.earliest("pk").pk,
        "waiver": waiver.pk,
        "build": build.pk,
        "volume": volume.pk,
        "glass": look(packet.case, team[-1]).pk,
    }


def look(case: Case, user: User) -> Glass:
    """Somebody looked into the case yesterday."""
    yesterday = timezone.now() - dt.timedelta(days=1)
    return Glass.objects.create(
        case=case, user=user, reason="Nobody of the team could be reached.", opened_at=yesterday
    )


@pytest.fixture
@children_asked_once()
def world(caseworker, lawyer, administrator, stranger) -> dict[str, Any]:
    """One of everything that an address can hold; caseworker and lawyer are on the team."""
    things = things_of_a_case(caseworker, lawyer)
    document = Document.objects.get(pk=things["document"])
    stored = storage.put_bytes(b"%PDF-1.7 sample").sha256
    pages = storage.put_bytes(files_of(document.case_id).read_bytes(document.clean_sha256))
    report = Source.objects.create(title="A report")
    report.captures.create(
        method=Method.UPLOADED,
        original_sha256=stored,
        original_size=15,
        media_type="application/pdf",
        text="I left in spring.",
        text_sha256=stored,
        clean_sha256=pages.sha256,
        pages=[[0, 17, ""]],
        article_end=17,
    )
    translated = Source.objects.earliest("pk").capture
    words = TranslationDetails(language="es", text="Me fui.")
    save_translation(by=caseworker, capture=translated, details=words, file=None, version=0)
    signed = TranslationFile("signed.txt", b"I certify.")
    add_certificate(by=caseworker, capture=translated, file=signed, now=timezone.now())
    batch = Import.objects.create(name="a.txt", started_at=timezone.now())
    asking = batch.rows.create(position=1, kind="file", name="a.txt", original_sha256=stored, status="asking")
    link = linked(Source.objects.earliest("pk"), report)
    return (
        things
        | NAMED
        | {
            "import": batch.pk,
            "row": asking.pk,
            "link": link.pk,
            "passage": link.passages.get().pk,
            "source": Source.objects.earliest("pk").pk,
            "report": report.pk,
            "excerpt": Excerpt.objects.first().pk,
            "undo": remember(
                by=caseworker,
                kind="excerpt.added",
                payload={"excerpt": 0, "version": 1},
                label="I left",
                now=timezone.now(),
            ).pk,
            "comment": Excerpt.objects.first()
            .comments.create(words="Whose words are these?", written_by=caseworker)
            .pk,
            "search": SavedSearch.objects.create(name="Gangs", address="q=gang", owner=caseworker).pk,
            "publisher": Publisher.objects.create(name="Sample Herald").pk,
            "recheck": _waiting_recheck().pk,
            "theme": Theme.objects.get(slug="weapon-rules").pk,
            "rule": ThemeRule.objects.create(theme=Theme.objects.get(slug="weapon-rules"), text="rifle").pk,
            "suggestion": Suggestion.objects.create(
                capture=report.captures.get(), start=0, end=6, theme=Theme.objects.first(), answer="refused"
            ).pk,
            "person": stranger.pk,
            "session": UserSession.objects.create(user=lawyer, session_key="elsewhere", ip="192.0.2.1").pk,
            "passkey": Passkey().of(lawyer).pk,
        }
    )


def linked(one: Source, other: Source) -> Link:
    """Two sources that probably tell one report."""
    link = Link.objects.create(
        one=one,
        other=other,
        one_capture=one.capture,
        other_capture=other.capture,
        kind=LinkKind.QUOTATION,
        score=60,
        share_one=10,
        share_other=90,
    )
    link.passages.create(one_start=0, one_end=9, other_start=0, other_end=9, words=2, manner=Manner.VERBATIM)
    return link


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
    """What was answered, without what differs between any two requests: the address, form tokens and the number."""
    text = response.content.decode(errors="replace").replace(response.request["PATH_INFO"], "ADDRESS")
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"|class="hash">[0-9a-f]{8}<', "TOKEN", text)


def test_every_address_is_in_the_table():
    named = [pattern.name for pattern in addresses()]
    assert sorted(named) == sorted(BY_NAME), "an address was added or renamed: say here who may have it"
    assert len(ROWS) == len(BY_NAME)


def test_whatever_belongs_to_one_case_is_guarded_as_such():
    """Addresses of cases and packets that hold an id, whatever kind of id it is: the tests below must know of it."""
    for pattern in addresses():
        module = pattern.callback.__module__
        # The record of the office is shown beside cases, and belongs to none.
        of_cases = module.startswith(("caseapp.cases.", "caseapp.packets.")) and not module.endswith(".views.record")
        if of_cases and BY_NAME[pattern.name].arguments:
            assert BY_NAME[pattern.name].is_of_a_case, f"{pattern.name}: say so in KINDS_OF_A_CASE"


def test_few_addresses_are_open():
    assert len(OPEN) <= 6
    assert set(BY_NAME) >= OPEN


def test_nobody_gets_past_the_sign_in(world):
    client, got, expected = Client(raise_request_exception=False), {}, {}
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
    assert set(Event.objects.filter(actor_id=user.pk).values_list("action", flat=True)) <= {Action.DENIED}


def test_whoever_sees_anything_of_a_case_is_on_its_record(world, lawyer, as_person):
    visits = Event.objects.of_case(world["case"]).filter(action=Action.CASE_VIEWED, actor_id=lawyer.pk)
    client = as_person(lawyer)
    for row in OF_A_CASE:
        with undone():
            is_shown = seen(client, address(row, world)).status_code < 300
            assert (row.name, visits.count()) == (row.name, int(is_shown))


# Where a page stands in the top bar. Pages of the person's own account stand nowhere.
PARTS = {
    "source": "Sources",
    "origin": "Sources",
    "excerpt": "Sources",
    "theme": "Themes",
    "suggestion": "Themes",
    "person": "People",
    "record": "People",
    "home": "Home",
    "library": "Sources",
}
PARTS |= dict.fromkeys(
    (
        "case",
        "member",
        "evidence",
        "event",
        "document",
        "statement",
        "packet",
        "filing",
        "exhibit",
        "build",
        "task",
        "planning",
    ),
    "Cases",
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
