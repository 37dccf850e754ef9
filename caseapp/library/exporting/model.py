"""What is exported, as plain values. Pure."""

import datetime as dt
from dataclasses import dataclass

from caseapp.library.citing import Facts
from caseapp.library.excerpts.anchors import Anchor
from caseapp.library.excerpts.cuts import Cut, cut_of


@dataclass(frozen=True)
class SourceOut:
    """`origin` is who first made the report, where a person recorded it; `country` is a two-letter code."""

    id: int
    facts: Facts
    country: str
    origin: str


@dataclass(frozen=True)
class PassageOut:
    """`capture` is the number of the version, `original_sha256` the hash of the bytes it was read from; `page` is in
    words. `themes` are paths: theme above / theme."""

    id: int
    source: SourceOut
    anchor: Anchor
    capture: int
    captured_at: dt.datetime
    original_sha256: str
    page: str
    themes: tuple[str, ...]
    state: str
    translation: str
    note: str
    is_adverse: bool
    answer: str
    added_by: str
    added_at: dt.datetime
    checked_by: str
    approved_by: str

    @property
    def cut(self) -> Cut:
        return cut_of(self.anchor.prefix, self.anchor.quote, self.anchor.suffix)


@dataclass(frozen=True)
class ThemeOut:
    """`examples` are passages that belong, `counterexamples` ones that do not."""

    path: str
    depth: int
    name: str
    definition: str
    belongs: str
    excludes: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    passages: int
