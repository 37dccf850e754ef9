"""Whatever a case is made of goes along in its folder, or stands here with the reason why it does not."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model

from caseapp.accounts.models import User
from caseapp.cases.models import (
    Bearing,
    Case,
    CaseTask,
    CaseThemeElement,
    CoverageNote,
    Document,
    EventSince,
    Statement,
)
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.translations import (
    add_document_certificate,
    save_document_translation,
    withdraw_document_certificate,
)
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.keeping.versions import add_version
from caseapp.library.models import Capture, Excerpt, Method, Origin, Source, Theme
from caseapp.library.models.translation import CaptureTranslation
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.translations import (
    TranslationDetails,
    TranslationFile,
    add_certificate,
    save_translation,
    withdraw_certificate,
)
from caseapp.packets.casefile import CaseFileRefused
from caseapp.packets.models import FilingDetails, Packet, Waiver
from caseapp.packets.services.exporting import export_case
from caseapp.packets.services.filing import change_filing
from caseapp.packets.services.importing import import_case
from caseapp.packets.services.packets import add_exhibits, start_packet
from tests.cases.making import make_document, photograph

NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)
THEN = dt.datetime(2026, 3, 5, 12, 0, tzinfo=dt.UTC)
DAY = dt.date(2027, 3, 1)

OFFICE = "the office's own, whatever case is in it"
TEAM = "what the people of the office did and said stays with them; how much of it, the export says"
ANEW = "made anew from what goes along"
# Models of which no row goes along.
LEFT_MODELS = {
    "cases.Glass": TEAM,
    "cases.CaseMember": TEAM,
    "cases.CaseComment": TEAM,
    "cases.CaseMention": TEAM,
    "cases.CaseKey": "opens the files where the case is now; the folder holds them open",
    "cases.CoverageSnapshot": ANEW,
    "cases.DocumentPicture": ANEW,
    "cases.Planning": OFFICE,
    "cases.ThemeElement": "where the office says otherwise, the case rules what its themes show",
    "packets.Build": ANEW,
    "packets.BuildPart": ANEW,
    "packets.Volume": ANEW,
    "packets.VolumePicture": ANEW,
    "library.Attribution": ANEW,
    "library.Comparison": ANEW,
    "library.Fingerprint": ANEW,
    "library.Joining": "which decision gave which origin; what came of it goes along as the origin",
    "library.Link": "what was found to tell one report goes along as the origin",
    "library.SharedPassage": ANEW,
    "library.Comment": TEAM,
    "library.Import": OFFICE,
    "library.ImportRow": OFFICE,
    "library.Publisher": OFFICE,
    "library.PublisherName": OFFICE,
    "library.Reading": TEAM,
    "library.Recapture": TEAM,
    "library.Recheck": "looked for anew; of those that wait, the export says how many",
    "library.SavedSearch": TEAM,
    "library.SearchEntry": ANEW,
    "library.Suggestion": TEAM,
    "library.ThemeExample": OFFICE,
    "library.ThemeLearning": ANEW,
    "library.ThemeRule": OFFICE,
    "library.Undo": TEAM,
}
VETTED = "a passage is checked and approved by the office that files it"
ORDER = "the order of the list says it"
WHEN = "when it came into the office that it is in"
LEFT_FIELDS = {
    "*.version": "counts the changes made in one office",
    "*.created_at": WHEN,
    "*.position": ORDER,
    "*.owner": ANEW,
    "*.attempts": ANEW,
    "*.heartbeat_at": ANEW,
    "cases.Case.calendar_uid": "no calendar may take two cases for one",
    "cases.Case.closed_on": "a case that comes in is open",
    "cases.Case.hold_reason": "the office where it is held holds it",
    "cases.Case.held_at": "the office where it is held holds it",
    "cases.CaseEvidence.added_at": WHEN,
    "cases.CaseTask.added_at": WHEN,
    "cases.CaseTask.done_at": "what is done does not go along; how much of it, the export says",
    "cases.Document.answers": "with the names of who gave them, but not their accounts: see test_whole_case",
    "cases.DocumentTranslation.added_at": WHEN,
    "cases.EventSince.added_at": WHEN,
    "cases.Statement.added_at": WHEN,
    "library.Capture.number": ORDER,
    "library.CaptureTranslation.added_at": WHEN,
    "library.Excerpt.checked_at": VETTED,
    "library.Excerpt.is_checked_by_author": VETTED,
    "library.Excerpt.sent_back_at": VETTED,
    "library.Excerpt.approved_at": VETTED,
    "library.Source.newest": ANEW,
    "library.Source.submission": "names a form that was filled in here",
    "packets.Packet.follows": "builds stay behind; the export says what that means for the packet",
    "packets.Packet.numbering": "builds stay behind; the export says what that means for the packet",
}
# Fields that this case need not fill, because they follow from the kind of file that is brought.
DERIVED = {
    "cases.Document.failure",
    "cases.Document.notices",
    "library.Capture.notices",
    "library.Capture.pages",
    "library.Capture.clean_sha256",
    "library.Capture.headings",
}

RESPONSE = {
    "address": "https://example.org/a",
    "final_address": "https://example.org/b",
    "ip": "192.0.2.1",
    "status": 200,
    "headers": [["content-type", "text/plain"], ["x", " y"]],
    "hops": [{"address": "https://example.org/a", "ip": "192.0.2.1", "status": 302}],
    "fetched_at": "2026-03-05T12:00:00+00:00",
    "received_sha256": "0" * 64,
    "received_size": 12,
}


def models() -> Iterator[type[Model]]:
    for name in ("cases", "packets", "library"):
        yield from (model for model in apps.get_app_config(name).get_models() if model._meta.label not in LEFT_MODELS)


def carried(model: type[Model]) -> list[Any]:
    """Its fields that go along. Nobody's account does, and no row keeps its number."""
    fields = [field for field in (*model._meta.fields, *model._meta.many_to_many) if not field.primary_key]
    label = model._meta.label
    return [
        field
        for field in fields
        if field.related_model is not User
        and f"{label}.{field.name}" not in LEFT_FIELDS
        and f"*.{field.name}" not in LEFT_FIELDS
    ]


def said(row: Model, field: Any) -> Any:
    if field.many_to_many:
        return sorted(map(str, getattr(row, field.name).all()))
    value = getattr(row, field.name)
    if field.name == "about":  # names a row
        return value.partition(":")[0]
    return str(value) if isinstance(value, Model) else value


def rows(model: type[Model]) -> list[dict[str, Any]]:
    found = [
        {field.name: said(row, field) for field in carried(model)} for row in model._default_manager.order_by("pk")
    ]
    return sorted(found, key=repr)


def is_empty(field: Any, value: Any) -> bool:
    default = [] if field.many_to_many else field.get_default()
    return value in (None, "", [], {}) or (isinstance(field, Field) and value == default)


@pytest.fixture
def packet(lawyer) -> Packet:
    """A case in which no field that goes along is empty."""
    Theme.objects.exclude(slug="weapon-rules").delete()
    theme = Theme.objects.get()
    below = Theme.objects.create(slug="below", name="Below", parent=theme)
    for one in (theme, below):
        words = {name: f"{name} of {one.slug}" for name in ("definition", "belongs", "excludes")}
        Theme.objects.filter(pk=one.pk).update(colour="#123456", stale_after_months=7, **words)
    case = open_case(by=lawyer, details=CaseDetails(reference="R-1", client_name="N. N."), team=[])
    days = ("hearing_on", "ordered_on", "decision_on", "briefing_on", "lodged_on", "other_bundle_on", "other_filing_on")
    steps = {"translations_days": 3, "vetting_days": 4, "frozen_days": 5}
    words = {name: f"the {name}" for name in ("file_number", "court", "judge", "filer")}
    known = {"country": "SV", "forum": "eoir", "hearing_kind": "merits", "registry": "us-tx-west", "is_detained": True}
    Case.objects.filter(pk=case.pk).update(**dict.fromkeys(days, DAY), **steps, **words, **known)
    case.refresh_from_db()
    source = add_source(
        by=lawyer,
        details=SourceDetails(
            title="A report", publisher="P", author="A", published_on="2019-03", url="https://example.org/a",
            language="es", kind="ngo", country="SV", accessed_on=DAY, archive_url="https://example.org/c",
            citation="C", origin_name="O", series="S", edition="2019",
        ),
        original=b"The first line. The second line.", name="first.txt", method=Method.FETCHED, now=NOW,
        captured_at=THEN, guessed=["author"], response=RESPONSE,
    )  # fmt: skip
    capture = source.capture
    Capture.objects.filter(pk=capture.pk).update(article_start=4)
    newer = add_version(by=lawyer, source=source, original=b"The newer line.", name="", method=Method.PASTED, now=NOW)
    translated = TranslationDetails(
        language="en-GB", translator="T", address="Street", telephone="1", qualification="Q", is_certified=True
    )
    file, frames = TranslationFile("translated.png", photograph(frames=3)), frozenset({"picture-frames"})
    save_translation(by=lawyer, capture=capture, details=translated, file=file, version=0, accepted=frames)
    add_certificate(by=lawyer, capture=capture, file=file, now=THEN, accepted=frames)
    add_certificate(by=lawyer, capture=capture, file=TranslationFile("second.txt", b"I certify."), now=THEN)
    withdraw_certificate(by=lawyer, capture=capture, now=NOW)
    typed = TranslationDetails(language="en", text="Typed.")
    save_translation(by=lawyer, capture=newer, details=typed, file=None, version=0)
    first, second = (
        quote_excerpt(
            by=lawyer, capture=of, start=4, end=9, themes=[theme], note="N", translation="Translated", is_adverse=True,
            answer="What we say to it.",
        )
        for of in (capture, newer)
    )  # fmt: skip
    evidence, _other = (
        add_evidence(by=lawyer, case=case, excerpts=[one], why="Why", relevance="What it shows", answer="Met")[0]
        for one in (first, second)
    )
    case.evidence.update(elements=["us-nexus"], is_quoted=False)
    CaseThemeElement.objects.create(case=case, theme=below, element="us-fear", is_on=True)
    older = make_document(case, b"I left.", by=lawyer, title="Older")
    save_document_translation(by=lawyer, document=older, details=typed, file=None, version=0)
    document = make_document(
        case, b"I left in spring.", by=lawyer, author="A", dated_on="2026-03", language="es",
        is_never_electronic=True, is_confidential=True, kind="medical",
    )  # fmt: skip
    save_document_translation(by=lawyer, document=document, details=translated, file=file, version=0, accepted=frames)
    signed = TranslationFile("second.txt", b"I certify it.")
    add_document_certificate(by=lawyer, document=document, file=file, now=THEN, accepted=frames)
    add_document_certificate(by=lawyer, document=document, file=signed, now=THEN)
    withdraw_document_certificate(by=lawyer, document=document, now=NOW)
    Document.objects.filter(pk=document.pk).update(replaces=older, position=older.position)
    statement = Statement.objects.create(
        case=case, document=document, position=1, text="He left.", paragraph="¶ 3", element="us-nexus", said="I left."
    )
    Bearing.objects.create(
        statement=statement, evidence=evidence, relation="contradicts", is_shown=False, answer="It tells of 2012."
    )
    Bearing.objects.create(statement=statement, document=document, relation="context", pages="2")
    CoverageNote.objects.create(case=case, element="us-state", words="Not disputed.", by=lawyer, at=THEN)
    event = EventSince.objects.create(case=case, happened_on="2026-05", words="It ended.", elements=["us-fear"])
    event.themes.set([below])
    packet = start_packet(by=lawyer, case=case, title="All of it", forum="eoir", index_style="statement")
    for about in (f"document:{document.pk}", f"evidence:{evidence.pk}", f"statement:{statement.pk}"):
        CaseTask.objects.create(case=case, words="Ask.", due_on=DAY, about=about)
    CaseTask.objects.create(case=case, words="Build it.", about=f"packet:{packet.pk}", assignee=lawyer)
    add_exhibits(by=lawyer, packet=packet, documents=[document], include="pages", pages_shown="1")
    add_exhibits(by=lawyer, packet=packet, captures=[capture, newer], include="cited", context_pages=1)
    wordy = [field.name for field in carried(FilingDetails) if field.get_internal_type() in ("CharField", "TextField")]
    yes = {field.name: not field.default for field in carried(FilingDetails) if field.name not in {*wordy, "packet"}}
    said_there = {name: f"the {name}" for name in wordy} | {"channel": "paper"} | yes
    change_filing(by=lawyer, packet=packet, version=0, **said_there)
    Waiver.objects.create(
        packet=packet, finding="late", sentence="It is late.", reason="Agreed.", waived_by=lawyer, waived_at=THEN
    )
    return packet


def forget(case: Case) -> None:
    """An office that knows the themes by their names, and nothing else."""
    Packet.objects.all().delete()
    Statement.objects.all().delete()
    Document.objects.exclude(replaces=None).delete()
    Document.objects.all().delete()
    case.delete()
    for model in (Excerpt, CaptureTranslation, Capture, Source, Origin):
        model.objects.all().delete()
    Theme.objects.filter(slug="below").delete()
    Theme.objects.update(definition="Old.", belongs="Old.", excludes="", stale_after_months=None, colour="#ffe08a")


@pytest.mark.django_db
def test_every_field_of_a_case_comes_back(packet, lawyer, tmp_path) -> None:
    before = {model: rows(model) for model in models()}
    never_filled = {
        f"{model._meta.label}.{field.name}"
        for model, found in before.items()
        for field in carried(model)
        if all(is_empty(field, row[field.name]) for row in found)
    }
    assert never_filled - DERIVED == set()
    assert export_case(by=None, case=packet.case, packet=packet, folder=tmp_path / "out") == []

    forget(packet.case)
    import_case(folder=tmp_path / "out", by=lawyer, team=[], now=NOW)

    for model, found in before.items():
        assert (model._meta.label, rows(model)) == (model._meta.label, found)


@pytest.mark.django_db
def test_what_nobody_accepted_about_a_translation_is_asked_with_its_place(packet, lawyer, tmp_path) -> None:
    export_case(by=None, case=packet.case, packet=packet, folder=tmp_path / "out")
    written = tmp_path / "out" / "case.json"
    told = json.loads(written.read_text(encoding="utf-8"))
    place = next(number for number, source in enumerate(told["sources"]) if source["translation"]["file"])
    told["sources"][place]["translation"]["certificates"][0]["accepted"] = []
    written.write_text(json.dumps(told), encoding="utf-8")
    forget(packet.case)
    with pytest.raises(CaseFileRefused) as refused:
        import_case(folder=tmp_path / "out", by=lawyer, team=[], now=NOW)
    (problem,) = refused.value.problems
    assert problem.place == f"sources[{place}].translation.certificates[0].accepted"
    assert problem.sentence.endswith("To keep it as it was read, accept: picture-frames.")


@pytest.mark.django_db
def test_what_stays_behind_is_said(packet, lawyer, tmp_path) -> None:
    case = packet.case
    CaseTask.objects.create(case=case, words="Ask.", done_at=NOW, done_by=lawyer)
    case.comments.create(words="Look at this.", written_by=lawyer)
    start_packet(by=lawyer, case=case, title="Supplement", forum="eoir", index_style="theme")
    assert export_case(by=None, case=case, packet=packet, folder=tmp_path / "out") == [
        "A folder holds one packet. These stay behind; export each into a folder of its own: Supplement.",
        "What the team said and did stays behind: 1 comments, 1 tasks that are done.",
    ]


def test_what_stays_behind_is_still_there() -> None:
    """A reason for what was renamed or removed says nothing any more."""
    every = [model for name in ("cases", "packets", "library") for model in apps.get_app_config(name).get_models()]
    assert set(LEFT_MODELS) <= {model._meta.label for model in every}
    names = {f"{model._meta.label}.{field.name}" for model in every for field in model._meta.fields}
    assert {name for name in LEFT_FIELDS if not name.startswith("*")} <= names
