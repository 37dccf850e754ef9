"""All that a build needs, frozen. Pure dataclasses, to and from canonical JSON: equal manifests, equal bytes.

Offsets are Python code points in the exhibit's `text`, half open.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal, Self

from caseapp.forums import Forum

FORMAT: Literal[2] = 2

Section = Literal["country", "client"]
Include = Literal["whole", "cited", "extract", "pages"]
Relation = Literal["supports", "contradicts", "context"]
NumberingStyle = Literal["fresh", "continue", "insert"]


class ManifestBroken(ValueError):
    """The frozen manifest contradicts itself; nothing can be built from it."""


@dataclass(frozen=True)
class Theme:
    """`elements` are what its passages go to show, in the words that the index prints."""

    slug: str
    name: str
    definition: str
    colour: str
    depth: int
    elements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """`rank` is its place in the order of the case's evidence, from 1; the index follows it within each theme.

    `relevance` is the line that the index prints above the quotation; `translation` stands beneath it.
    """

    key: str
    start: int
    end: int
    quote: str
    themes: tuple[str, ...]
    rank: int
    relevance: str = ""
    translation: str = ""


@dataclass(frozen=True)
class PagedFile:
    """A clean PDF in storage. `page_map` has for each page where it starts and ends in the exhibit's text, and the
    label that its own reader shows for it, or "". `notices` are printed on the exhibit's head."""

    sha256: str
    pages: int
    page_map: tuple[tuple[int, int, str], ...]
    notices: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        page_map = tuple((start, end, label) for start, end, label in plain["page_map"])
        return cls(plain["sha256"], plain["pages"], page_map, tuple(plain["notices"]))


@dataclass(frozen=True)
class Translation:
    """Words, or a clean PDF; from the exhibit's language into `language`, and who vouches for it: `certificate` is what
    they signed."""

    language: str
    text: str
    file: PagedFile | None
    translator: str
    address: str
    telephone: str
    qualification: str
    certificate: PagedFile | None = None

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        files = {name: plain.get(name) for name in ("file", "certificate")}
        return cls(**(plain | {name: PagedFile.from_dict(file) if file else None for name, file in files.items()}))


@dataclass(frozen=True)
class Exhibit:
    """`text` is the article as printed; `left_out_before` and `left_out_after` count the characters around it.

    `published_on` is a year, a year and month, or a day, in ISO form, or empty. `sha256` is that of the original.
    An exhibit with a `file` shows pages of it, and `text` is what was read from all of them; else it shows `text`.
    `captured_at` is the day and the minute of `captured_on`, in UTC; a document has none.
    `section` is `client` for a document of the case, whose `kind` then is a kind of document. `pages_shown` are the
    chosen pages of the file, from 1, where `include` is `pages`. `citation` is what a person typed instead of ours.
    Exhibits with the same `origin` repeat one report; one without stands for itself. `perhaps_one` are the keys of
    those before it that it is probably one report with, as far as nobody had decided. `headings` are (start, end,
    depth from 1) of lines of a text that is set.
    """

    key: str
    label: str
    title: str
    publisher: str
    author: str
    published_on: str
    url: str
    language: str
    kind: str
    country: str
    captured_on: str
    accessed_on: str
    sha256: str
    method: str
    text: str
    left_out_before: int
    left_out_after: int
    passages: tuple[Passage, ...]
    section: Section = "country"
    captured_at: str = ""
    archive_url: str = ""
    origin: str = ""
    citation: str = ""
    file: PagedFile | None = None
    include: Include = "whole"
    context_pages: int = 0
    pages_shown: tuple[int, ...] = ()
    translation: Translation | None = None
    perhaps_one: tuple[str, ...] = ()
    headings: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Cover:
    """`fields` are (label, value) pairs; confidential, printed on the cover page and nowhere else."""

    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bearing:
    """What bears on a statement: a passage, or a whole exhibit and the pages of it that are meant. `key` is its key.
    `answer` is how the case meets it."""

    key: str
    relation: Relation
    pages: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Statement:
    """One assertion of the client's declaration; `paragraph` says where it stands there. Printed in the index."""

    key: str
    text: str
    paragraph: str
    element: str
    bearings: tuple[Bearing, ...]


@dataclass(frozen=True)
class Filing:
    """What the papers around the exhibits say; confidential, printed on those papers and nowhere else."""

    channel: Literal["electronic", "paper"] = "electronic"
    all_parties_electronic: bool = True
    preparer: str = ""
    served_party: str = ""
    served_address: str = ""
    served_means: str = ""
    interpreter: str = ""
    interpreter_address: str = ""
    interpreter_telephone: str = ""
    interpreted_language: str = ""
    late_reason: str = ""
    remand_reason: str = ""


@dataclass(frozen=True)
class FiledPart:
    """A part of the filed packet: its tab ("" for front matter), the original's hash, and the labels of its pages."""

    name: str
    tab: str
    sha256: str
    page_labels: tuple[str, ...]


@dataclass(frozen=True)
class Numbering:
    """How this packet goes on from a filed one: `filed` are that one's parts in order, the first volume first."""

    style: NumberingStyle = "fresh"
    filed: tuple[FiledPart, ...] = ()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        parts = (FiledPart(**(part | {"page_labels": tuple(part["page_labels"])})) for part in plain["filed"])
        return cls(plain["style"], tuple(parts))


@dataclass(frozen=True)
class Manifest:
    packet_title: str
    reference: str
    forum: Forum
    index_style: str
    cover: Cover
    themes: tuple[Theme, ...]
    exhibits: tuple[Exhibit, ...]
    statements: tuple[Statement, ...] = ()
    filing: Filing = Filing()
    numbering: Numbering = Numbering()
    tools: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT

    def __post_init__(self) -> None:
        _check(self)

    @property
    def document_title(self) -> str:
        """What the PDF calls itself. Neutral as long as the packet's title is."""
        return f"{self.packet_title} — {self.reference}" if self.reference else self.packet_title

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"forum": self.forum.to_dict()}

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        if plain.get("format") != FORMAT:
            raise ManifestBroken(f"This manifest has format {plain.get('format')!r}; this version reads {FORMAT}.")
        return cls(
            format=plain["format"],
            packet_title=plain["packet_title"],
            reference=plain["reference"],
            forum=Forum.from_dict(plain["forum"]),
            index_style=plain["index_style"],
            cover=Cover(plain["cover"]["title"], _pairs(plain["cover"]["fields"])),
            themes=tuple(_theme(theme) for theme in plain["themes"]),
            exhibits=tuple(_exhibit(exhibit) for exhibit in plain["exhibits"]),
            statements=tuple(_statement(statement) for statement in plain["statements"]),
            filing=Filing(**plain["filing"]),
            numbering=Numbering.from_dict(plain["numbering"]),
            tools=_pairs(plain["tools"]),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls.from_dict(json.loads(text))


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


def _theme(plain: dict[str, Any]) -> Theme:
    return Theme(**(plain | {"elements": tuple(plain.get("elements", ()))}))


def _exhibit(plain: dict[str, Any]) -> Exhibit:
    passages = tuple(Passage(**(passage | {"themes": tuple(passage["themes"])})) for passage in plain["passages"])
    more = {
        "passages": passages,
        "pages_shown": tuple(plain["pages_shown"]),
        "perhaps_one": tuple(plain.get("perhaps_one", ())),
        "headings": tuple((start, end, depth) for start, end, depth in plain.get("headings", ())),
        "file": PagedFile.from_dict(plain["file"]) if plain["file"] else None,
        "translation": Translation.from_dict(plain["translation"]) if plain["translation"] else None,
    }
    return Exhibit(**(plain | more))


def _statement(plain: dict[str, Any]) -> Statement:
    return Statement(**(plain | {"bearings": tuple(Bearing(**bearing) for bearing in plain["bearings"])}))


def _check(manifest: Manifest) -> None:
    exhibits = manifest.exhibits
    _unique("exhibit", [exhibit.key for exhibit in exhibits])
    _unique("tab", [exhibit.label for exhibit in exhibits])
    _unique("theme", [theme.slug for theme in manifest.themes])
    _unique("passage", [passage.key for exhibit in exhibits for passage in exhibit.passages])
    _unique("statement", [statement.key for statement in manifest.statements])
    slugs = {theme.slug for theme in manifest.themes}
    for exhibit in exhibits:
        _check_pages(exhibit)
        _check_headings(exhibit)
        for passage in exhibit.passages:
            _check_passage(exhibit, passage, slugs)
    _check_bearings(manifest)


def _unique(noun: str, values: list[str]) -> None:
    for earlier, later in pairwise(sorted(values)):
        if earlier == later:
            raise ManifestBroken(f"The {noun} “{later}” stands twice in the manifest.")


def _check_passage(exhibit: Exhibit, passage: Passage, slugs: set[str]) -> None:
    where = f"Passage {passage.key} of tab {exhibit.label}"
    if not 0 <= passage.start < passage.end <= len(exhibit.text):
        raise ManifestBroken(f"{where} lies outside its article.")
    if exhibit.text[passage.start : passage.end] != passage.quote:
        raise ManifestBroken(f"{where} does not say what its article says there.")
    if not passage.quote.strip():
        raise ManifestBroken(f"{where} holds nothing but white space.")
    if unknown := set(passage.themes) - slugs:
        raise ManifestBroken(f"{where} names a theme that the manifest does not hold: {', '.join(sorted(unknown))}.")


def _check_pages(exhibit: Exhibit) -> None:
    if exhibit.file is None:
        if exhibit.pages_shown or exhibit.include == "pages":
            raise ManifestBroken(f"Tab {exhibit.label} has no pages to choose from.")
        return
    if len(exhibit.file.page_map) != exhibit.file.pages:
        raise ManifestBroken(f"Tab {exhibit.label} does not say where each of its pages starts in its text.")
    if (exhibit.include == "pages") != bool(exhibit.pages_shown):
        raise ManifestBroken(f"Tab {exhibit.label} does not say which of its pages are shown.")
    if any(not 1 <= page <= exhibit.file.pages for page in exhibit.pages_shown):
        raise ManifestBroken(f"Tab {exhibit.label} shows pages that its document does not have.")


def _check_headings(exhibit: Exhibit) -> None:
    before = 0
    for start, end, depth in exhibit.headings:
        if not before <= start < end <= len(exhibit.text) or depth < 1:
            raise ManifestBroken(f"A heading of tab {exhibit.label} lies outside its article, or over another.")
        before = end


def _check_bearings(manifest: Manifest) -> None:
    known = {exhibit.key for exhibit in manifest.exhibits}
    known |= {passage.key for exhibit in manifest.exhibits for passage in exhibit.passages}
    for statement in manifest.statements:
        for bearing in statement.bearings:
            if bearing.key not in known:
                raise ManifestBroken(f"Statement {statement.key} rests on “{bearing.key}”, which is not in the packet.")
