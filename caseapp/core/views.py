"""Answers that belong to no app: is the program well, and what to say when it is not."""

import logging
import secrets
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

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
    """A plain page with a number that finds the trace in the log.

    Rendered without the request: whatever broke (the database, the session) may break again.
    """
    number = secrets.token_hex(4)
    logger.error("error number %s", number)
    return HttpResponseServerError(render_to_string("500.html", {"number": number}))
