"""The translation that goes beside a source."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of
from caseapp.library.forms.translations import TranslationForm
from caseapp.library.services.translations import (
    FileNeedsDecision,
    NothingTranslated,
    TranslationChangedMeanwhile,
    TranslationDetails,
    TranslationFile,
    remove_translation,
    save_translation,
    translation_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def source_translation(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    standing = translation_of(capture)
    sent = request.method == "POST"
    form = TranslationForm(request.POST if sent else None, request.FILES if sent else None, standing=standing)
    context: dict[str, Any] = {
        "source": capture.source,
        "standing": standing,
        "form": form,
        "cancel_url": reverse("source_details", args=[pk]),
        "cancel_words": _("Leave it as it is"),
    }
    if sent and form.is_valid():
        details, version = TranslationDetails(**form.details), form.cleaned_data["version"] or 0
        chosen = form.chosen
        file = TranslationFile(**chosen) if chosen else None
        try:
            save_translation(by=request.user, capture=capture, details=details, file=file, version=version)
        except TranslationChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "library/translation/source.html", context, status=409)
        except (FileNeedsDecision, NothingTranslated, Unreadable, Unusable) as error:
            form.refuse(str(error))
        else:
            messages.success(request, _("The translation is saved. It follows the original in every packet."))
            return redirect("source_translation", pk)
    return render(request, "library/translation/source.html", context, status=422 if form.errors else 200)


@require_POST
def source_translation_remove(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk)
    remove_translation(by=request.user, capture=capture)
    messages.success(request, _("The translation is removed."))
    return redirect("source_translation", pk)
