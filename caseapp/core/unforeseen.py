"""Failures that nobody foresaw: in the log by ids and lines of code, to people by a reference."""

import errno
import logging
import traceback
import uuid

from billiard.exceptions import SoftTimeLimitExceeded
from django.utils.translation import gettext as _

from caseapp.core import sandbox

logger = logging.getLogger(__name__)


class UnexpectedFailure(Exception):
    """Something nobody foresaw. Holds ids only: the words of the original error may be a client's."""

    def __init__(self, reference: str, kind: str) -> None:
        super().__init__(f"{kind}, reference {reference}")
        self.reference = reference


def note_unexpected(error: Exception, *, where: str) -> UnexpectedFailure:
    """Put an unforeseen failure in the log. `where` names the work by its ids, such as "build 7, part 2"."""
    failure = UnexpectedFailure(uuid.uuid4().hex[:8], type(error).__name__)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    logger.error("%s: %s\n%s", where, failure, frames)
    return failure


def end_of_means(error: Exception) -> str | None:
    """The sentence for work that stopped because time, memory or disk had come to an end."""
    if isinstance(error, SoftTimeLimitExceeded):
        return str(sandbox.ChildOutOfTime())
    if isinstance(error, MemoryError):
        return str(sandbox.ChildOutOfMemory())
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _("The server’s disk is full. Ask your administrator to make room, then have this file read again.")
    return None
