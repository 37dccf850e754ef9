"""What a forum asks of a filing, as data. Pure: nothing here reads a file, a clock or a database."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, Literal, Self, get_args, get_origin, get_type_hints

from caseapp.forums.limits import CALENDAR_DAYS, Counting, Deadline, PageLimit, Schedule
from caseapp.forums.papers import INTERPRETATION, ON_PAPER, SERVICE, TRANSLATION, Certificate, Channel, Paper, Service

Grade = Literal["P", "S", "U"]
TabScheme = Literal["letters", "numbers"]
StampPosition = Literal["bottom-center", "bottom-right", "bottom-left", "top-right"]
DateOrder = Literal["day first", "month first"]
CoverSlot = Literal["top-left", "top-right", "court", "matter", "number", "line"]
PageFit = Literal["paper", "as-is"]
Opening = Literal["first page", "first page at 100 %"]
CitationStyle = Literal["bluebook", "oscola", "mcgill"]

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
class FileNames:
    """How a file of a packet is called. `template` may hold {reference}, {build}, {type} and {sequence}; `part` is put
    after it where there are several volumes, with {volume} and {volumes}. What is filled in holds letters, digits and
    `joint` only, so that the whole matches the forum's `file_name_pattern`. The client's name is never among it.

    `with_number` is the form of a forum that wants its own {file_number} in the name: used only where the office has
    switched that on, since a file number leads to a person.
    """

    template: str = "{reference}_build_{build}"
    part: str = "_volume_{volume}_of_{volumes}"
    joint: str = "_"
    type: str = "Evidence"
    with_number: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Forum:
    """A receiving body.

    `cover_slots` places a cover field on the page; a field without a slot is set as a "label: value" line.
    `court_heading` stands above the court's own line on the cover. `stamp_prefix` comes before every page number
    (a Bates prefix). `volume_bytes_limit` is the most that one file may weigh, None where no limit is known;
    `volume_bytes_target` is what files are made for, so that none comes near it.

    `matter_heading` stands above the client's name on the cover, and the other party below it where the forum names
    one. `languages` are those that need no translation. `smallest_type_pt` holds for the words we set ourselves on
    index and exhibits; `country_pages_limit` for the pages of country evidence in one case.

    `page_fit`: the pages of a PDF exhibit are put on the forum's paper, upright or lying, or stay as they are.
    `opening` is what a reader shows first. `cite_form` is how a brief cites a page of the packet. `front` and `back`
    are the papers before and after the exhibits, in order; those that nothing is known for, or that the channel does
    not need, are left out. A `rule` of any of these is the name of one of `rules` without the forum's key, or empty.
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
    page_fit: PageFit = "paper"
    opening: Opening = "first page"
    citation_style: CitationStyle = "bluebook"
    cite_form: str = "Ex. {tab} at {page}"
    file_names: FileNames = FileNames()
    volume_bytes_target: int | None = None
    volume_bytes_presets: tuple[int, ...] = ()
    image_dpi_min: int | None = None
    image_dpi_max: int | None = None
    schedule: Schedule | None = None
    page_limits: tuple[PageLimit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    counting: Counting = CALENDAR_DAYS
    channels: tuple[Channel, ...] = ()
    front: tuple[Paper, ...] = ("cover", "index", "reasons")
    back: tuple[Paper, ...] = ("translation", "interpretation", "service")
    translation: Certificate = TRANSLATION
    interpretation: Certificate = INTERPRETATION
    service: Service = SERVICE

    def slot(self, cover_field: str) -> CoverSlot:
        return dict(self.cover_slots).get(cover_field, "line")

    def needs_service(self, channel: str, *, all_parties_electronic: bool, party: str) -> bool:
        """Whether a paper that says who was served goes with the filing. Where a party does not use the electronic
        system, its notice serves nobody, and the filing is served as if it were on paper."""
        if self.service.always and party:
            return True
        ways = {channel} if all_parties_electronic else {channel, ON_PAPER}
        return any(way.needs_service for way in self.channels if way.key in ways)

    def channel(self, key: str) -> Channel:
        return next(channel for channel in self.channels if channel.key == key)

    def rule_named(self, name: str) -> Rule | None:
        """By its name without the forum's key; nothing where the forum has no such rule."""
        return next((rule for rule in self.rules if rule.id == f"{self.key}.{name}"), None)

    def rule(self, rule_id: str) -> Rule:
        return {rule.id: rule for rule in self.rules}[rule_id]

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, as JSON gives them back: lists, not tuples."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """The forum as it was frozen, not as the registry has it today."""
        built: Self = _built(cls, plain)
        return built


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value


def _built(kind: Any, value: Any) -> Any:
    """What a plain value was before `to_dict`. A field that was not known when it was frozen takes its default."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(  # type: ignore[operator]
            **{
                field.name: _built(hints[field.name], value[field.name])
                for field in fields(kind)
                if field.name in value
            }
        )
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        return tuple(_built(inner[0], item) for item in value) if inner[-1] is Ellipsis else tuple(value)
    if isinstance(kind, UnionType) and value is not None:
        return _built(next(choice for choice in get_args(kind) if choice is not type(None)), value)
    return value
