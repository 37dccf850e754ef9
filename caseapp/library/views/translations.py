"""The translation that goes beside a source."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.core.leading import lead_to
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of
from caseapp.library.forms.translations import TranslationForm
from caseapp.library.models.translation import Translation
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
    capture = capture_of(request.user, pk, request.GET.get("version"))
    return edit_translation(
        request,
        standing=translation_of(capture),
        save=partial(save_translation, by=request.user, capture=capture),
        template="library/translation/source.html",
        context={"source": capture.source, "capture": capture, "cancel_url": reverse("source_details", args=[pk])},
        done=capture.address("source_translation"),
    )


def edit_translation(
    request: PersonRequest,
    *,
    standing: Translation,
    save: Callable[..., Translation],
    template: str,
    context: Mapping[str, Any],
    done: str,
) -> HttpResponse:
    """The form of a translation, wherever it belongs: `save` takes details, file and version; `done` is where to go."""
    sent = request.method == "POST"
    form = TranslationForm(request.POST if sent else None, request.FILES if sent else None, standing=standing)
    told = {**context, "standing": standing, "form": form, "cancel_words": _("Leave it as it is")}
    if sent and form.is_valid():
        chosen = form.chosen
        file = TranslationFile(**chosen) if chosen else None
        try:
            save(details=TranslationDetails(**form.details), file=file, version=form.cleaned_data["version"] or 0)
        except TranslationChangedMeanwhile as error:
            told |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, template, told, status=409)
        except (FileNeedsDecision, NothingTranslated, Unreadable, Unusable) as error:
            form.refuse(str(error))
        else:
            messages.success(request, _("The translation is saved. It follows the original in every packet."))
            return lead_to(request, done)
    return render(request, template, told, status=422 if form.errors else 200)


@require_POST
def source_translation_remove(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    remove_translation(by=request.user, capture=capture)
    messages.success(request, _("The translation is removed."))
    return redirect(capture.address("source_translation"))
