"""Failures that nobody foresaw: in the log by ids and lines of code, to people by a reference."""

import logging
import traceback
import uuid

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
