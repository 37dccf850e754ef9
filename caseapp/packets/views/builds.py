"""Asking for a build, watching it, and taking its files home."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.core.storage import FileAltered
from caseapp.forums import forum
from caseapp.packets.access import build_of, packet_of, volume_of
from caseapp.packets.comparing import comparison_of
from caseapp.packets.freezing import CannotFreeze
from caseapp.packets.manifest import ManifestBroken
from caseapp.packets.models import Build, FilingDetails
from caseapp.packets.naming import index_name, offered_name
from caseapp.packets.progress import progress_of
from caseapp.packets.queries import place_in_case
from caseapp.packets.services import builds
from caseapp.packets.services.builds import (
    BuildIsFollowed,
    BuildOver,
    CannotBeFiled,
    NotLookedThrough,
    NotReadyForDownload,
    PacketNotReady,
    TooManyBuilds,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# htmx stops asking when it is answered with this.
STOP_POLLING = 286


@require_POST
def build_request(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk, Ability.BUILD_PACKETS)
    try:
        build = builds.request_build(by=request.user, packet=packet, now=timezone.now())
    except (PacketNotReady, TooManyBuilds, CannotFreeze, ManifestBroken) as error:
        messages.error(request, str(error))
        return redirect("packet_show", packet.pk)
    if not build.is_active:
        messages.info(request, _("Nothing has changed since this build, so it is still the packet."))
    return redirect("build_show", build.pk)


@require_GET
def build_show(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    build = build_of(request.user, pk, Ability.SEE_CASES)
    comparison = comparison_of(build, since=request.GET.get("since", ""))
    context = {"progress": progress_of(build, timezone.now()), "comparison": comparison, "case": build.packet.case}
    return render(request, "packets/build/show.html", context)


@require_GET
def build_progress(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    build = build_of(request.user, pk, Ability.SEE_CASES)
    status = 200 if build.is_active else STOP_POLLING
    progress = progress_of(build, timezone.now())
    context = {"progress": progress, "comparison": comparison_of(build), "in_place": True}
    return render(request, "packets/build/_progress.html", context, status=status)


@require_POST
def build_cancel(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    build = build_of(request.user, pk, Ability.BUILD_PACKETS)
    try:
        builds.cancel_build(by=request.user, build=build, now=timezone.now())
    except BuildOver as error:
        messages.info(request, str(error))
    return redirect("build_show", build.pk)


@require_POST
def build_file(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    build = build_of(request.user, pk, Ability.BUILD_PACKETS)
    try:
        builds.mark_filed(by=request.user, build=build, now=timezone.now())
        messages.success(request, _("This build is marked as filed. A later packet can go on from its tabs and pages."))
    except CannotBeFiled as error:
        messages.error(request, str(error))
    return redirect("build_show", build.pk)


@require_POST
def build_unfile(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    build = build_of(request.user, pk, Ability.BUILD_PACKETS)
    try:
        builds.take_back_filing(by=request.user, build=build)
        messages.success(request, _("This build is no longer marked as filed."))
    except BuildIsFollowed as error:
        messages.error(request, str(error))
    return redirect("build_show", build.pk)


@require_GET
def volume_download(request: PersonRequest, pk: uuid.UUID) -> HttpResponseBase:
    volume = volume_of(request.user, pk, Ability.TAKE_PACKETS)
    try:
        file = builds.hand_out_volume(by=request.user, volume=volume)
    except (FileAltered, NotLookedThrough, NotReadyForDownload) as error:
        return _not_handed_out(request, volume.build.pk, error)
    name = _name(volume.build, volume.number, volume.build.volumes.count())
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


@require_GET
def manifest_download(request: PersonRequest, pk: uuid.UUID) -> HttpResponseBase:
    build = build_of(request.user, pk, Ability.TAKE_PACKETS)
    try:
        file = builds.hand_out_manifest(by=request.user, build=build)
    except (FileAltered, NotLookedThrough, NotReadyForDownload) as error:
        return _not_handed_out(request, build.pk, error)
    return FileResponse(file, as_attachment=True, filename="manifest.json", content_type="application/json")


@require_GET
def index_download(request: PersonRequest, pk: uuid.UUID) -> HttpResponseBase:
    build = build_of(request.user, pk, Ability.TAKE_PACKETS)
    try:
        file = builds.hand_out_index(by=request.user, build=build)
    except (FileAltered, NotLookedThrough, NotReadyForDownload) as error:
        return _not_handed_out(request, build.pk, error)
    name = index_name(forum(build.packet.forum), _name(build))
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORD)


def _name(build: Build, volume: int = 1, volumes: int = 1) -> str:
    packet = build.packet
    tells_number = FilingDetails.objects.filter(packet=packet, puts_file_number_in_names=True).exists()
    return offered_name(
        forum(packet.forum),
        reference=packet.case.reference,
        client_name=packet.case.client_name,
        build=build.number,
        volume=volume,
        volumes=volumes,
        sequence=place_in_case(packet),
        file_number=packet.case.file_number if tells_number else "",
    )


def _not_handed_out(request: PersonRequest, build_id: uuid.UUID, error: Exception) -> HttpResponse:
    if isinstance(error, NotLookedThrough):
        messages.info(request, str(error))
        return redirect("build_leaves", build_id)
    messages.error(request, str(error))
    return redirect("build_show", build_id)
