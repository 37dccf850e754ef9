"""What a case can put on the cover of its packet."""

from caseapp.cases.models import Case
from caseapp.forums import Forum
from caseapp.packets.pdf.words import date_words

CLIENT = ("Respondent", "In the matter of", "Applicant", "Appellant", "Claimant")
NUMBER = ("A-number", "File number", "Tribunal reference", "IRB file number")
COURT = ("Court", "Submitted to", "Immigration court", "Asylum office", "Hearing centre", "Registry")
HEARING = ("Next hearing", "Interview", "Hearing")


def cover_fields(case: Case, profile: Forum) -> tuple[tuple[str, str], ...]:
    """The forum's cover fields that the case can fill, as (label, value). Confidential."""
    known = _cover_values(case, profile)
    return tuple((label, known[label]) for label in profile.cover_fields if known.get(label))


def _cover_values(case: Case, profile: Forum) -> dict[str, str]:
    """What the case knows, under every name that a forum has for it."""
    hearing = date_words(case.hearing_on.isoformat(), profile.date_order) if case.hearing_on else ""
    return (
        dict.fromkeys(("Filed by", "Submitted by"), case.filer)
        | dict.fromkeys(CLIENT, case.client_name)
        | dict.fromkeys(NUMBER, case.file_number)
        | dict.fromkeys(COURT, case.court)
        | dict.fromkeys(HEARING, hearing)
        | {
            "Detention status": "Detained" if case.is_detained else "Not detained",
            "Immigration judge": case.judge,
        }
    )
