"""What people ask of the record itself."""

from dataclasses import asdict

from caseapp.audit.actions import Action
from caseapp.audit.models import Event, Person, record
from caseapp.audit.queries import Asked


def record_taken_out(*, by: Person | None, file_name: str, asked: Asked | None = None) -> None:
    """Called before the file is handed out: so the file itself tells of it. Nothing asked is everything."""
    narrowed = {name: str(value) for name, value in asdict(asked or Asked()).items() if value}
    record(by=by, action=Action.RECORD_TAKEN_OUT, subject=Event, label=file_name, asked=narrowed)
