"""Why a packet cannot be frozen: each str() is a sentence for the person who asked for the build."""

from django.utils.translation import gettext as _


class CannotFreeze(Exception):
    """The packet contradicts its sources; its str() says where."""


class QuoteAltered(CannotFreeze):
    """An excerpt no longer says what its capture says there."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: the words of an excerpt are no longer where they were in the source. "
                "Nothing was built. Open the source and check its excerpts."
            )
            % {"label": label, "title": title}
        )


class PassageOutsideArticle(CannotFreeze):
    """An excerpt in use lies in the part of the capture that is left out."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: an excerpt in use lies outside the article, in the part that was trimmed "
                "away. Move the bounds of the article, or take the excerpt out of the case’s evidence."
            )
            % {"label": label, "title": title}
        )


class DocumentNotReady(CannotFreeze):
    """A document of the case has no clean pages: it is still being read, waits for a decision, or was refused."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: the document has no pages to file yet. Open it, see what it needs, and "
                "build again."
            )
            % {"label": label, "title": title}
        )


class PagesOutsideDocument(CannotFreeze):
    """The pages that were chosen do not exist in the document."""

    def __init__(self, label: str, title: str, pages: str, count: int) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: the pages %(pages)s were chosen, but it has the pages 1 to %(count)s. "
                "Choose others on the packet’s page."
            )
            % {"label": label, "title": title, "pages": pages, "count": count}
        )
