from caseapp.packets.freezing.cover import cover_fields
from caseapp.packets.freezing.errors import CannotFreeze, DocumentNotReady, PassageOutsideArticle, QuoteAltered
from caseapp.packets.freezing.packet import THEME_ORDER, freeze

__all__ = [
    "THEME_ORDER",
    "CannotFreeze",
    "DocumentNotReady",
    "PassageOutsideArticle",
    "QuoteAltered",
    "cover_fields",
    "freeze",
]
