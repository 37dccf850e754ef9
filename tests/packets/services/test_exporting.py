"""What is exported comes in again the same."""

import datetime as dt
import json
from pathlib import Path

import pytest

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Case, CaseThemeElement, ThemeElement
from caseapp.cases.services.elements import point_evidence
from caseapp.core import storage
from caseapp.library.models import Theme
from caseapp.packets.freezing import freeze
from caseapp.packets.models import Packet
from caseapp.packets.services.exporting import FolderTaken, export_case
from caseapp.packets.services.importing import Imported, import_case

NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)
DEMO = Path(__file__).parents[3] / "demo"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_read_once")]


@pytest.fixture
def imported(lawyer) -> Imported:
    return import_case(folder=DEMO / "officers", by=lawyer, team=[], now=NOW)


def test_the_exported_case_freezes_into_the_same_manifest(imported, tmp_path) -> None:
    frozen = freeze(imported.packet).to_json()
    export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / "out")
    Case.objects.filter(pk=imported.case.pk).update(reference="another")
    again = import_case(folder=tmp_path / "out", by=None, team=[], now=NOW + dt.timedelta(days=90))
    assert freeze(again.packet).to_json() == frozen
    assert [row.why for row in again.case.evidence.all()] == [row.why for row in imported.case.evidence.all()]


def test_what_goes_to_show_what_moves_house_with_the_case(imported, tmp_path) -> None:
    theme, item = Theme.objects.get(slug="off-duty-killings"), imported.case.evidence.first()
    CaseThemeElement.objects.create(case=imported.case, theme=theme, element="us-fear", is_on=True)
    point_evidence(by=None, evidence=item, elements=["us-state"], was=())
    export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / "out")
    ThemeElement.objects.filter(theme=theme, element="us-nexus").delete()
    Case.objects.filter(pk=imported.case.pk).update(reference="another")
    again = import_case(folder=tmp_path / "out", by=None, team=[], now=NOW)
    rulings = CaseThemeElement.objects.filter(case=again.case, theme=theme).values_list("element", "is_on")
    assert set(rulings) == {("us-fear", True), ("us-nexus", True)}
    assert again.case.evidence.first().elements == ["us-state"]


def test_the_dates_of_a_case_go_along(imported, tmp_path) -> None:
    dates = {
        name: dt.date(2027, 2, day)
        for day, name in enumerate(("ordered_on", "decision_on", "briefing_on", "lodged_on", "other_bundle_on"), 1)
    }
    known = {"hearing_kind": "master", "registry": "us-tx-west", "vetting_days": 9, **dates}
    Case.objects.filter(pk=imported.case.pk).update(**known)
    imported.case.refresh_from_db()
    export_case(by=None, case=imported.case, packet=None, folder=tmp_path / "out")
    Case.objects.filter(pk=imported.case.pk).update(reference="another")
    again = import_case(folder=tmp_path / "out", by=None, team=[], now=NOW).case
    again.refresh_from_db()
    assert {name: getattr(again, name) for name in known} == known
    assert (again.translations_days, again.other_filing_on) == (None, None)
    assert again.calendar_uid != imported.case.calendar_uid


def test_themes_that_share_a_position_keep_their_order(imported, tmp_path) -> None:
    Theme.objects.update(position=1)
    frozen = freeze(imported.packet)
    export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / "out")
    document = json.loads((tmp_path / "out" / "case.json").read_text(encoding="utf-8"))
    written = [theme["slug"] for theme in document["themes"]]
    assert [theme.slug for theme in frozen.themes] == [
        slug for slug in written if slug in {t.slug for t in frozen.themes}
    ]


def test_exporting_twice_writes_the_same_files(imported, tmp_path) -> None:
    for name in ("one", "two"):
        export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert [str(path) for path in files] == [
        "case.json", "documents/d1.txt", "sources/s1.txt", "sources/s2.txt", "sources/s3.txt", "sources/s4.pdf",
    ]  # fmt: skip
    assert [(tmp_path / "one" / path).read_bytes() for path in files] == [
        (tmp_path / "two" / path).read_bytes() for path in files
    ]


def test_says_which_of_several_places_is_meant(imported, tmp_path) -> None:
    export_case(by=None, case=imported.case, packet=None, folder=tmp_path / "out")
    document = json.loads((tmp_path / "out" / "case.json").read_text(encoding="utf-8"))
    assert document["packet"] is None
    assert [excerpt["occurrence"] for excerpt in document["excerpts"]] == [1] * 14
    assert [theme["slug"] for theme in document["themes"]][:3] == [
        "off-duty-killings",
        "weapon-rules",
        "unpassed-protection-law",
    ]
    slugs = [theme["slug"] for theme in document["themes"]]
    assert slugs.index("state-protection") < slugs.index("refused-requests")


def test_overwrites_nothing(imported, tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FolderTaken):
        export_case(by=None, case=imported.case, packet=None, folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["notes.txt"]


def test_an_altered_file_is_not_exported(imported, tmp_path) -> None:
    capture = imported.sources["gazette"].capture
    path = storage.path_of(capture.original_sha256)
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(storage.FileAltered):
        export_case(by=None, case=imported.case, packet=imported.packet, folder=tmp_path / "out")
    assert not (tmp_path / "out" / "case.json").exists()


def test_is_on_record(imported, lawyer, tmp_path) -> None:
    export_case(by=lawyer, case=imported.case, packet=Packet.objects.get(), folder=tmp_path / "out")
    event = Event.objects.of_case(imported.case.pk).first()
    assert (event.action, event.actor_name) == (Action.CASE_EXPORTED, "Lena Lawyer")
