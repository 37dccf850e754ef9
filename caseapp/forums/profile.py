"""What a forum asks of a filing, as data. Pure: nothing here reads a file, a clock or a database."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Grade = Literal["P", "S", "U"]
TabScheme = Literal["letters", "numbers"]
StampPosition = Literal["bottom-center", "bottom-right", "bottom-left", "top-right"]
DateOrder = Literal["day first", "month first"]
CoverSlot = Literal["top-left", "top-right", "court", "matter", "number", "line"]

OFFICIAL: Grade = "P"
SECONDARY: Grade = "S"
UNVERIFIED: Grade = "U"


@dataclass(frozen=True)
class Rule:
    """One filing rule in our own words.

    `citation` and `seen` say where it was read and in which version; `read_on` is the day of reading (ISO).
    `grade`: P official text seen, S secondary source only, U unverified general practice.
    """

    id: str
    text: str
    citation: str
    seen: str
    read_on: str
    grade: Grade

    @property
    def may_block(self) -> bool:
        """An unverified rule may advise; it never stops a filing."""
        return self.grade != UNVERIFIED


def rules_of(key: str, *, read_on: str) -> Callable[[str, str, str, str, Grade], Rule]:
    """Makes the rules of one forum, its key before each rule's own name."""

    def rule(name: str, text: str, citation: str, seen: str, grade: Grade) -> Rule:
        return Rule(id=f"{key}.{name}", text=text, citation=citation, seen=seen, read_on=read_on, grade=grade)

    return rule


@dataclass(frozen=True)
class Forum:
    """A receiving body.

    `cover_slots` places a cover field on the page; a field without a slot is set as a "label: value" line.
    `court_heading` stands above the court's own line on the cover. `stamp_prefix` comes before every page number
    (a Bates prefix). `volume_bytes_limit` is the most that one file may weigh; None where no limit is known.

    `matter_heading` stands above the client's name on the cover, and the other party below it where the forum names
    one. `languages` are those that need no translation. `smallest_type_pt` holds for the words we set ourselves on
    index and exhibits; `country_pages_limit` for the pages of country evidence in one case.
    """

    key: str
    name: str
    paper_width_mm: float
    paper_height_mm: float
    tab_scheme: TabScheme
    tab_word: str
    stamp_position: StampPosition
    stamp_prefix: str
    cover_fields: tuple[str, ...]
    required_cover_fields: tuple[str, ...]
    cover_slots: tuple[tuple[str, CoverSlot], ...]
    court_heading: tuple[str, ...]
    index_title: str
    date_order: DateOrder
    body_size_pt: float
    line_height: float
    file_name_pattern: str
    volume_bytes_limit: int | None
    rules: tuple[Rule, ...]
    matter_heading: str = "In the Matter of:"
    other_party_heading: str = ""
    other_party: str = ""
    languages: tuple[str, ...] = ("en",)
    smallest_type_pt: float | None = None
    country_pages_limit: int | None = None

    def slot(self, cover_field: str) -> CoverSlot:
        return dict(self.cover_slots).get(cover_field, "line")

    def rule(self, rule_id: str) -> Rule:
        return {rule.id: rule for rule in self.rules}[rule_id]

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, as JSON gives them back: lists, not tuples."""
        plain = asdict(self)
        for name, value in plain.items():
            if isinstance(value, tuple):
                plain[name] = [list(item) if isinstance(item, tuple) else item for item in value]
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """The forum as it was frozen, not as the registry has it today."""
        values = dict(plain)
        for name in ("cover_fields", "required_cover_fields", "court_heading", "languages"):
            if name in values:
                values[name] = tuple(values[name])
        values["cover_slots"] = tuple((label, slot) for label, slot in values["cover_slots"])
        values["rules"] = tuple(Rule(**rule) for rule in values["rules"])
        return cls(**values)
