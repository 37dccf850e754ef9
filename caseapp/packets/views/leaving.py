"""What leaves the office with a build, and its pages: looked through by a lawyer before anything is downloaded."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.core.storage import FileAltered
from caseapp.intake import Unusable
from caseapp.packets.access import build_of, volume_of
from caseapp.packets.files import published_of
from caseapp.packets.forms import LookedThroughForm
from caseapp.packets.leafing import PAGES_AT_ONCE, Leafing
from caseapp.packets.leaving import what_leaves
from caseapp.packets.models import BuildStatus
from caseapp.packets.services.builds import NotReadyForDownload, look_through
from caseapp.packets.services.looking import note_pages_seen, picture_of_volume


@require_http_methods(["GET", "HEAD", "POST"])
def build_leaves(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    is_said = request.method == "POST"
    build = build_of(request.user, pk, Ability.BUILD_PACKETS if is_said else Ability.SEE_CASES)
    form = LookedThroughForm(request.POST if is_said else None)
    try:
        if is_said and form.is_valid():
            look_through(by=request.user, build=build, now=timezone.now())
            messages.success(request, _("You looked through it, and that is on record. It can be downloaded now."))
            return redirect("build_show", build.pk)
        if build.status != BuildStatus.READY:
            raise NotReadyForDownload
        context = {"build": build, "packet": build.packet, "case": build.packet.case, "form": form}
        context["leaves"] = what_leaves(build)
    except (FileAltered, NotReadyForDownload) as error:
        messages.error(request, str(error))
        return redirect("build_show", build.pk)
    return render(request, "packets/build/leaves.html", context, status=422 if form.errors else 200)


@require_safe
def build_pages(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The pages as they will be filed, as pictures: nothing of the files is handed out with them."""
    build = build_of(request.user, pk, Ability.TAKE_PACKETS)
    try:
        note_pages_seen(by=request.user, build=build, now=timezone.now())
        leafing = Leafing(build, published_of(build))
    except (FileAltered, NotReadyForDownload) as error:
        messages.error(request, str(error))
        return redirect("build_show", build.pk)
    sheet = Paginator(leafing.leaves, PAGES_AT_ONCE).get_page(request.GET.get("page"))
    context = {"build": build, "packet": build.packet, "case": build.packet.case, "leafing": leafing, "sheet": sheet}
    return render(request, "packets/build/pages.html", context)


@require_safe
def volume_page(request: PersonRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """One page of a volume as a picture."""
    volume = volume_of(request.user, pk, Ability.TAKE_PACKETS)
    if not 1 <= number <= volume.pages:
        raise Http404
    try:
        note_pages_seen(by=request.user, build=volume.build, now=timezone.now())
        return HttpResponse(picture_of_volume(volume, number), content_type="image/png")
    except (FileAltered, NotReadyForDownload, Unusable) as error:
        raise Http404 from error
