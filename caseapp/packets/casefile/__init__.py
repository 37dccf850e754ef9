"""`case.json`: a whole case as one file, for scripts, for moving house, and for the demonstration. Pure.

`parse` gives the file's contents, or refuses it with every place in it that is wrong.
"""

from caseapp.packets.casefile.entries import (
    BearingEntry,
    CaseFile,
    CertificateEntry,
    DocumentEntry,
    EventEntry,
    ExcerptEntry,
    ExhibitEntry,
    FilingEntry,
    GapEntry,
    PacketEntry,
    SourceEntry,
    StatementEntry,
    TaskEntry,
    ThemeEntry,
    TranslationEntry,
    WaiverEntry,
)
from caseapp.packets.casefile.parsing import CaseFileRefused, Problem, parse, place

__all__ = [
    "BearingEntry",
    "CaseFile",
    "CaseFileRefused",
    "CertificateEntry",
    "DocumentEntry",
    "EventEntry",
    "ExcerptEntry",
    "ExhibitEntry",
    "FilingEntry",
    "GapEntry",
    "PacketEntry",
    "Problem",
    "SourceEntry",
    "StatementEntry",
    "TaskEntry",
    "ThemeEntry",
    "TranslationEntry",
    "WaiverEntry",
    "parse",
    "place",
]
