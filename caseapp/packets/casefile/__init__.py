"""`case.json`: a whole case as one file, for scripts, for moving house, and for the demonstration. Pure.

`parse` gives the file's contents, or refuses it with every place in it that is wrong.
"""

from caseapp.packets.casefile.entries import (
    BearingEntry,
    CaseFile,
    DocumentEntry,
    ExcerptEntry,
    ExhibitEntry,
    FilingEntry,
    PacketEntry,
    SourceEntry,
    StatementEntry,
    ThemeEntry,
    TranslationEntry,
    WaiverEntry,
)
from caseapp.packets.casefile.parsing import CaseFileRefused, Problem, parse, place

__all__ = [
    "BearingEntry",
    "CaseFile",
    "CaseFileRefused",
    "DocumentEntry",
    "ExcerptEntry",
    "ExhibitEntry",
    "FilingEntry",
    "PacketEntry",
    "Problem",
    "SourceEntry",
    "StatementEntry",
    "ThemeEntry",
    "TranslationEntry",
    "WaiverEntry",
    "parse",
    "place",
]
