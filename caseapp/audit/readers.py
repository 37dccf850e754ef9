"""Who reads the record of the office: whoever is on no team of a case reads that something happened there, by ids.

The references of cases and the titles of packets stand on record in words, since nothing there is ever taken away; and
what the office calls its cases may say whose they are.
"""

import uuid
from dataclasses import dataclass

from caseapp.audit.models import Event

IN_WORDS = ("subject_label", "detail")


@dataclass(frozen=True)
class Reader:
    """A person, and the cases that they may look into at this moment."""

    pk: int
    cases: frozenset[uuid.UUID]

    def reads_words_of(self, event: Event) -> bool:
        """Of what belongs to no case, of their own cases, and of their own deeds."""
        return event.case_id is None or event.case_id in self.cases or event.actor_id == self.pk
