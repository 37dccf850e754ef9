"""What leaves the office with a build, looked through by a lawyer before anything of it is downloaded."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.core.storage import FileAltered
from caseapp.packets.access import build_of
from caseapp.packets.forms import LookedThroughForm
from caseapp.packets.leaving import what_leaves
from caseapp.packets.models import BuildStatus
from caseapp.packets.services.builds import NotReadyForDownload, look_through


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
