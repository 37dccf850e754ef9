"""The translation that goes beside a document of the case."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import document_of
from caseapp.cases.services.translations import (
    document_translation_of,
    remove_document_translation,
    save_document_translation,
)
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.forms.translations import TranslationForm
from caseapp.library.services.translations import (
    FileNeedsDecision,
    NothingTranslated,
    TranslationChangedMeanwhile,
    TranslationDetails,
    TranslationFile,
)


@require_http_methods(["GET", "HEAD", "POST"])
def document_translation(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    standing = document_translation_of(document)
    sent = request.method == "POST"
    form = TranslationForm(request.POST if sent else None, request.FILES if sent else None, standing=standing)
    context: dict[str, Any] = {
        "case": document.case,
        "document": document,
        "standing": standing,
        "form": form,
        "cancel_url": document.get_absolute_url(),
        "cancel_words": _("Leave it as it is"),
    }
    if sent and form.is_valid():
        details, version = TranslationDetails(**form.details), form.cleaned_data["version"] or 0
        chosen = form.chosen
        file = TranslationFile(**chosen) if chosen else None
        try:
            save_document_translation(by=request.user, document=document, details=details, file=file, version=version)
        except TranslationChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/document/translation.html", context, status=409)
        except (FileNeedsDecision, NothingTranslated, Unreadable, Unusable) as error:
            form.refuse(str(error))
        else:
            messages.success(request, _("The translation is saved. It follows the original in every packet."))
            return redirect("document_translation", pk)
    return render(request, "cases/document/translation.html", context, status=422 if form.errors else 200)


@require_POST
def document_translation_remove(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    remove_document_translation(by=request.user, document=document)
    messages.success(request, _("The translation is removed."))
    return redirect("document_translation", pk)
