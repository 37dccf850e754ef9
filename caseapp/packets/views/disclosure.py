"""Handing out all that is kept of a client."""

import uuid

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.core.storage import FileAltered
from caseapp.packets.services.disclosing import hand_out_all


@require_POST
@sign_in_recent
def case_archive(request: PersonRequest, pk: uuid.UUID) -> HttpResponseBase:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    try:
        pieces = hand_out_all(by=request.user, case=case)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect("case_closing", case.pk)
    # No word of the client, and no reference, in a name that every browser and every folder shows.
    name = f"what-is-kept-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
