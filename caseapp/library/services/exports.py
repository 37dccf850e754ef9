"""What leaves the library is put on record, with who took it and how much it was."""

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Source


def record_export(*, by: User, file_name: str, passages: int, sources: int) -> None:
    """Called before the file is handed out. What was searched for is not kept: it may hold a client's words."""
    record(
        by=by,
        action=Action.LIBRARY_TAKEN_OUT,
        subject=Source,
        label=file_name,
        passages=passages,
        sources=sources,
    )
