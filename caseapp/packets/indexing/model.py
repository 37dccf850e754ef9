"""What an index says, before anybody lays it out: the same for the pages and for the Word file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseapp.library.citing import Citation
from caseapp.library.excerpts.cuts import UNCUT, Cut
from caseapp.packets.plan import page_range


@dataclass(frozen=True)
class Layout:
    """What the index must know, in the labels that the pages carry: for each passage the pages it stands on, for each
    exhibit its first and last, and by `meant.key_of` the pages of a document that are meant. Volumes, first and last,
    are there only where the packet has several."""

    passage_pages: Mapping[str, tuple[str, ...]]
    exhibit_pages: Mapping[str, tuple[str, str]]
    passage_volumes: Mapping[str, int] = field(default_factory=dict)
    exhibit_volumes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    meant_pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meant_volumes: Mapping[str, int] = field(default_factory=dict)

    def pages(self, exhibit: str) -> str:
        return page_range(*self.exhibit_pages[exhibit])

    def volumes(self, exhibit: str) -> str:
        """`2`, or `2–3` for an exhibit that is divided; empty where there is one volume only."""
        if exhibit not in self.exhibit_volumes:
            return ""
        first, last = self.exhibit_volumes[exhibit]
        return page_range(str(first), str(last))


@dataclass(frozen=True)
class Entry:
    """A passage, or a whole exhibit that bears on something (then without a quotation).

    `anchor` is its own in the index; `to` and `key` say where it leads. `proposition` is what it shows; `cut` says
    where its sentence goes on in the exhibit; `translation` and `translated_from` stand beneath the quotation. `cite`
    is how a brief cites the place. `address` is a web address that a reader may click, if any.
    """

    anchor: str
    to: str
    key: str
    pinpoint: str
    cite: str
    tab: str = ""
    quote: str = ""
    cut: Cut = UNCUT
    language: str = ""
    proposition: str = ""
    translation: str = ""
    translated_from: str = ""
    citation: Citation = ()
    notes: tuple[str, ...] = ()
    address: str = ""

    @property
    def quoted(self) -> str:
        """In quotation marks, with a mark where the sentence was cut. A no-break space keeps that beside its word."""
        before = "[…]\u00a0" if self.cut.begins_mid_sentence else ""
        behind = "\u00a0[…]" if self.cut.ends_mid_sentence else ""
        return f"“{before}{self.quote.strip()}{behind}”" if self.quote else ""

    @property
    def translated(self) -> str:
        return f"“{self.translation.strip()}”" if self.translation else ""

    @property
    def target(self) -> str:
        return f"packet:{self.to}/{self.key}"


@dataclass(frozen=True)
class Group:
    """Entries under one small heading; `source` heads the passages of one exhibit, in indexes that go by source."""

    heading: str
    entries: tuple[Entry, ...]
    source: Entry | None = None
    count: str = ""


@dataclass(frozen=True)
class Section:
    """One heading of the index. `is_sentence`: the heading is somebody's sentence, and keeps its own letters."""

    numeral: str
    name: str
    depth: int
    groups: tuple[Group, ...]
    count: str = ""
    detail: str = ""
    is_sentence: bool = False

    @property
    def heading(self) -> str:
        return f"{self.numeral}. {self.name}" if self.numeral else self.name


@dataclass(frozen=True)
class Row:
    """A line of the list of exhibits. `volume` is empty where there is one only."""

    key: str
    tab: str
    title: str
    citation: Citation
    kind: str
    published: str
    pages: str
    volume: str = ""
    notes: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Index:
    title: str
    style_words: str
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    tab_word: str

    @property
    def has_volumes(self) -> bool:
        return any(row.volume for row in self.rows)
