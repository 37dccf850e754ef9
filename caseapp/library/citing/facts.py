"""What a citation is made from."""

from dataclasses import dataclass, replace
from typing import Self

from caseapp.library.sources.published import PartialDate

# Whose publications speak for the body itself; where no author is named, that body is the author.
INSTITUTIONS = frozenset({"government", "intergovernmental", "ngo"})


@dataclass(frozen=True)
class Facts:
    """As they are frozen with an exhibit. Dates are ISO; `published_on` may be a year or a month, or empty.

    `typed` is a citation written by a person, and is taken as it is.
    """

    title: str
    publisher: str = ""
    author: str = ""
    published_on: str = ""
    url: str = ""
    archive_url: str = ""
    accessed_on: str = ""
    kind: str = "other"
    language: str = "en"
    typed: str = ""

    @property
    def is_english(self) -> bool:
        return self.language.partition("-")[0].lower() == "en"

    @property
    def is_by_its_publisher(self) -> bool:
        """The publisher stands first, as the author, and is not named again."""
        if not self.publisher:
            return False
        return self.author == self.publisher or (not self.author and self.kind in INSTITUTIONS)

    def published(self) -> PartialDate | None:
        return PartialDate.parse(self.published_on) if self.published_on else None

    def accessed(self) -> PartialDate | None:
        return PartialDate.parse(self.accessed_on) if self.accessed_on else None

    def without_places(self) -> Self:
        return replace(self, url="", archive_url="", accessed_on="")
