"""The translation that goes beside a source, and the certificate that its translator signed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.core.fields import number_in
from caseapp.core.leading import lead_to
from caseapp.core.originals import as_given
from caseapp.core.storage import FileAltered
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.access import capture_of, certificate_of
from caseapp.library.forms.translations import CertificateForm, TranslationForm
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.models.translation import Translation
from caseapp.library.services.translations import (
    CertificatesWouldGo,
    NothingToVouchFor,
    NothingTranslated,
    TranslationChangedMeanwhile,
    TranslationDetails,
    TranslationFile,
    add_certificate,
    release_certificate,
    remove_translation,
    save_translation,
    translation_of,
    withdraw_certificate,
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
    """The form of a translation, wherever it belongs: `save` takes details, file, version and the codes of what
    was accepted; `done` is where to go."""
    sent = request.method == "POST"
    form = TranslationForm(request.POST if sent else None, request.FILES if sent else None, standing=standing)
    told = {**context, "standing": standing, "form": form, "cancel_words": _("Leave it as it is")}
    if sent and form.is_valid():
        chosen = form.chosen
        file = TranslationFile(**chosen) if chosen else None
        was_signed = standing.certificate is not None
        try:
            saved = save(
                details=TranslationDetails(**form.details),
                file=file,
                version=form.cleaned_data["version"] or 0,
                accepted=form.accepted,
            )
        except TranslationChangedMeanwhile as error:
            told |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, template, told, status=409)
        except MustBeDecided as undecided:
            form.ask(str(undecided), undecided.codes)
        except (NothingTranslated, Unreadable, Unusable) as error:
            form.refuse(str(error))
        else:
            messages.success(request, _("The translation is saved. It follows the original in every packet."))
            if was_signed and saved.certificate is None:
                messages.warning(
                    request,
                    _("The signed certificate was for what stood here before, so it is withdrawn. Bring one for this."),
                )
            return lead_to(request, done)
    return render(request, template, told, status=422 if form.errors else 200)


@require_POST
def source_translation_remove(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    remove = partial(remove_translation, by=request.user, capture=capture)
    return remove_with_certificates(request, remove=remove, done=capture.address("source_translation"))


def remove_with_certificates(request: PersonRequest, *, remove: Callable[..., None], done: str) -> HttpResponse:
    """Remove a translation, wherever it belongs: `remove` takes the numbers of the certificates that are to go too."""
    numbers = map(number_in, request.POST.getlist("certificates"))
    try:
        remove(certificates=[number for number in numbers if number is not None])
    except CertificatesWouldGo as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The translation is removed."))
    return redirect(done)


@require_http_methods(["GET", "HEAD", "POST"])
def source_certificate(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    return bring_certificate(
        request,
        standing=translation_of(capture),
        keep=partial(add_certificate, by=request.user, capture=capture),
        template="library/translation/source_certificate.html",
        context={"source": capture.source, "capture": capture},
        addresses=(capture.address("source_certificate"), capture.address("source_translation")),
    )


def bring_certificate(
    request: PersonRequest,
    *,
    standing: Translation,
    keep: Callable[..., object],
    template: str,
    context: Mapping[str, Any],
    addresses: tuple[str, str],
) -> HttpResponse:
    """The page of a translation's signed certificates, wherever it belongs: `keep` takes file, moment and the
    codes of what was accepted; `addresses` are its own and that of the translation."""
    done, translation_url = addresses
    form = CertificateForm(request.POST, request.FILES) if request.method == "POST" else CertificateForm()
    if form.is_valid():
        try:
            keep(file=TranslationFile(**form.chosen), now=timezone.now(), accepted=form.accepted)
        except MustBeDecided as undecided:
            form.ask(str(undecided), undecided.codes)
        except (NothingToVouchFor, Unreadable, Unusable) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The signed certificate is here. It follows the translation in every packet."))
            return lead_to(request, done)
    told = {**context, "standing": standing, "form": form}
    told |= {"cancel_url": translation_url, "cancel_words": _("Back to the translation")}
    return render(request, template, told, status=422 if form.errors else 200)


@require_POST
def source_certificate_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    capture = capture_of(request.user, pk, request.GET.get("version"))
    withdraw_certificate(by=request.user, capture=capture, now=timezone.now())
    messages.success(request, _("The certificate is withdrawn. It is kept, and filed no more."))
    return redirect(capture.address("source_certificate"))


@require_safe
def source_certificate_original(request: PersonRequest, pk: int, number: int) -> HttpResponseBase:
    """The very bytes that were given, as a file to keep: never shown by the browser, whatever is in them."""
    certificate = certificate_of(request.user, pk, request.GET.get("version"), number)
    try:
        data = release_certificate(by=request.user, certificate=certificate)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect(certificate.translation.capture.address("source_certificate"))
    return as_given(data, certificate.original_name)
