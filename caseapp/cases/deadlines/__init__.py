"""Pure: by when a filing has to be there, from what is known of a case and the forum's own data."""

from caseapp.cases.deadlines.counting import EARLIEST, LATEST, Counted, Dates, Facts, Ordered, dates_of
from caseapp.cases.deadlines.planning import DEFAULT_STEPS, MOST_DAYS, Step, StepName, Steps, steps_before
from caseapp.cases.deadlines.words import EVENTS, Note, asked_in_words, closed_because, notes_on

__all__ = [
    "DEFAULT_STEPS",
    "EARLIEST",
    "EVENTS",
    "LATEST",
    "MOST_DAYS",
    "Counted",
    "Dates",
    "Facts",
    "Note",
    "Ordered",
    "Step",
    "StepName",
    "Steps",
    "asked_in_words",
    "closed_because",
    "dates_of",
    "notes_on",
    "steps_before",
]
