from caseapp.cases.models.case import Case, CaseMember, CaseQuerySet, Glass, HearingKind, forum_choices
from caseapp.cases.models.coverage import COMPARED_AFTER, CaseThemeElement, CoverageNote, CoverageSnapshot, ThemeElement
from caseapp.cases.models.document import (
    Document,
    DocumentCertificate,
    DocumentKind,
    DocumentPicture,
    DocumentStatus,
    DocumentTranslation,
)
from caseapp.cases.models.event import EventSince
from caseapp.cases.models.evidence import CaseEvidence
from caseapp.cases.models.key import CaseKey
from caseapp.cases.models.planning import Planning
from caseapp.cases.models.statement import Bearing, Relation, Statement
from caseapp.cases.models.task import CaseComment, CaseMention, CaseTask

__all__ = [
    "COMPARED_AFTER",
    "Bearing",
    "Case",
    "CaseComment",
    "CaseEvidence",
    "CaseKey",
    "CaseMember",
    "CaseMention",
    "CaseQuerySet",
    "CaseTask",
    "CaseThemeElement",
    "CoverageNote",
    "CoverageSnapshot",
    "Document",
    "DocumentCertificate",
    "DocumentKind",
    "DocumentPicture",
    "DocumentStatus",
    "DocumentTranslation",
    "EventSince",
    "Glass",
    "HearingKind",
    "Planning",
    "Relation",
    "Statement",
    "ThemeElement",
    "forum_choices",
]
