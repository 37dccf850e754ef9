"""A client's own papers: the list, adding some, one document with what was found in it, and its pages."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, document_of, note_document_opened, note_page_seen
from caseapp.cases.forms.documents import (
    AddDocumentsForm,
    AnswerForm,
    DocumentForm,
    DocumentOrderForm,
    SeenDocumentsForm,
)
from caseapp.cases.models import Case, Document, DocumentStatus
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.queries import documents_in_order, events_of_document, same_bytes
from caseapp.cases.services.documents import (
    DocumentChangedMeanwhile,
    DocumentDetails,
    DocumentInUse,
    NothingToDecide,
    add_document,
    answer_document,
    change_document,
    move_document,
    picture_of_page,
    release_document,
    remove_document,
    remove_refused,
    retry_document,
)
from caseapp.cases.versions import versions_of
from caseapp.cases.views.in_place import is_in_place
from caseapp.core.leading import lead_to
from caseapp.core.originals import as_given
from caseapp.core.storage import FileAltered
from caseapp.intake import Unusable
from caseapp.library.sources.titles import title_from

PAGES_ON_A_PAGE = 12
# htmx stops asking when it gets this status.
STOP_POLLING = 286


@require_safe
def case_documents(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.SEE_CASES)
    return render(request, "cases/document/list.html", _listed(case))


def _listed(case: Case) -> dict[str, Any]:
    documents = list(documents_in_order(case))
    refused = [document for document in documents if document.status == DocumentStatus.REFUSED]
    return {"case": case, "documents": documents, "refused": refused}


@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form = AddDocumentsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _add_each(request, case, form)
        return lead_to(request, "case_documents", case.pk)
    context = {"case": case, "form": form, "cancel_url": reverse("case_documents", args=[case.pk])}
    return render(request, "cases/document/add.html", context, status=422 if form.errors else 200)


def _add_each(request: PersonRequest, case: Case, form: AddDocumentsForm) -> None:
    """Each file for itself: what is wrong with one is said, and does not stop the others."""
    files = form.cleaned_data["files_chosen"]
    for sentence in form.refused:
        messages.error(request, sentence)
    added = [document for file in files if (document := _add(request, case, form, file, alone=len(files) == 1))]
    if added:
        words = ngettext("%(count)s document added.", "%(count)s documents added.", len(added))
        messages.success(request, words % {"count": len(added)})
    for document in added:
        for twin in same_bytes(document)[:3]:
            sentence = format_html(
                '{} <a href="{}">{}</a>', _("This case has the same file already:"), twin.get_absolute_url(), twin
            )
            messages.info(request, sentence)


def _add(
    request: PersonRequest, case: Case, form: AddDocumentsForm, file: UploadedFile, *, alone: bool
) -> Document | None:
    typed = form.details["title"] if alone else ""
    title = typed or title_from(file.name or "") or _("Document")
    try:
        return add_document(
            by=request.user,
            case=case,
            details=DocumentDetails(**form.details | {"title": title}),
            original=file.chunks(),
            name=file.name or "",
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, f"“{file.name}”: {' '.join(error.messages)}")
        return None


@require_safe
def document_states(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the reading of each document is, for the list to bring itself up to date: as a whole where a newer file
    has taken the place of one that the page still shows, which is named as `awaited`."""
    case = case_of(request.user, pk, Ability.SEE_CASES)
    context = _listed(case)
    documents = context["documents"]
    is_over = not any(document.is_in_motion for document in documents)
    awaited = set(request.GET.getlist("awaited"))
    has_arrived = any(str(document.replaces_id) in awaited for document in documents)
    context |= {"in_place": True, "has_arrived": has_arrived}
    return render(request, "cases/document/_states.html", context, status=STOP_POLLING if is_over else 200)


@require_POST
def document_move(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form, status = DocumentOrderForm(request.POST), HTTPStatus.OK
    try:
        if not form.is_valid():
            raise OrderOutOfDate
        move_document(by=request.user, case=case, seen=form.cleaned_data["seen"], order=form.wanted())
    except OrderOutOfDate as error:
        messages.warning(request, str(error))
        status = HTTPStatus.CONFLICT
    if status == HTTPStatus.OK and not is_in_place(request):
        return redirect("case_documents", case.pk)
    template = "cases/document/_moved.html" if is_in_place(request) else "cases/document/list.html"
    return render(request, template, _listed(case), status=status)


@require_safe
def document_show(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk, Ability.SEE_CASES)
    note_document_opened(by=request.user, document=document)
    return render(request, "cases/document/show.html", _shown(request, document))


def _shown(request: PersonRequest, document: Document) -> dict[str, Any]:
    pages = Paginator(range(1, document.pages + 1), PAGES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "case": document.case,
        "document": document,
        "answer": AnswerForm(document=document),
        "pages": pages,
        "twins": same_bytes(document),
        "versions": versions_of(document),
        "events": events_of_document(document),
    }


@require_safe
def document_progress(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """What the page of a document says of its reading; when that is over, the whole page is loaded again."""
    document = document_of(request.user, pk, Ability.SEE_CASES)
    if document.is_being_read:
        return render(request, "cases/document/_reading.html", {"document": document})
    return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    form = DocumentForm(request.POST if request.method == "POST" else None, document=document)
    context: dict[str, Any] = {"case": document.case, "document": document, "form": form}
    context |= {"cancel_url": document.get_absolute_url()}
    if request.method == "POST" and form.is_valid():
        details, version = DocumentDetails(**form.details), form.cleaned_data["version"] or 0
        try:
            change_document(by=request.user, document=document, details=details, version=version)
        except DocumentChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/document/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect(document)
    return render(request, "cases/document/edit.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@require_POST
def document_answer(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """What a person decided about the document. A password is used for this one reading and kept nowhere."""
    document = document_of(request.user, pk)
    form = AnswerForm(request.POST, document=document)
    if document.status == DocumentStatus.ASKING and not form.is_valid():
        context = _shown(request, document) | {"answer": form}
        return render(request, "cases/document/show.html", context, status=422)
    try:
        form.is_valid()
        now = timezone.now()
        answer_document(by=request.user, document=document, codes=form.codes, now=now, password=form.password)
    except NothingToDecide as error:
        messages.info(request, str(error))
    return redirect(document)


@require_POST
def document_retry(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    try:
        retry_document(by=request.user, document=document, now=timezone.now())
    except NothingToDecide as error:
        messages.info(request, str(error))
    return redirect(document)


@require_http_methods(["GET", "HEAD", "POST"])
def document_remove(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    document = document_of(request.user, pk)
    error = ""
    if request.method == "POST":
        try:
            remove_document(by=request.user, document=document)
        except DocumentInUse as refused:
            error = str(refused)
        else:
            messages.success(request, _("The document is out of the case."))
            return redirect("case_documents", document.case_id)
    context = {"case": document.case, "document": document, "error": error, "cancel_url": document.get_absolute_url()}
    return render(request, "cases/document/remove.html", context, status=409 if error else 200)


@require_POST
def refused_remove(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """All at once of those that were seen to be of no use."""
    case = case_of(request.user, pk)
    form = SeenDocumentsForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else []
    removed, held = remove_refused(by=request.user, case=case, seen=seen)
    if not removed and not held:
        messages.info(request, _("None of these documents is still one that cannot be used. Nothing was removed."))
        return render(request, "cases/document/list.html", _listed(case), status=HTTPStatus.CONFLICT)
    if removed:
        words = ngettext("%(count)s document is out of the case.", "%(count)s documents are out of the case.", removed)
        messages.success(request, words % {"count": removed})
    if held:
        messages.warning(request, _("What a packet files, or statements were taken from, stays until it is let go."))
    return redirect("case_documents", case.pk)


@require_safe
def document_original(request: PersonRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The very bytes that were given, as a file to keep: never shown by the browser, whatever is in them."""
    document = document_of(request.user, pk, Ability.TAKE_DOCUMENTS)
    try:
        file = release_document(by=request.user, document=document)
    except FileAltered as error:
        messages.error(request, str(error))
        return redirect(document)
    return as_given(file, document.original_name or "document")


@require_safe
def document_page(request: PersonRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """One page of the clean copy as a picture."""
    document = document_of(request.user, pk, Ability.SEE_CASES)
    if not 1 <= number <= document.pages:
        raise Http404
    note_page_seen(by=request.user, document=document, now=timezone.now())
    try:
        return HttpResponse(picture_of_page(document, number), content_type="image/png")
    except (Unusable, FileAltered) as error:
        raise Http404 from error
