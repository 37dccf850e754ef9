from caseapp.library.models.excerpt import Excerpt
from caseapp.library.models.source import Capture, Kind, Method, Source
from caseapp.library.models.theme import Theme

__all__ = ["Capture", "Excerpt", "Kind", "Method", "Source", "Theme"]
