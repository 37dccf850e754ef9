"""Values to export, without a database."""

import datetime as dt
from dataclasses import replace
from typing import Any

from caseapp.library.citing import Facts
from caseapp.library.excerpts.anchors import Anchor
from caseapp.library.exporting.model import PassageOut, SourceOut

AT = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
FACTS = Facts(
    title="Two men at the door",
    publisher="Sample Herald",
    author="A. Reporter",
    published_on="2019-03-04",
    url="https://herald.example/door",
    accessed_on="2026-11-22",
    kind="news",
)
SOURCE = SourceOut(id=7, facts=FACTS, country="SV", origin="The Monitor")
PASSAGE = PassageOut(
    id=31,
    source=SOURCE,
    anchor=Anchor(10, 34, "two men came to his house", "leave when ", ".\nHis rifle"),
    capture=2,
    captured_at=AT,
    original_sha256="ab" * 32,
    page="page 4",
    themes=("Killings / Off duty", "Weapons"),
    state="checked",
    translation="",
    note="",
    is_adverse=False,
    answer="",
    added_by="Carla Caseworker",
    added_at=AT,
    checked_by="Cora Colleague",
    approved_by="",
)


def passage(**changed: Any) -> PassageOut:
    return replace(PASSAGE, **changed)


def source(**facts: Any) -> SourceOut:
    return replace(SOURCE, facts=replace(FACTS, **facts))
