"""The workers' part of a build: set its parts, put them together, read the result back, publish it.

Every function here may be called twice, late, or by two workers at once: a row is claimed by one conditional update
and given up by another. What is asked for the second time does nothing.
"""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.core import sandbox
from caseapp.core.jobs import MOST_ATTEMPTS, claim, heart, new_owner
from caseapp.packets import endings
from caseapp.packets.endings import FinishedVolume, Overtaken, PacketNotVerified
from caseapp.packets.files import FilesInReach, files_of_build, manifest_of
from caseapp.packets.models import ACTIVE, Build, BuildPart, BuildStatus, PartStatus
from caseapp.packets.pdf.packet import RenderedPart, finish_packet, render_part
from caseapp.packets.reading_back import read_back
from caseapp.packets.sweeping import complete_builds, take_back
from caseapp.packets.workroom import SandboxedRoom

_LOOK_EVERY_SECONDS = 0.5


def set_part(part_id: int) -> uuid.UUID | None:
    """Set one part's pages, unless they are set already or somebody else has it.

    Returns the build's id where this was its last part, so that the packet can be put together.
    """
    owner = new_owner()
    if not _claim_part(part_id, owner):
        return None
    part = BuildPart.objects.select_related("build__packet", "build__requested_by").get(pk=part_id)

    def fail(sentence: str) -> None:
        endings.fail_part(part, sentence, owner=owner, now=timezone.now())

    with (
        heart(BuildPart.objects.filter(pk=part_id), owner=owner),
        endings.failing(part.build, what=part.title, fail=fail, part_id=part_id),
    ):
        _set(part, owner)
    return _now_complete(part.build_id)


def _claim_part(part_id: int, owner: str) -> bool:
    rows = _parts_in(BuildStatus.RENDERING).filter(pk=part_id, status=PartStatus.WAITING, attempts__lt=MOST_ATTEMPTS)
    return claim(rows, to_status=PartStatus.RUNNING, owner=owner, now=timezone.now())


def _parts_in(status: BuildStatus) -> QuerySet[BuildPart]:
    return BuildPart.objects.filter(build__in=Build.objects.filter(status=status))


def _set(part: BuildPart, owner: str) -> None:
    endings.check_requester(part.build)
    sha256, layout = _stored(part) or _render(part)
    rows = _parts_in(BuildStatus.RENDERING).filter(pk=part.pk, owner=owner, status=PartStatus.RUNNING)
    if not rows.update(status=PartStatus.DONE, sha256=sha256, layout=layout, heartbeat_at=timezone.now()):
        raise Overtaken


def _stored(part: BuildPart) -> tuple[str, dict[str, Any]] | None:
    """The same pages, set for an earlier build of the case: the key covers everything that decides how they come out.

    What another case had set is encrypted with that case's key, and stays there.
    """
    files = files_of_build(part.build)
    same_case = Build.objects.filter(packet__case=part.build.packet.case_id)
    rows = BuildPart.objects.filter(key=part.key, status=PartStatus.DONE, build__in=same_case).order_by("-pk")
    for sha256, layout in rows.values_list("sha256", "layout"):
        if files.is_whole(sha256):
            return sha256, layout
    return None


def _render(part: BuildPart) -> tuple[str, dict[str, Any]]:
    files = files_of_build(part.build)
    with sandbox.room() as room:
        with _within_limit():
            work = SandboxedRoom(FilesInReach(part.build.packet.case_id).lay_out, room)
            rendered = render_part(manifest_of(part.build), part.name, work)
        if not Build.objects.filter(pk=part.build_id, status__in=ACTIVE).exists():
            raise Overtaken
        pdf = rendered.pdf
        blob = files.put_bytes(pdf) if isinstance(pdf, bytes) else files.put_file(pdf)
    return blob.sha256, rendered.layout()


@contextmanager
def _within_limit() -> Iterator[None]:
    """A library may swallow the signal that its time is up, and hand over half a drawing as if nothing were wrong."""
    began = time.monotonic()
    yield
    if time.monotonic() - began > endings.MOST_SECONDS:
        raise endings.TookTooLong


def _now_complete(build_id: uuid.UUID) -> uuid.UUID | None:
    """Whoever set the last part rings for the assembly; of two who finish at once both may ring, and one is heard."""
    complete = complete_builds().filter(pk=build_id)
    return build_id if complete.update(heartbeat_at=timezone.now()) else None


class StoredParts(Mapping[str, RenderedPart]):
    """The parts of a build by name, as files that nobody reads into memory; each is checked, and laid out in the
    room, when first asked for."""

    def __init__(self, build: Build, room: Path) -> None:
        self._rows = {part.name: part for part in build.parts.order_by("position")}
        self._files, self._room = files_of_build(build), room
        self._laid_out: dict[str, Path] = {}

    def __getitem__(self, name: str) -> RenderedPart:
        row = self._rows[name]
        if name not in self._laid_out:
            place = self._room / f"{row.position}.pdf"
            self._files.lay_out(row.sha256, place)
            self._laid_out[name] = place
        return RenderedPart.from_layout(self._laid_out[name], row.layout)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def assemble(build_id: uuid.UUID) -> None:
    """Put a build together from its parts, read it back and publish it, unless somebody else does."""
    owner = new_owner()
    waiting = complete_builds().filter(pk=build_id, attempts__lt=MOST_ATTEMPTS)
    if not claim(waiting, to_status=BuildStatus.ASSEMBLING, owner=owner, now=timezone.now()):
        return
    build = Build.objects.select_related("packet", "requested_by").get(pk=build_id)

    def fail(sentence: str) -> None:
        endings.fail_build(build, sentence, owner=owner, now=timezone.now())

    with (
        heart(Build.objects.filter(pk=build_id), owner=owner),
        endings.failing(build, what=_("The finished packet"), fail=fail),
    ):
        _assemble(build, owner)


def _assemble(build: Build, owner: str) -> None:
    endings.check_requester(build)
    manifest, files = manifest_of(build), files_of_build(build)
    # The parts lie in a room apart: whoever reads the packet back finds nothing but the packet.
    with _within_limit(), sandbox.room() as room, sandbox.room() as parts:
        finished = finish_packet(manifest, StoredParts(build, parts), room)
        volumes = [FinishedVolume(v.file_name, files.put_file(v.path), v.pages) for v in finished.volumes]
        published = files.put_bytes(finished.published)
        index = files.put_bytes(finished.index_docx)
        _begin_reading_back(build, owner, published.sha256)
        failures = read_back(finished.published, finished.volumes, Path(room))
    if failures:
        raise PacketNotVerified([failure.sentence for failure in failures])
    endings.check_requester(_fresh(build))
    if not endings.publish(build, volumes, index_sha256=index.sha256, owner=owner, now=timezone.now()):
        raise Overtaken


def _begin_reading_back(build: Build, owner: str, published_sha256: str) -> None:
    """From here on the row names the manifest, and through it the files, should the reading fail."""
    rows = Build.objects.filter(pk=build.pk, owner=owner, status=BuildStatus.ASSEMBLING)
    if not rows.update(status=BuildStatus.VERIFYING, published_sha256=published_sha256):
        raise Overtaken


def _fresh(build: Build) -> Build:
    return Build.objects.select_related("packet", "requested_by").get(pk=build.pk)


def see_through(build_id: uuid.UUID, *, say: Callable[[BuildPart], object] = lambda _part: None) -> Build:
    """Do in this process all that a build still needs, beside whatever workers there are, until it is over.

    `say` is told of each part before it is set.
    """
    while True:
        for part in BuildPart.objects.filter(build_id=build_id, status=PartStatus.WAITING):
            say(part)
            set_part(part.pk)
        assemble(build_id)
        build = Build.objects.get(pk=build_id)
        if not build.is_active:
            return build
        take_back(Build.objects.filter(pk=build_id), timezone.now())
        time.sleep(_LOOK_EVERY_SECONDS)
