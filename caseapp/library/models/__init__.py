from caseapp.library.models.excerpt import Excerpt
from caseapp.library.models.origin import Origin
from caseapp.library.models.source import Capture, Kind, Method, Source
from caseapp.library.models.theme import Theme
from caseapp.library.models.translation import CaptureTranslation

__all__ = ["Capture", "CaptureTranslation", "Excerpt", "Kind", "Method", "Origin", "Source", "Theme"]
