"""The translation that goes beside a document of the case, and the certificate that its translator signed."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import certificate_of, document_of
from caseapp.cases.services.translations import (
    add_document_certificate,
    document_translation_of,
    release_document_certificate,
    remove_document_translation,
    save_document_translation,
    withdraw_document_certificate,
)
from caseapp.core.originals import as_given
from caseapp.core.storage import FileAltered
from caseapp.library.views.translations import bring_certificate, edit_translation, remove_with_certificates


@require_http_methods(["GET", "HEAD", "POST"])
def document_translation(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    return edit_translation(
        request,
        standing=document_translation_of(document),
        save=partial(save_document_translation, by=request.user, document=document),
        template="cases/document/translation.html",
        context={"case": document.case, "document": document, "cancel_url": document.get_absolute_url()},
        done=reverse("document_translation", args=[pk]),
    )


@require_POST
def document_translation_remove(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    remove = partial(remove_document_translation, by=request.user, document=document)
    return remove_with_certificates(request, remove=remove, done=reverse("document_translation", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def document_certificate(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    return bring_certificate(
        request,
        standing=document_translation_of(document),
        keep=partial(add_document_certificate, by=request.user, document=document),
        template="cases/document/certificate.html",
        context={"case": document.case, "document": document},
        addresses=(reverse("document_certificate", args=[pk]), reverse("document_translation", args=[pk])),
    )


@require_POST
def document_certificate_withdraw(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    withdraw_document_certificate(by=request.user, document=document, now=timezone.now())
    messages.success(request, _("The certificate is withdrawn. It is kept, and filed no more."))
    return redirect("document_certificate", pk)


@require_safe
def document_certificate_original(request: PersonRequest, pk: uuid.UUID, number: int) -> HttpResponseBase:
    """The very bytes that were given, as a file to keep: never shown by the browser, whatever is in them."""
    certificate = certificate_of(request.user, pk, number, Ability.TAKE_DOCUMENTS)
    try:
        file = release_document_certificate(by=request.user, certificate=certificate)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect("document_certificate", pk)
    return as_given(file, certificate.original_name or "certificate")
