from caseapp.library.models.comment import Comment
from caseapp.library.models.excerpt import Excerpt
from caseapp.library.models.family import (
    Attribution,
    Comparison,
    ComparisonStatus,
    Fingerprint,
    Joining,
    Link,
    LinkKind,
    Manner,
    SharedPassage,
    Verdict,
)
from caseapp.library.models.imports import Choice, Import, ImportRow, Outcome, RowKind, RowStatus
from caseapp.library.models.origin import Origin
from caseapp.library.models.publisher import Publisher, PublisherName
from caseapp.library.models.reading import Reading, Standing
from caseapp.library.models.recheck import Recapture, RecaptureStatus, Recheck, Settled
from caseapp.library.models.search import EntryKind, SavedSearch, SearchEntry
from caseapp.library.models.source import Capture, Kind, Method, Source
from caseapp.library.models.suggestion import Answer, RuleKind, Suggestion, ThemeLearning, ThemeRule
from caseapp.library.models.theme import Theme, ThemeExample
from caseapp.library.models.translation import CaptureCertificate, CaptureTranslation
from caseapp.library.models.undo import Undo

__all__ = [
    "Answer",
    "Attribution",
    "Capture",
    "CaptureCertificate",
    "CaptureTranslation",
    "Choice",
    "Comment",
    "Comparison",
    "ComparisonStatus",
    "EntryKind",
    "Excerpt",
    "Fingerprint",
    "Import",
    "ImportRow",
    "Joining",
    "Kind",
    "Link",
    "LinkKind",
    "Manner",
    "Method",
    "Origin",
    "Outcome",
    "Publisher",
    "PublisherName",
    "Reading",
    "Recapture",
    "RecaptureStatus",
    "Recheck",
    "RowKind",
    "RowStatus",
    "RuleKind",
    "SavedSearch",
    "SearchEntry",
    "Settled",
    "SharedPassage",
    "Source",
    "Standing",
    "Suggestion",
    "Theme",
    "ThemeExample",
    "ThemeLearning",
    "ThemeRule",
    "Undo",
    "Verdict",
]
