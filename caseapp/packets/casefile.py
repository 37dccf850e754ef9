"""`case.json`: a whole case as one file, for scripts, for moving house, and for the demonstration. Pure.

`parse` gives the file's contents, or refuses it with every place in it that is wrong. Whether a file exists and
a quotation stands in its source is for the importing service to say, in the same words.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    field_validator,
    model_validator,
)

from caseapp.library.published import PartialDate

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]


@dataclass(frozen=True)
class Problem:
    """`place` is a path into the file, such as `excerpts[3].quote`."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class CaseFileRefused(ValueError):
    """The case file cannot be imported; `problems` says where and why. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def _partial_date(text: str) -> str:
    return str(PartialDate.parse(text)) if text else ""


def _day(value: object) -> dt.date:
    if not isinstance(value, str):
        raise ValueError("Write the day as 2027-03-15")
    return dt.date.fromisoformat(value)


def _moment(value: object) -> dt.datetime:
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("Write the moment with its time zone, as 2026-11-22T14:05:00+00:00")
    return moment


Day = Annotated[dt.date, BeforeValidator(_day)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _null_means_not_given(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data

    @field_validator("*", mode="after")
    @classmethod
    def _has_no_nul(cls, value: Any) -> Any:
        if isinstance(value, str) and "\x00" in value:
            raise ValueError("holds a NUL character; take it out")
        return value


class CaseEntry(Entry):
    reference: str = Field(min_length=1, max_length=60)
    client: str = Field(min_length=1, max_length=200)
    country: Country = ""
    forum: Key = "generic"
    hearing_on: Day | None = None
    file_number: str = Field("", max_length=60)
    court: str = Field("", max_length=200)
    judge: str = Field("", max_length=120)
    detained: StrictBool = False
    filer: str = Field("", max_length=600)


class ThemeEntry(Entry):
    slug: Slug
    name: str = Field(min_length=1, max_length=120)
    definition: str = Field("", max_length=2000)
    parent: Slug | None = None
    colour: str = Field("#ffe08a", pattern=r"^#[0-9a-f]{6}$")


class ArticleEntry(Entry):
    """Where the article starts and ends: code points of the source's text, half-open."""

    start: StrictInt = Field(ge=0)
    end: StrictInt = Field(gt=0)


class SourceEntry(Entry):
    key: Key
    file: str = Field(min_length=1, max_length=300)
    title: str = Field(min_length=1, max_length=500)
    publisher: str = Field("", max_length=200)
    author: str = Field("", max_length=300)
    published_on: Annotated[str, AfterValidator(_partial_date)] = ""
    url: str = Field("", pattern=r"^(https?://\S+)?$", max_length=2048)
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)
    kind: Literal["government", "intergovernmental", "ngo", "news", "academic", "expert", "other"] = "news"
    country: Country = ""
    accessed_on: Day | None = None
    captured_at: Moment | None = None
    method: Literal["pasted", "uploaded", "imported"] = "imported"
    article: ArticleEntry | None = None


class ExcerptEntry(Entry):
    key: Key
    source: Key
    quote: str = Field(min_length=1)
    occurrence: StrictInt | None = Field(None, ge=1)
    themes: tuple[Slug, ...] = ()
    note: str = Field("", max_length=4000)
    adverse: StrictBool = False
    why: str = Field("", max_length=1000)


class ExhibitEntry(Entry):
    source: Key
    include: Literal["whole"] = "whole"


class PacketEntry(Entry):
    title: str = Field(min_length=1, max_length=200)
    index: Literal["theme"] = "theme"
    forum: Key | None = None
    exhibits: tuple[ExhibitEntry, ...] = ()


class CaseFile(Entry):
    case: CaseEntry
    themes: tuple[ThemeEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    excerpts: tuple[ExcerptEntry, ...] = ()
    documents: tuple[Any, ...] = ()
    packet: PacketEntry | None = None


def parse(data: bytes, *, forums: Iterable[str]) -> CaseFile:
    """The contents of a `case.json`. `forums` are the forum keys that exist."""
    try:
        text = data.decode("utf-8-sig")
        json.loads(text, object_pairs_hook=_without_doubles)
        file = CaseFile.model_validate_json(text)
    except ValidationError as error:
        raise CaseFileRefused(_problems(error)) from error
    except (ValueError, RecursionError) as error:
        raise CaseFileRefused([Problem("", f"This is not JSON that can be read: {error}.")]) from error
    problems = tuple(_loose_ends(file, frozenset(forums)))
    if problems:
        raise CaseFileRefused(problems)
    return file


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for key, times in Counter(key for key, _value in pairs).items():
        if times > 1:
            raise ValueError(f'the key "{key}" stands {times} times in one object')
    return dict(pairs)


def _problems(error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        yield Problem(place(detail["loc"]), f"{detail['msg']}.")


def place(path: Iterable[str | int]) -> str:
    """("excerpts", 3, "quote") → `excerpts[3].quote`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _loose_ends(file: CaseFile, forums: frozenset[str]) -> Iterator[Problem]:
    """What is right on its own but does not fit the rest of the file."""
    slugs = [theme.slug for theme in file.themes]
    sources = [source.key for source in file.sources]
    yield from _doubles("themes", "slug", slugs)
    yield from _doubles("sources", "key", sources)
    yield from _doubles("excerpts", "key", [excerpt.key for excerpt in file.excerpts])
    if file.documents:
        yield Problem("documents", "Clients' documents cannot be imported; leave the list empty.")
    yield from _unknown_forums(file, forums)
    for number, theme in enumerate(file.themes):
        if theme.parent is not None and theme.parent not in slugs[:number]:
            yield Problem(
                f"themes[{number}].parent", f'The theme "{theme.parent}" must stand in the list before "{theme.slug}".'
            )
    for number, excerpt in enumerate(file.excerpts):
        if excerpt.source not in sources:
            yield Problem(f"excerpts[{number}].source", f'There is no source "{excerpt.source}" in this file.')
        for which, slug in enumerate(excerpt.themes):
            if slug not in slugs:
                yield Problem(f"excerpts[{number}].themes[{which}]", f'There is no theme "{slug}" in this file.')
    exhibits = [exhibit.source for exhibit in file.packet.exhibits] if file.packet else []
    yield from _doubles("packet.exhibits", "source", exhibits)
    for number, key in enumerate(exhibits):
        if key not in sources:
            yield Problem(f"packet.exhibits[{number}].source", f'There is no source "{key}" in this file.')


def _unknown_forums(file: CaseFile, forums: frozenset[str]) -> Iterator[Problem]:
    known = ", ".join(sorted(forums))
    if file.case.forum not in forums:
        yield Problem("case.forum", f'There is no forum "{file.case.forum}"; there are: {known}.')
    if file.packet and file.packet.forum is not None and file.packet.forum not in forums:
        yield Problem("packet.forum", f'There is no forum "{file.packet.forum}"; there are: {known}.')


def _doubles(where: str, field: str, values: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            yield Problem(f"{where}[{number}].{field}", f'"{value}" stands twice.')
        seen.add(value)
