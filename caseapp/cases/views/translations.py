"""The translation that goes beside a document of the case."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import document_of
from caseapp.cases.services.translations import (
    document_translation_of,
    remove_document_translation,
    save_document_translation,
)
from caseapp.library.views.translations import edit_translation


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
    remove_document_translation(by=request.user, document=document)
    messages.success(request, _("The translation is removed."))
    return redirect("document_translation", pk)
