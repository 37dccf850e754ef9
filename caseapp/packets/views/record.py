"""The record of the whole office, for administrators: what was done, and in words only what is no case of others.

It stands here because what it says of the machine (seals, files, disk) is gathered from every part of the program.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from caseapp.accounts.access import require
from caseapp.accounts.models import User
from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.audit.exporting import as_csv, as_json_lines
from caseapp.audit.forms import AskedForm
from caseapp.audit.queries import everything
from caseapp.audit.readers import Reader
from caseapp.audit.services import record_taken_out
from caseapp.cases.models import Case
from caseapp.packets.alarms import state_of_the_machine

EVENTS_ON_A_PAGE = 100
FORMATS = {
    "record.csv": (as_csv, "text/csv; charset=utf-8"),
    "record.jsonl": (as_json_lines, "application/jsonl"),
}


@require_safe
def record_show(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.MANAGE_PEOPLE)
    form = _form(request)
    page = Paginator(form.asked.within(everything()), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    reader = _reader(request.user)
    context = {
        "form": form,
        "page": page,
        "events": [(event, reader.reads_words_of(event)) for event in page.object_list],
        "state": state_of_the_machine(timezone.now()),
        "query": request.GET.urlencode() if form.is_valid() else "",
        "formats": FORMATS,
    }
    return render(request, "packets/record/show.html", context, status=form.status)


@require_safe
@sign_in_recent
def record_file(request: PersonRequest, name: str) -> HttpResponseBase:
    require(request.user, Ability.MANAGE_PEOPLE)
    if name not in FORMATS:
        raise Http404
    form = _form(request)
    if form.status != 200:
        return record_show(request)
    written, media_type = FORMATS[name]
    record_taken_out(by=request.user, file_name=name, asked=form.asked)
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    pieces = written(form.asked.within(everything()), _reader(request.user))
    return StreamingHttpResponse(pieces, content_type=media_type, headers=headers)


def _form(request: PersonRequest) -> AskedForm:
    return AskedForm(request.GET, people=list(User.objects.order_by("name", "pk").values_list("pk", "name")))


def _reader(user: User) -> Reader:
    return Reader(user.pk, frozenset(Case.objects.visible_to(user).values_list("pk", flat=True)))
