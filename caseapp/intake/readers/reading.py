"""What every reader gives."""

from dataclasses import dataclass, field

from caseapp.intake.readers.text import Notice


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a file says, or seems to say, of itself. "" where nothing was found; `published_on` is a partial date.

    All of it is a guess until a person confirms it.
    """

    title: str = ""
    author: str = ""
    publisher: str = ""
    published_on: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reading:
    """`text` is in its stored form (see `check_text`); `media_type` and `encoding` say what the bytes were.

    `headings` are (start, end, level 1 to 6) of lines of the text, in code points, half-open.
    """

    text: str
    media_type: str
    encoding: str
    notices: tuple[Notice, ...]
    headings: tuple[tuple[int, int, int], ...] = ()
    found: Found = field(default_factory=Found)
