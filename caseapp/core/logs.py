"""What goes into the log."""

import logging


class RefusalsInOneLine(logging.Filter):
    """A request that was refused (4xx) is nobody's fault: one line says so, without the stack that led there."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True
