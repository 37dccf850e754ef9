"""Many at once: bringing files and addresses, watching their rows, answering what is asked, seeing what failed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.library.access import import_of, require_library, row_of
from caseapp.library.arriving.mending import table_of
from caseapp.library.fetching import may_fetch
from caseapp.library.forms.imports import FilesToImportForm, ImportForm, RowForm
from caseapp.library.forms.sources import AddSourceForm
from caseapp.library.models import Import, ImportRow, RowStatus
from caseapp.library.origins.families import sharing_of
from caseapp.library.queries import imports_listed, next_asking, row_counts, rows_not_taken_in, rows_of_import
from caseapp.library.services.exports import record_export
from caseapp.library.services.imports import (
    NothingToAnswer,
    add_to_import,
    answer_row,
    begin_import,
    retry_row,
    save_as_they_are,
    skip_row,
    start_import,
    stop_import,
)
from caseapp.library.views.sources import add_page

IMPORTS_ON_A_PAGE = 50
ROWS_ON_A_PAGE = 50
# htmx stops asking when it is answered with this.
STOP_POLLING = 286


@require_safe
def import_list(request: PersonRequest) -> HttpResponse:
    require_library(request.user)
    page = Paginator(imports_listed(), IMPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/import/list.html", {"page": page})


@require_POST
def import_add(request: PersonRequest) -> HttpResponse:
    """Start an import; what is wrong with one file is said in its row."""
    require_library(request.user)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return add_page(request, AddSourceForm(), form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    batch = start_import(
        by=request.user,
        files=form.files_with_names,
        addresses=form.cleaned_data["addresses"],
        details=form.details,
        creates_themes=form.cleaned_data["creates_themes"],
        submission=form.cleaned_data["submission"],
        is_whole=not form.cleaned_data["more"],
        now=timezone.now(),
    )
    if form.cleaned_data["addresses"] and not may_fetch():
        words = _("Nothing is fetched, for your office does not allow it: each address waits for its text in a row.")
        messages.warning(request, words)
    return redirect(batch)


@require_POST
def import_files(request: PersonRequest, pk: int) -> HttpResponse:
    """Further files of an import that the browser is still sending."""
    batch = import_of(request.user, pk)
    form = FilesToImportForm(request.POST, request.FILES)
    if batch.started_at is None and form.is_valid():
        is_whole = not form.cleaned_data["more"]
        add_to_import(batch=batch, files=form.files_with_names, is_whole=is_whole, now=timezone.now())
    return redirect(batch)


@require_POST
def import_begin(request: PersonRequest, pk: int) -> HttpResponse:
    batch = import_of(request.user, pk)
    begin_import(batch=batch, now=timezone.now())
    return redirect(batch)


@require_POST
def import_stop(request: PersonRequest, pk: int) -> HttpResponse:
    batch = import_of(request.user, pk)
    settled = request.POST.get("what") == "settled"
    left = stop_import(batch=batch, of=[RowStatus.ASKING, RowStatus.FAILED] if settled else [RowStatus.WAITING])
    words = ngettext("%(count)d row was left out.", "%(count)d rows were left out.", left) % {"count": left}
    stays = _("What was added before stays, and each can be read again.")
    messages.success(request, f"{words} {stays}" if left else _("Nothing was left to leave out."))
    return redirect(batch)


@require_POST
def import_save(request: PersonRequest, pk: int) -> HttpResponse:
    batch = import_of(request.user, pk)
    saved = save_as_they_are(by=request.user, batch=batch)
    words = ngettext("%(count)d row is being added as it is.", "%(count)d rows are being added as they are.", saved)
    messages.success(request, words % {"count": saved})
    return redirect(batch)


@require_safe
def import_show(request: PersonRequest, pk: int) -> HttpResponse:
    batch = import_of(request.user, pk)
    return render(request, "library/import/show.html", _rows_shown(request, batch))


@require_safe
def import_rows(request: PersonRequest, pk: int) -> HttpResponse:
    """How far each row is, for the page to bring itself up to date."""
    context = _rows_shown(request, import_of(request.user, pk))
    is_over = not context["counts"].is_moving
    return render(request, "library/import/_rows.html", context, status=STOP_POLLING if is_over else HTTPStatus.OK)


def _rows_shown(request: PersonRequest, batch: Import) -> dict[str, Any]:
    state = request.GET.get("state", "")
    page = Paginator(rows_of_import(batch, state), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    sharing = sharing_of(row.source_id for row in page if row.source_id)
    return {"batch": batch, "state": state, "page": page, "counts": row_counts(batch), "sharing": sharing}


@require_safe
def import_failures(request: PersonRequest, pk: int) -> HttpResponse:
    """The rows that were not taken in, as a table to be mended and brought again."""
    rows = rows_not_taken_in(import_of(request.user, pk))
    record_export(by=request.user, file_name="to-mend.csv", passages=0, sources=len(rows))
    headers = {"Content-Disposition": content_disposition_header(True, "to-mend.csv") or "attachment"}
    # The mark tells spreadsheets that this is UTF-8.
    table = "\ufeff" + table_of(rows)
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: PersonRequest, pk: int) -> HttpResponse:
    """One row: what is asked about it, what became of it, or what is wrong."""
    row = row_of(request.user, pk)
    is_sent = request.method == "POST"
    form = RowForm(request.POST if is_sent else None, request.FILES if is_sent else None, row=row)
    if is_sent and row.can_be_answered and not form.is_valid():
        return _row_page(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return _answer(request, row, form)
    if request.GET.get("then") == "read" and row.source:
        return redirect(row.source)
    return _row_page(request, row, form)


def _row_page(
    request: PersonRequest, row: ImportRow, form: RowForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    sharing = sharing_of([row.source_id] if row.source_id else [])
    context = {"row": row, "batch": row.batch, "form": form, "following": next_asking(row), "sharing": sharing}
    return render(request, "library/import/row.html", context, status=status)


def _answer(request: PersonRequest, row: ImportRow, form: RowForm) -> HttpResponse:
    try:
        if not (row.can_be_answered and form.is_valid()):
            raise NothingToAnswer
        answer_row(
            by=request.user,
            row=row,
            details=form.details,
            codes=form.codes,
            choice=form.chosen,
            original=form.original,
            now=timezone.now(),
        )
    except NothingToAnswer as error:
        messages.info(request, str(error))
        return redirect(row)
    following = next_asking(row)
    match request.POST.get("then"):
        case "read":
            return redirect(f"{row.get_absolute_url()}?then=read")
        case "next" if following:
            return redirect(following)
        case "next":
            messages.success(request, _("That was the last row that asked."))
    return redirect(row.batch)


@require_safe
def import_row_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """What the page of a row says while it is read; when that is over, the page is loaded again, or the reader."""
    row = row_of(request.user, pk)
    then = request.GET.get("then", "")
    if row.is_open:
        return render(request, "library/import/_reading.html", {"row": row, "then": then})
    if then == "read" and row.source:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Redirect": row.source.get_absolute_url()})
    return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})


@require_POST
def import_row_retry(request: PersonRequest, pk: int) -> HttpResponse:
    row = row_of(request.user, pk)
    try:
        retry_row(row=row)
    except NothingToAnswer as error:
        messages.info(request, str(error))
    return redirect(row)


@require_POST
def import_row_skip(request: PersonRequest, pk: int) -> HttpResponse:
    row = row_of(request.user, pk)
    try:
        skip_row(row=row)
    except NothingToAnswer as error:
        messages.info(request, str(error))
        return redirect(row)
    return redirect(next_asking(row) or row.batch)
