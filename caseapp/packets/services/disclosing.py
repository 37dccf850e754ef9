"""The archive that answers a client who asks what is kept of them: one zip, made while it is sent."""

import hashlib
import io
import json
from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.files import CaseFiles, files_of
from caseapp.cases.models import Case, DocumentCertificate, DocumentTranslation
from caseapp.packets.disclosing import as_plain, history_of, sections_of
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.zipping import Entry, zipped


def hand_out_all(*, by: User, case: Case) -> Iterator[bytes]:
    """The zip, piece by piece. Every file is read whole before the first piece leaves, so that it never breaks off
    over a damaged one: raises FileAltered."""
    require_on(case, by, Ability.KEEP_CASES)
    stored, files = dict(_stored(case)), files_of(case.pk)
    for sha256 in stored.values():
        files.open_whole(sha256).close()
    made = _made(case, list(stored))
    with transaction.atomic():
        record(by=by, action=Action.CASE_EXPORTED, subject=case, label=case.reference, case_id=case.pk, everything=True)
    return zipped(_entries(made, stored, files))


def _entries(made: dict[str, bytes], stored: dict[str, str], files: CaseFiles) -> Iterator[Entry]:
    yield from (Entry(name, partial(io.BytesIO, data)) for name, data in made.items())
    yield from (Entry(name, partial(files.open_whole, sha256)) for name, sha256 in stored.items())
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()} | stored
    yield Entry("manifest.json", partial(io.BytesIO, _json({"files": hashes})))


def _made(case: Case, names: list[str]) -> dict[str, bytes]:
    sections, history = sections_of(case), history_of(case)
    page = render_to_string(
        "packets/disclosure/index.html", {"case": case, "sections": sections, "history": history, "names": names}
    )
    return {"index.html": page.encode(), "data.json": _json(as_plain(sections) | {"history": history})}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _stored(case: Case) -> Iterator[tuple[str, str]]:
    """Each file that was given or made, by the name it has in the zip."""
    translations = dict(
        DocumentTranslation.objects.filter(document__case=case).values_list("document", "original_sha256")
    )
    for number, document in enumerate(case.documents.order_by("position", "pk"), start=1):
        folder = f"documents/{number:02}"
        yield f"{folder}/{_ending(document.original_name, 'original')}", document.original_sha256
        if document.clean_sha256:
            yield f"{folder}/as-filed.pdf", document.clean_sha256
        if document.words_sha256:
            yield f"{folder}/words.json", document.words_sha256
        if translations.get(document.pk):
            yield f"{folder}/translation", translations[document.pk]
        for certificate in DocumentCertificate.objects.filter(translation__document=document).order_by("number"):
            name = _ending(certificate.original_name, f"certificate-{certificate.number}")
            yield f"{folder}/{name}", certificate.original_sha256
            yield f"{folder}/certificate-{certificate.number}-as-filed.pdf", certificate.clean_sha256
    builds = Build.objects.filter(packet__case=case, status=BuildStatus.READY).order_by("packet__created_at", "number")
    packets = {pk: place for place, pk in enumerate(dict.fromkeys(builds.values_list("packet", flat=True)), start=1)}
    for build in builds.prefetch_related("volumes"):
        folder = f"packets/{packets[build.packet_id]:02}/build-{build.number:02}"
        for volume in build.volumes.all():
            yield f"{folder}/volume-{volume.number:02}.pdf", volume.sha256
        yield f"{folder}/made-from.json", build.manifest_sha256
        yield f"{folder}/manifest.json", build.published_sha256
        if build.index_sha256:
            yield f"{folder}/index.docx", build.index_sha256


def _ending(name: str, stem: str) -> str:
    """A plain name with the ending of the file that was given: what else stood in its name is in the data."""
    _head, dot, ending = name.rpartition(".")
    return f"{stem}.{ending.lower()}" if dot and ending.isalnum() and len(ending) <= 5 else stem
