"""What may stand in a `case.json`, entry by entry. Pure."""

import datetime as dt
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)

from caseapp.library.sources.published import PartialDate

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
ElementKey = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
FileName = Annotated[str, Field(max_length=300)]
DetailName = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]
# Words that are printed as they stand, with the white space at their edges.
AsWritten = Annotated[str, StringConstraints(strip_whitespace=False)]
EntryType = TypeVar("EntryType", bound="Entry")


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


def _one_of_two(entry: EntryType, one: object, other: object, what: str) -> EntryType:
    if (one is None) == (other is None):
        raise ValueError(f"name {what}, one of the two")
    return entry


Days = Annotated[StrictInt, Field(ge=0, le=120)]


class CaseEntry(Entry):
    """The days of business before the safe filing date stand only where the case has its own."""

    reference: str = Field(min_length=1, max_length=60)
    client: str = Field(min_length=1, max_length=200)
    country: Country = ""
    forum: Key = "generic"
    hearing_on: Day | None = None
    hearing_kind: Literal["", "merits", "master", "interview"] = ""
    registry: Key | None = None
    ordered_on: Day | None = None
    decision_on: Day | None = None
    briefing_on: Day | None = None
    lodged_on: Day | None = None
    other_bundle_on: Day | None = None
    other_filing_on: Day | None = None
    translations_days: Days | None = None
    vetting_days: Days | None = None
    frozen_days: Days | None = None
    file_number: str = Field("", max_length=60)
    court: str = Field("", max_length=200)
    judge: str = Field("", max_length=120)
    detained: StrictBool = False
    filer: str = Field("", max_length=600)


class CertificateEntry(Entry):
    """What the translator signed, as a file. `accepted` is as for a source."""

    file: FileName = Field(min_length=1)
    name: str = Field("", max_length=150)
    accepted: tuple[Key, ...] = ()
    added_at: Moment | None = None
    withdrawn_at: Moment | None = None


class TranslationEntry(Entry):
    """Words (`text`), or a file; never both. `certified` says that the translator signed a certificate; `certificates`
    are those that are here, the first first. `accepted` is as for a source."""

    language: Language = "en"
    text: AsWritten = Field("", max_length=2_000_000)
    file: FileName = ""
    name: str = Field("", max_length=150)
    accepted: tuple[Key, ...] = ()
    translator: str = Field("", max_length=200)
    address: str = Field("", max_length=400)
    telephone: str = Field("", max_length=60)
    qualification: str = Field("", max_length=300)
    certified: StrictBool = False
    certificates: tuple[CertificateEntry, ...] = ()

    @model_validator(mode="after")
    def _is_text_or_file(self) -> Self:
        if bool(self.text.strip()) == bool(self.file):
            raise ValueError("give the text of the translation or its file, one of the two")
        return self


class ThemeEntry(Entry):
    """`elements` are what the theme goes to show in this case, by their keys; None: as the office says. It grows old
    after so many months, 0: never. What is not given stays as the office has it."""

    slug: Slug
    name: str = Field(min_length=1, max_length=120)
    definition: str = Field("", max_length=2000)
    parent: Slug | None = None
    belongs: str | None = Field(None, max_length=2000)
    excludes: str | None = Field(None, max_length=2000)
    stale_after_months: StrictInt | None = Field(None, ge=0, le=600)
    colour: str = Field("#ffe08a", pattern=r"^#[0-9a-f]{6}$")
    elements: tuple[ElementKey, ...] | None = None


class ArticleEntry(Entry):
    """Where the article starts and ends: code points of the source's text, half-open."""

    start: StrictInt = Field(ge=0)
    end: StrictInt = Field(gt=0)


class HopEntry(Entry):
    address: str = ""
    ip: str = ""
    status: StrictInt = 0


class ResponseEntry(Entry):
    """What the web server said when the file was fetched; see `library.fetching`."""

    address: str = ""
    final_address: str = ""
    ip: str = ""
    status: StrictInt = 0
    headers: tuple[tuple[AsWritten, AsWritten], ...] = ()
    hops: tuple[HopEntry, ...] = ()
    fetched_at: str = ""
    received_sha256: str = ""
    received_size: StrictInt = 0


class SourceEntry(Entry):
    """`accepted` are the codes of what is odd about the file and was accepted by a person, and `guessed` the details
    that nobody confirmed. `version_of` is an older version of the same source, which stands before it in the list; the
    details are those of the first. `name` is what the file was called where it came from."""

    key: Key
    file: str = Field(min_length=1, max_length=300)
    name: str | None = Field(None, max_length=150)
    version_of: Key | None = None
    title: str = Field(min_length=1, max_length=500)
    publisher: str = Field("", max_length=200)
    author: str = Field("", max_length=300)
    published_on: Annotated[str, AfterValidator(_partial_date)] = ""
    url: str = Field("", pattern=r"^(https?://\S+)?$", max_length=2048)
    language: Language = "en"
    kind: Literal["government", "intergovernmental", "ngo", "news", "academic", "expert", "other"] = "news"
    country: Country = ""
    accessed_on: Day | None = None
    captured_at: Moment | None = None
    method: Literal["pasted", "uploaded", "imported", "fetched"] = "imported"
    response: ResponseEntry | None = None
    article: ArticleEntry | None = None
    archive_url: str = Field("", pattern=r"^(https?://\S+)?$", max_length=2048)
    origin: str = Field("", max_length=200)
    citation: str = Field("", max_length=1000)
    series: str = Field("", max_length=200)
    edition: Annotated[str, AfterValidator(_partial_date)] = ""
    accepted: tuple[Key, ...] = ()
    guessed: tuple[DetailName, ...] = ()
    translation: TranslationEntry | None = None


class ExcerptEntry(Entry):
    key: Key
    source: Key
    quote: str = Field(min_length=1)
    occurrence: StrictInt | None = Field(None, ge=1)
    themes: tuple[Slug, ...] = ()
    note: str = Field("", max_length=4000)
    adverse: StrictBool = False
    answer: str = Field("", max_length=4000)
    why: str = Field("", max_length=1000)
    relevance: str = Field("", max_length=300)
    case_answer: str = Field("", max_length=1000)
    quoted: StrictBool = True
    elements: tuple[ElementKey, ...] = ()
    translation: AsWritten = Field("", max_length=8000)


class DecisionEntry(Entry):
    """A question about a file to which somebody said yes."""

    code: Key
    by: str = Field("", max_length=150)
    at: Moment


class NoticeEntry(Entry):
    code: Key
    count: StrictInt = Field(0, ge=0)
    detail: tuple[str, ...] = ()


class DocumentEntry(Entry):
    """A client's own paper. `clean` is the open copy of a file that is locked with a password, and `notices` are what
    its exhibit says of the original; of any other file both are found anew. `replaces` is the older version of the same
    paper, which stands before it in the list."""

    key: Key
    file: FileName = Field(min_length=1)
    name: str = Field("", max_length=150)
    title: str = Field(min_length=1, max_length=300)
    kind: Literal["declaration", "statement", "identity", "medical", "official", "photograph", "expert", "other"] = (
        "other"
    )
    author: str = Field("", max_length=300)
    dated_on: Annotated[str, AfterValidator(_partial_date)] = ""
    language: Language = "en"
    never_electronic: StrictBool = False
    confidential: StrictBool = False
    replaces: Key | None = None
    added_at: Moment | None = None
    decided: tuple[DecisionEntry, ...] = ()
    clean: FileName = ""
    notices: tuple[NoticeEntry, ...] = ()
    translation: TranslationEntry | None = None


class BearingEntry(Entry):
    excerpt: Key | None = None
    document: Key | None = None
    relation: Literal["supports", "contradicts", "context"] = "supports"
    shown: StrictBool = True
    pages: str = Field("", max_length=60)
    answer: str = Field("", max_length=1000)

    @model_validator(mode="after")
    def _is_an_excerpt_or_a_document(self) -> Self:
        return _one_of_two(self, self.excerpt, self.document, "an excerpt or a document")


class StatementEntry(Entry):
    """`said` are the words of the declaration that it was taken from; None: the same as its own."""

    text: AsWritten = Field(min_length=1, max_length=1000)
    said: AsWritten | None = None
    paragraph: str = Field("", max_length=40)
    element: str = Field("", max_length=40)
    document: Key | None = None
    bearings: tuple[BearingEntry, ...] = ()


class GapEntry(Entry):
    """Why an element that the evidence does not show is no gap, and who said so."""

    element: ElementKey
    words: AsWritten = Field(min_length=1, max_length=500)
    by: str = Field("", max_length=150)
    at: Moment


class EventEntry(Entry):
    """What happened since; without themes and elements it touches all evidence of the case."""

    happened_on: Annotated[str, AfterValidator(_partial_date)] = Field(min_length=1)
    words: str = Field(min_length=1, max_length=300)
    themes: tuple[Slug, ...] = ()
    elements: tuple[ElementKey, ...] = ()


class TaskEntry(Entry):
    """What is still to be done, and about what: a document, an excerpt, a statement by its place in the list from 1, or
    the packet. Who has it to do is said anew."""

    words: str = Field(min_length=1, max_length=300)
    due_on: Day | None = None
    document: Key | None = None
    excerpt: Key | None = None
    statement: StrictInt | None = Field(None, ge=1)
    packet: StrictBool = False

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if sum((self.document is not None, self.excerpt is not None, self.statement is not None, self.packet)) > 1:
            raise ValueError("name one thing that the task is about, or none")
        return self


class ExhibitEntry(Entry):
    """`pages`, such as 3-5, 9, goes with chosen pages, and `context_pages` with cited ones."""

    source: Key | None = None
    document: Key | None = None
    include: Literal["whole", "cited", "extract", "pages"] = "whole"
    context_pages: StrictInt = Field(0, ge=0, le=10_000)
    pages: str = Field("", max_length=200)

    @model_validator(mode="after")
    def _is_a_source_or_a_document(self) -> Self:
        if bool(self.pages) != (self.include == "pages"):
            raise ValueError("say which pages exactly where chosen pages are included")
        return _one_of_two(self, self.source, self.document, "a source or a document")


class FilingEntry(Entry):
    channel: Literal["electronic", "paper"] = "electronic"
    all_parties_electronic: StrictBool = True
    preparer: str = Field("", max_length=200)
    served_party: str = Field("", max_length=200)
    served_address: str = Field("", max_length=600)
    served_means: str = Field("", max_length=120)
    interpreter: str = Field("", max_length=200)
    interpreter_address: str = Field("", max_length=400)
    interpreter_telephone: str = Field("", max_length=60)
    interpreted_language: str = Field("", max_length=60)
    late_reason: str = Field("", max_length=2000)
    remand_reason: str = Field("", max_length=2000)
    longer_schedule_permitted: StrictBool = False
    application_attached: StrictBool = False
    puts_file_number_in_names: StrictBool = False


class WaiverEntry(Entry):
    """A finding that a lawyer, named in `by`, decided to file with."""

    finding: str = Field(min_length=1, max_length=200)
    sentence: str = Field("", max_length=4000)
    reason: str = Field(min_length=1, max_length=1000)
    by: str = Field("", max_length=150)
    at: Moment


class PacketEntry(Entry):
    title: str = Field(min_length=1, max_length=200)
    index: Literal["theme", "kind", "date", "statement"] = "theme"
    forum: Key | None = None
    exhibits: tuple[ExhibitEntry, ...] = ()
    filing: FilingEntry | None = None
    waivers: tuple[WaiverEntry, ...] = ()


class CaseFile(Entry):
    case: CaseEntry
    themes: tuple[ThemeEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    excerpts: tuple[ExcerptEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    statements: tuple[StatementEntry, ...] = ()
    gaps: tuple[GapEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()
    packet: PacketEntry | None = None
