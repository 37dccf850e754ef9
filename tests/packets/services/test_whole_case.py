"""A case with every kind of exhibit goes out, comes into an empty database, and is the same."""

import copy
import datetime as dt
import io
import json
from pathlib import Path

import docx
import pytest
from pikepdf import Encryption

from caseapp.cases.models import Bearing, Case, Document, Statement
from caseapp.cases.reading import read_document
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.documents import answer_document
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.translations import save_document_translation
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Capture, Excerpt, Method, Origin, Source
from caseapp.library.models.translation import CaptureTranslation
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.translations import TranslationDetails, TranslationFile, save_translation
from caseapp.packets.builder import see_through
from caseapp.packets.casefile import CaseFileRefused
from caseapp.packets.freezing import freeze
from caseapp.packets.models import Build, Exhibit, FilingDetails, Packet, Waiver
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.exporting import export_case
from caseapp.packets.services.filing import change_filing
from caseapp.packets.services.importing import import_case
from caseapp.packets.services.packets import add_exhibits, start_packet
from tests.cases.making import make_document, photograph
from tests.intake import hostile
from tests.packets.making import REQUESTED_AT, add_article

pytestmark = pytest.mark.usefixtures("files_read_once")

NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)
PASSWORD = "a password of the clinic"


def word_file() -> bytes:
    out, document = io.BytesIO(), docx.Document()
    document.add_paragraph("He came to the clinic in spring.")
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    return hostile.written(hostile.new(2), encryption=Encryption(owner="owner", user=PASSWORD, R=6))


@pytest.fixture
def packet(caseworker, lawyer) -> Packet:
    """A text and a PDF of the library, and five papers of the client's, one of them locked, with all that hangs on."""
    details = CaseDetails(reference="SV-2027-014", client_name="Consuelo Confidencial")
    case = open_case(by=caseworker, details=details, team=[lawyer])
    herald = add_article("Officers killed at home", "The officer was on leave.\n\nNo patrol came until morning.")
    report = add_source(
        by=caseworker,
        details=SourceDetails(
            title="A report on paper", kind="ngo", archive_url="https://archive.example.org/1",
            origin_name="The Monitor", citation="Monitor, Report (2019).", language="es",
        ),
        original=hostile.plain(3),
        name="report.pdf",
        method=Method.UPLOADED,
        now=REQUESTED_AT,
    )  # fmt: skip
    save_translation(
        by=caseworker,
        capture=report.capture,
        details=TranslationDetails(language="en", translator="T. Translator", is_certified=True),
        file=TranslationFile("translation.txt", b"In English."),
        version=0,
    )
    quote = hostile.token(2)
    start = report.capture.text.index(quote)
    on_paper = quote_excerpt(
        by=caseworker, capture=report.capture, start=start, end=start + len(quote), themes=[], translation="In English"
    )
    in_text = quote_excerpt(by=caseworker, capture=herald.capture, start=4, end=24, themes=[])
    first, second = (
        add_evidence(
            by=caseworker, case=case, excerpts=[excerpt], why="Why.", relevance="Shows that it is so", answer="Met."
        )[0]
        for excerpt in (on_paper, in_text)
    )
    declaration = make_document(case, b"I left in spring.\n", by=caseworker, language="es")
    save_document_translation(
        by=caseworker,
        document=declaration,
        details=TranslationDetails(language="en", text=" I left in spring.\n"),
        file=None,
        version=0,
    )
    letter = make_document(case, word_file(), name="letter.docx", title="Letter", kind="medical", by=caseworker)
    scar = make_document(case, photograph(frames=2), name="scar.png", title="Scar", kind="photograph", by=caseworker)
    answer_document(by=caseworker, document=scar, codes=["picture-frames"], now=REQUESTED_AT)
    read_document(scar.pk)
    locked = make_document(case, locked_pdf(), name="C Confidencial.pdf", title="Report of the clinic", by=caseworker)
    answer_document(by=caseworker, document=locked, codes=[], now=REQUESTED_AT, password=PASSWORD)
    make_document(case, b"MZ", name="x.exe", title="Not used", by=caseworker)
    assert [row.status for row in case.documents.all()] == ["ready"] * 4 + ["refused"]
    said = [StatementDetails("He left in spring. ", "¶ 3", "us-nexus", declaration), StatementDetails("He hid.")]
    statement, _other = add_statements(by=caseworker, case=case, statements=said)
    bearings = [
        Bears(first, "supports", True),
        Bears(second, "contradicts", True, answer="It tells of 2012."),
        Bears(letter, "context", True, "1"),
    ]
    set_bearings(by=lawyer, statement=statement, bearings=bearings, version=1)
    packet = start_packet(by=lawyer, case=case, title="All of it", forum="generic", index_style="statement")
    add_exhibits(by=lawyer, packet=packet, documents=[declaration, letter])
    add_exhibits(by=lawyer, packet=packet, captures=[report.capture], include="cited", context_pages=1)
    add_exhibits(by=lawyer, packet=packet, documents=[locked], include="pages", pages_shown="2")
    add_exhibits(by=lawyer, packet=packet, documents=[scar])
    add_exhibits(by=lawyer, packet=packet, captures=[herald.capture], include="extract")
    change_filing(by=lawyer, packet=packet, version=0, channel="paper", served_address="1 Sample Street\nSampletown")
    Waiver.objects.create(packet=packet, finding="late", sentence="It is late.", reason="Agreed.", waived_by=lawyer)
    return packet


def empty_the_database() -> None:
    for model in (Build, Waiver, Exhibit, FilingDetails, Packet, Bearing, Statement, Document, Case):
        model.objects.all().delete()
    for model in (Excerpt, CaptureTranslation, Capture, Source, Origin):
        model.objects.all().delete()


def built(packet: Packet) -> list[str]:
    """The files of a finished build, by their hashes."""
    build = see_through(request_build(by=None, packet=packet, now=NOW).pk)
    assert build.failure == ""
    return [build.published_sha256, build.index_sha256, *(volume.sha256 for volume in build.volumes.all())]


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_case_with_everything_moves_to_an_office_that_knows_nothing_of_it(packet, settings, tmp_path, caseworker):
    out = tmp_path / "out"
    before, files = freeze(packet).to_json(), built(packet)
    export_case(by=None, case=packet.case, packet=packet, folder=out)
    assert files_in(out) == [
        "case.json",
        "documents/d1.txt",
        "documents/d2.docx",
        "documents/d3.png",
        "documents/d4-open.pdf",
        "documents/d4.pdf",
        "documents/d5.exe",
        "sources/s1.pdf",
        "sources/s2.txt",
        "translations/s1.txt",
    ]
    assert PASSWORD not in (out / "case.json").read_text(encoding="utf-8")

    empty_the_database()
    settings.DATA_DIR = tmp_path / "elsewhere"
    settings.DATA_DIR.mkdir()
    imported = import_case(folder=out, by=None, team=[], now=NOW)

    assert freeze(imported.packet).to_json() == before
    assert built(imported.packet) == files
    assert imported.remarks == []
    assert [(row.title, row.status, row.original_name) for row in imported.case.documents.all()] == [
        ("Declaration", "ready", "declaration.txt"),
        ("Letter", "ready", "letter.docx"),
        ("Scar", "ready", "scar.png"),
        ("Report of the clinic", "ready", "C Confidencial.pdf"),
        ("Not used", "refused", "x.exe"),
    ]
    assert imported.documents["d3"].answers["picture-frames"]["by"] == caseworker.name
    waiver = imported.packet.waivers.get()
    assert (waiver.reason, waiver.waived_by) == ("Agreed. (Lena Lawyer)", None)

    export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / "again")
    first, second = (json.loads((folder / "case.json").read_text()) for folder in (out, tmp_path / "again"))
    for waiver in (*first["packet"]["waivers"], *second["packet"]["waivers"]):
        assert (waiver.pop("by"), waiver.pop("reason")) in {
            ("Lena Lawyer", "Agreed."),
            ("", "Agreed. (Lena Lawyer)"),
        }
    assert first == second


SMALL = {
    "case": {"reference": "R-1", "client": "N. N."},
    "sources": [{"key": "s1", "file": "s1.txt", "title": "One"}],
    "excerpts": [{"key": "x1", "source": "s1", "quote": "first line"}],
    "documents": [{"key": "d1", "file": "d1.txt", "title": "Declaration", "dated_on": "2026-03"}],
    "statements": [{"text": "He left.", "bearings": [{"excerpt": "x1"}, {"document": "d1", "relation": "context"}]}],
    "packet": {"title": "P", "exhibits": [{"document": "d1"}, {"source": "s1"}], "filing": {"channel": "paper"}},
}


@pytest.fixture
def small(tmp_path):
    """small(change) → a folder with a small case, after the change."""

    def write(change=lambda _case: None) -> Path:
        folder = tmp_path / "small"
        folder.mkdir()
        contents = copy.deepcopy(SMALL)
        change(contents)
        (folder / "case.json").write_text(json.dumps(contents), encoding="utf-8")
        (folder / "s1.txt").write_text("The first line.")
        (folder / "d1.txt").write_text("I left in spring.")
        (folder / "x.exe").write_bytes(b"MZ")
        return folder

    return write


@pytest.mark.django_db
def test_a_small_case_comes_in_with_its_document_and_statement(small, caseworker):
    imported = import_case(folder=small(), by=caseworker, team=[], now=NOW)
    document = imported.documents["d1"]
    assert (document.title, document.status, document.added_by) == ("Declaration", "ready", caseworker)
    assert [exhibit.title for exhibit in imported.packet.exhibits.all()] == ["Declaration", "One"]
    assert imported.packet.filing.channel == "paper"
    assert [row.relation for row in imported.case.statements.get().bearings.order_by("pk")] == ["supports", "context"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda it: it["documents"][0].update(file="../case.json"), "documents[0].file"),
        (lambda it: it["documents"][0].update(file="missing.txt"), "documents[0].file"),
        (lambda it: it["documents"][0].update(file="x.exe", clean="s1.txt"), "documents[0].clean"),
        (lambda it: it["documents"][0].update(title="a\u202eb"), "documents[0].title"),
        (lambda it: it["documents"][0].update(translation={"file": "/etc/hostname"}), "documents[0].translation.file"),
        (lambda it: it["documents"][0].update(translation={"file": "x.exe"}), "documents[0].translation"),
        (lambda it: it["documents"][0].update(translation={}), "documents[0].translation"),
        (lambda it: it["sources"][0].update(file="x.exe"), "sources[0].file"),
        (lambda it: it["sources"][0].update(accepted=["no code"]), "sources[0].accepted[0]"),
        (lambda it: it["statements"][0]["bearings"][0].update(excerpt="x9"), "statements[0].bearings[0].excerpt"),
        (lambda it: it["statements"][0]["bearings"][0].update(document="d1"), "statements[0].bearings[0]"),
        (lambda it: it["statements"][0]["bearings"].append({"excerpt": "x1"}), "statements[0].bearings[2].excerpt"),
        (lambda it: it["packet"]["exhibits"][0].update(document="d9"), "packet.exhibits[0].document"),
        (lambda it: it["packet"]["exhibits"][0].update(source="s1"), "packet.exhibits[0]"),
        (lambda it: it["packet"]["exhibits"][0].update(include="pages"), "packet.exhibits[0]"),
        (lambda it: it["packet"]["filing"].update(channel="fax"), "packet.filing.channel"),
    ],
)
def test_a_folder_that_does_not_hold_together_is_refused_with_the_place(small, change, where):
    with pytest.raises(CaseFileRefused) as refusal:
        import_case(folder=small(change), by=None, team=[], now=NOW)
    assert where in [problem.place for problem in refusal.value.problems]
    assert not Case.objects.exists()
