"""Answers that belong to no app: is the program well, and what to say when it is not."""

import contextlib
import logging
import tempfile
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caseapp.core.antivirus import FileNotClean
from caseapp.core.numbered import number
from caseapp.core.storage import CHUNK

logger = logging.getLogger(__name__)


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _files_can_be_written() -> None:
    with tempfile.TemporaryFile(dir=settings.DATA_DIR):
        pass


HEALTH_CHECKS: dict[str, Callable[[], None]] = {"database": _database_answers, "files": _files_can_be_written}


def _is_failing(check: Callable[[], None]) -> bool:
    try:
        check()
    except (DatabaseError, OSError):
        logger.exception("health check failed")
        return True
    return False


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For watchers and containers: 200 when the database answers and files can be written, else 503."""
    failing = [name for name, check in HEALTH_CHECKS.items() if _is_failing(check)]
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """A plain page with the number that finds the trace in the log.

    Rendered without the request: whatever broke (the database, the session) may break again. Where the page itself is
    what breaks, as without the static files, the number is said in plain words.
    """
    try:
        page = render_to_string("500.html")
    except Exception:
        logger.exception("The page for failures cannot be shown.")
        words = _("Something broke on our side")
        return HttpResponseServerError(f"{words}: {number()}", content_type="text/plain; charset=utf-8")
    return HttpResponseServerError(page)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was not understood, or was too much to read. Rendered without the request, which cannot be trusted."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        _hear_out(request)
        return HttpResponse(render_to_string("413.html"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if isinstance(exception, FileNotClean):
        page = render_to_string("422.html", {"sentence": str(exception)})
        return HttpResponse(page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseBadRequest(render_to_string("400.html"))


def _hear_out(request: HttpRequest) -> None:
    """A browser that is still sending shows no answer, only that the connection was cut: what comes is thrown away."""
    left = settings.MAX_REQUEST_BYTES
    with contextlib.suppress(OSError):
        while left > 0 and (piece := request.read(CHUNK)):
            left -= len(piece)
