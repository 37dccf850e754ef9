"""Bringing a newer file for a paper of the client's."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import document_of
from caseapp.cases.forms.documents import NewerFileForm
from caseapp.cases.models import Document
from caseapp.cases.services.versions import CannotBringNewer, SameFileAgain, bring_newer, require_newest
from caseapp.core.leading import lead_to


@require_http_methods(["GET", "HEAD", "POST"])
def document_renew(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    form = NewerFileForm(request.POST, request.FILES) if request.method == "POST" else NewerFileForm()
    try:
        require_newest(document)
        if request.method == "POST" and form.is_valid() and (newer := _brought(request, document, form)):
            messages.success(request, _("The newer file is here. The older one stays in use until this one is ready."))
            return lead_to(request, newer.get_absolute_url())
    except CannotBringNewer as error:
        messages.info(request, str(error))
        return lead_to(request, document.get_absolute_url())
    context = {"case": document.case, "document": document, "form": form, "cancel_url": document.get_absolute_url()}
    return render(request, "cases/document/renew.html", context, status=422 if form.errors else 200)


def _brought(request: PersonRequest, document: Document, form: NewerFileForm) -> Document | None:
    """None where something is wrong with the file, which the form then says."""
    file = form.cleaned_data["file"]
    try:
        return bring_newer(
            by=request.user, document=document, original=file.chunks(), name=file.name or "", now=timezone.now()
        )
    except ValidationError as error:
        form.add_error("file", error.messages)
    except SameFileAgain as error:
        form.add_error("file", str(error))
    return None
