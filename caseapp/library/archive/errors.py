"""Why an archive of the library was not read. Nothing was changed."""

from django.utils.translation import gettext as _


class ArchiveRefused(Exception):
    """str() says why, and what to do."""


class NotAnArchive(ArchiveRefused):
    def __init__(self) -> None:
        super().__init__(_("This file is not an archive of a library, or it is damaged. Take another copy of it."))


class OtherVersion(ArchiveRefused):
    def __init__(self, made_with: str, here: str) -> None:
        super().__init__(
            _(
                "This archive was written by another version of the program (%(made_with)s; here it is %(here)s). "
                "Bring both to the same version and write the archive again."
            )
            % {"made_with": made_with, "here": here}
        )


class LibraryNotEmpty(ArchiveRefused):
    def __init__(self, sources: int) -> None:
        super().__init__(
            _("There are %(sources)s sources here already. An archive is read into an empty library only.")
            % {"sources": sources}
        )


class FileMissing(ArchiveRefused):
    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("The file %(sha256)s is missing from the archive or was altered. Take another copy of the archive.")
            % {"sha256": sha256}
        )


class RowsMissing(ArchiveRefused):
    def __init__(self, table: str) -> None:
        super().__init__(
            _("The rows of “%(table)s” are not all in the archive, or were altered. Take another copy of the archive.")
            % {"table": table}
        )
