"""What an installation of before had on its disk moves into the files of its cases, also where that was broken off."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from caseapp.cases.files import files_of
from caseapp.cases.models import CaseKey, Document
from caseapp.cases.words import Words, words_of
from caseapp.core import storage
from caseapp.packets.files import manifest_of
from caseapp.packets.freezing import freeze
from caseapp.packets.models import Build
from tests.packets.making import make_build

documents = import_module("caseapp.cases.migrations.0014_files_under_their_keys")
builds = import_module("caseapp.packets.migrations.0004_builds_under_their_keys")


@pytest.fixture
def before(packet, settings):
    """Rows and files as they were: plain files by their hash, words and manifests in columns."""
    kind = "jsonb" if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_document ADD COLUMN text text NOT NULL DEFAULT ''")
        cursor.execute(f"ALTER TABLE cases_document ADD COLUMN page_map {kind} NOT NULL DEFAULT '[]'")
        # It came later: the rows of before say nothing of it.
        cursor.execute("ALTER TABLE cases_document DROP COLUMN is_confidential")
        cursor.execute("ALTER TABLE cases_document ADD COLUMN is_confidential bool NOT NULL DEFAULT false")
        cursor.execute(f"ALTER TABLE packets_build ADD COLUMN manifest {kind} NOT NULL DEFAULT '{{}}'")
    CaseKey.objects.all().delete()
    loader = MigrationLoader(connection)
    at = (("cases", "0014_files_under_their_keys"), ("packets", "0004_builds_under_their_keys"))
    return tuple(loader.project_state(node).apps for node in at)


def plain(data: bytes) -> str:
    return storage.put_bytes(data).sha256


def test_everything_moves_and_what_the_library_uses_stays(before, packet, settings):
    original, clean, shared, removed = map(plain, (b"I left.", b"%PDF-", b"a report", b"by mistake"))
    packet.exhibits.first().capture.source.captures.create(
        method="uploaded", original_sha256=shared, original_size=8, text="x", text_sha256=shared, article_end=1,
        number=2,
    )  # fmt: skip
    papers, packets = before
    rows = papers.get_model("cases", "Document").objects
    values = {"case_id": packet.case_id, "original_size": 7, "status": "ready", "pages": 1, "clean_sha256": clean}
    first = rows.create(title="One", original_sha256=original, text="I left.", page_map=[[0, 7, ""]], **values)
    rows.create(title="Two", original_sha256=shared, **values)
    event = {"action": "case.document_removed", "case_id": packet.case_id, "detail": {"sha256": removed}}
    packets.get_model("audit", "Event").objects.create(at=timezone.now(), **event)
    files = [plain(name) for name in (b"published", b"index", b"volume", b"part")]
    build = make_build(packet=packet, parts=1, published_sha256=files[0], index_sha256=files[1])
    build.volumes.create(file_name="v.pdf", sha256=files[2], size=6, pages=1)
    build.parts.update(sha256=files[3])
    manifest = freeze(packet)
    packets.get_model("packets", "Build").objects.update(manifest=manifest.to_dict())
    pictures = settings.DATA_DIR / "pictures" / "aa"
    pictures.mkdir(parents=True)

    documents.move(papers, None)
    kept = bytes(CaseKey.objects.get().wrapped)
    for _again in range(2):
        documents.move(papers, None)
        builds.move(packets, None)
        builds.take_away(packets, None)

    own = files_of(packet.case_id)
    assert bytes(CaseKey.objects.get().wrapped) == kept
    assert [name for name in (original, clean, shared, *files) if not own.is_whole(name)] == []
    assert words_of(Document.objects.get(pk=first.pk)) == Words("I left.", [[0, 7, ""]])
    moved = Build.objects.get()
    assert (moved.manifest_sha256, manifest_of(moved)) == (manifest.sha256, manifest)
    assert [name for name in (original, clean, removed, *files) if storage.path_of(name).exists()] == []
    assert storage.is_whole(shared)
    assert all(map(storage.is_whole, packet.exhibits.values_list("capture__original_sha256", flat=True)))
    assert not pictures.parent.exists()


def test_what_is_damaged_stays_for_a_backup_to_mend(before, packet):
    sha256 = plain(b"I left.")
    storage.path_of(sha256).chmod(0o600)
    storage.path_of(sha256).write_bytes(b"damaged")
    papers, packets = before
    papers.get_model("cases", "Document").objects.create(
        case_id=packet.case_id, title="One", original_sha256=sha256, original_size=7
    )
    documents.move(papers, None)
    builds.move(packets, None)
    builds.take_away(packets, None)
    assert storage.path_of(sha256).exists()
    assert not files_of(packet.case_id).has(sha256)
    assert list(files_of(packet.case_id).every_name()) == []
