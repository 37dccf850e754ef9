"""Where else than at its address a source can be found, in the words of each style. Pure."""

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing.facts import Facts
from caseapp.library.citing.runs import one_line

ON_FILE = "on file with counsel"


def whereabouts(facts: Facts, style: CitationStyle) -> str:
    """An archived copy, in brackets for the Bluebook (rule 18.2.1(d)) and McGill.

    Where there is none, the Bluebook wants to know who keeps the copy; here the office does, with its hash.
    """
    archive = one_line(facts.archive_url)
    if style == "oscola":
        return f", archived at <{archive}>" if archive else ""
    if archive:
        return f" [{archive}]"
    return f" ({ON_FILE})" if style == "bluebook" else ""
