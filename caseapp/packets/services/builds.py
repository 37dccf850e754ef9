"""Asking for a build, and taking the request back."""

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.cases.access import require_on
from caseapp.cases.files import files_of
from caseapp.packets import endings
from caseapp.packets.files import files_of_build
from caseapp.packets.freezing import CannotFreeze, freeze
from caseapp.packets.manifest import ManifestBroken
from caseapp.packets.models import ACTIVE, Build, BuildPart, BuildStatus, Packet, Volume
from caseapp.packets.pdf.packet import PartSpec, planned_parts
from caseapp.packets.readiness import Finding, blocks, findings
from caseapp.packets.tasks import ring_for_parts

_ROUNDS = 5
# Packets of one case that are built at the same time: the others of the office wait for the same workers.
MOST_BUILDS_OF_CASE = 3


class PacketNotReady(Exception):
    """Something is missing without which no packet can be built."""

    def __init__(self, missing: tuple[Finding, ...]) -> None:
        self.findings = missing
        reasons = " ".join(finding.sentence for finding in missing)
        super().__init__(_("This packet cannot be built yet. %(reasons)s") % {"reasons": reasons})


class TooManyBuilds(Exception):
    """As many packets of the case are being built as may be at once."""

    def __init__(self) -> None:
        super().__init__(_("Three packets of this case are being built. Wait until one is ready, then build this."))


class BuildOver(Exception):
    """The build ended before it could be cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This build was over before it could be cancelled."))


def request_build(*, by: User | None, packet: Packet, now: dt.datetime, hand_over: bool = True) -> Build:
    """A build of the packet as it stands now: a new one, the one under way, or the finished one if nothing changed.

    `hand_over=False` is for a caller that does the work itself. Raises PacketNotReady,
    TooManyBuilds or CannotFreeze.
    """
    require_on(packet.case, by, Ability.BUILD_PACKETS)
    for _round in range(_ROUNDS):
        try:
            with transaction.atomic():
                return _standing_build(packet) or _new_build(by=by, packet=packet, now=now, hand_over=hand_over)
        except IntegrityError:
            # Another request came first. Its build is there now, and is found in the next round.
            continue
    raise RuntimeError("Requests for builds of this packet kept overtaking each other.")


def _standing_build(packet: Packet) -> Build | None:
    return packet.builds.filter(status__in=ACTIVE).first()


def _new_build(*, by: User | None, packet: Packet, now: dt.datetime, hand_over: bool) -> Build:
    missing = blocks(findings(packet))
    if missing:
        raise PacketNotReady(missing)
    manifest = freeze(packet)
    specs = planned_parts(manifest)
    unchanged = _unchanged_build(packet, manifest.sha256, specs)
    if unchanged is not None:
        return unchanged
    if by is not None and _under_way(packet) >= MOST_BUILDS_OF_CASE:
        raise TooManyBuilds
    last = packet.builds.aggregate(last=Max("number"))["last"] or 0
    build = Build.objects.create(
        packet=packet,
        number=last + 1,
        manifest_sha256=files_of(packet.case_id).put_bytes(manifest.to_json().encode()).sha256,
        requested_at=now,
        requested_by=by,
        heartbeat_at=now,
    )
    parts = _add_parts(build, specs, now)
    endings.note(Action.BUILD_REQUESTED, build, by=by)
    if hand_over:
        # A broker that is down must not lose the request: the sweep sends it again.
        transaction.on_commit(lambda: ring_for_parts(part.pk for part in parts), robust=True)
    return build


def _under_way(packet: Packet) -> int:
    return Build.objects.filter(packet__case=packet.case_id, status__in=ACTIVE).count()


def is_current(build: Build) -> bool:
    """Whether a build that was asked for now would be made of the same as this one."""
    try:
        return freeze(build.packet).sha256 == build.manifest_sha256
    except (CannotFreeze, ManifestBroken):
        return False


def _unchanged_build(packet: Packet, manifest_sha256: str, specs: Sequence[PartSpec]) -> Build | None:
    """The newest finished build, if building now would give the very same files, and they are whole."""
    newest = packet.builds.filter(status=BuildStatus.READY).first()
    if newest is None or newest.manifest_sha256 != manifest_sha256:
        return None
    # The keys tell an older version of the program's own styles, which the manifest does not name.
    if [spec.key for spec in specs] != list(newest.parts.order_by("position").values_list("key", flat=True)):
        return None
    files = [newest.published_sha256, newest.index_sha256, *newest.volumes.values_list("sha256", flat=True)]
    return newest if all(map(files_of(packet.case_id).is_whole, files)) else None


def _add_parts(build: Build, specs: Sequence[PartSpec], now: dt.datetime) -> list[BuildPart]:
    return BuildPart.objects.bulk_create(
        BuildPart(build=build, position=position, name=spec.name, title=spec.title, key=spec.key, heartbeat_at=now)
        for position, spec in enumerate(specs, start=1)
    )


def cancel_build(*, by: User | None, build: Build, now: dt.datetime) -> None:
    """Stop a build. Workers notice before they publish anything. Raises BuildOver."""
    require_on(build.packet.case, by, Ability.BUILD_PACKETS)
    if not endings.cancel(build, by=by, now=now):
        raise BuildOver


class CannotBeFiled(Exception):
    """The build has nothing that could have been filed."""

    def __init__(self) -> None:
        super().__init__(_("This build is not ready, so it cannot be the one that was filed."))


class BuildIsFollowed(Exception):
    """A later packet goes on from the pages and tabs of this build."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“%(title)s” goes on from the tabs and pages of this build, so it stays marked as filed.")
            % {"title": title}
        )


@transaction.atomic
def mark_filed(*, by: User, build: Build, now: dt.datetime) -> None:
    """This is the version that went to the forum. Raises CannotBeFiled."""
    require_on(build.packet.case, by, Ability.BUILD_PACKETS)
    rows = Build.objects.filter(pk=build.pk, status=BuildStatus.READY)
    if not rows.exists():
        raise CannotBeFiled
    if rows.filter(filed_at=None).update(filed_at=now, filed_by=by):
        endings.note(Action.BUILD_FILED, build, by=by)


@transaction.atomic
def take_back_filing(*, by: User, build: Build) -> None:
    """It was not filed after all. Raises BuildIsFollowed."""
    require_on(build.packet.case, by, Ability.BUILD_PACKETS)
    follower = Packet.objects.filter(follows=build).first()
    if follower is not None:
        raise BuildIsFollowed(follower.title)
    if Build.objects.filter(pk=build.pk).exclude(filed_at=None).update(filed_at=None, filed_by=None):
        endings.note(Action.BUILD_UNFILED, build, by=by)


class NotReadyForDownload(Exception):
    """The build has nothing to download: it is under way, or failed, or was cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This build is not ready, so there is nothing to download."))


class NotLookedThrough(Exception):
    """No lawyer has said yet that they went through what leaves the office with this build."""

    def __init__(self) -> None:
        super().__init__(_("Before anything of this build is downloaded, a lawyer looks through what leaves with it."))


@transaction.atomic
def look_through(*, by: User, build: Build, now: dt.datetime) -> None:
    """Put on record that this lawyer went through what leaves, once for each build. Raises NotReadyForDownload."""
    require_on(build.packet.case, by, Ability.BUILD_PACKETS)
    rows = Build.objects.filter(pk=build.pk, status=BuildStatus.READY)
    if not rows.exists():
        raise NotReadyForDownload
    if rows.filter(looked_at=None).update(looked_at=now, looked_by=by):
        endings.note(Action.BUILD_LOOKED_THROUGH, build, by=by)


def hand_out_volume(*, by: User, volume: Volume) -> BinaryIO:
    """The file of a volume, checked against its hash, and put on record before it leaves. Raises FileAltered."""
    return _hand_out(Action.VOLUME_DOWNLOADED, volume.build, volume.sha256, by=by, volume=volume.number)


def hand_out_manifest(*, by: User, build: Build) -> BinaryIO:
    """The published manifest, likewise."""
    return _hand_out(Action.MANIFEST_DOWNLOADED, build, build.published_sha256, by=by)


def hand_out_index(*, by: User, build: Build) -> BinaryIO:
    """The annotated index as a Word file, likewise. Builds of earlier versions of the program have none."""
    return _hand_out(Action.INDEX_DOWNLOADED, build, build.index_sha256, by=by)


def _hand_out(action: Action, build: Build, sha256: str, *, by: User, **detail: int) -> BinaryIO:
    require_on(build.packet.case, by, Ability.TAKE_PACKETS)
    if build.status != BuildStatus.READY or not sha256:
        raise NotReadyForDownload
    if build.looked_at is None:
        raise NotLookedThrough
    file = files_of_build(build).open_whole(sha256)
    endings.note(action, build, by=by, sha256=sha256, **detail)
    return file
