from caseapp.cases.models.case import Case, CaseMember, CaseQuerySet, forum_choices
from caseapp.cases.models.document import Document, DocumentKind, DocumentStatus, DocumentTranslation
from caseapp.cases.models.evidence import CaseEvidence
from caseapp.cases.models.statement import Bearing, Relation, Statement

__all__ = [
    "Bearing",
    "Case",
    "CaseEvidence",
    "CaseMember",
    "CaseQuerySet",
    "Document",
    "DocumentKind",
    "DocumentStatus",
    "DocumentTranslation",
    "Relation",
    "Statement",
    "forum_choices",
]
