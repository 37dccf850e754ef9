"""The clean copy of a PDF, written for its parent once nothing about the file is left to be asked."""

from pathlib import Path
from typing import Any

from caseapp.intake.pdf.examining import examined
from caseapp.intake.pdf.opening import PasswordNeeded


def clean(folder: Path, password: str = "", accepted: tuple[str, ...] = ()) -> dict[str, Any]:
    """Leaves `clean.pdf` in the folder, unless a question is open."""
    try:
        made = examined(folder / "input", password)
    except PasswordNeeded as needed:
        return {"questions": [needed.question().to_dict()]}
    questions = [question for question in made.report.questions if question.code not in accepted]
    if questions:
        return {"questions": [question.to_dict() for question in questions]}
    (folder / "clean.pdf").write_bytes(made.pdf)
    return {
        "questions": [],
        "pages": made.report.pages,
        "notices": [notice.to_dict() for notice in made.report.notices],
        "text_pages": made.text_pages,
    }
