"""What every reader gives."""

from dataclasses import dataclass

from caseapp.intake.readers.text import Notice


@dataclass(frozen=True)
class Reading:
    """`text` is in its stored form (see `check_text`); `media_type` and `encoding` say what the bytes were."""

    text: str
    media_type: str
    encoding: str
    notices: tuple[Notice, ...]
