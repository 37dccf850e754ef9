"""The numbers that Word prints before paragraphs and stores nowhere: “12.”, “(a)”, “Article IV”.

A statement is quoted by them, so each is worked out as Word counts, and stands on paper as words do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from caseapp.intake.docx.names import W

_LEVELS = 9
# Bullets are drawn with symbol fonts; these are the marks they look like.
_BULLETS = {"\uf0b7": "•", "\u00b7": "•", "o": "○", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 4_999


@dataclass(frozen=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    after: str = "\t"
    is_legal: bool = False
    indent: etree._Element | None = None


@dataclass
class _List:
    """One numbered list: its levels, and the list whose count it continues."""

    abstract: str
    levels: dict[int, Level]
    overrides: dict[int, int]
    is_begun: bool = False


@dataclass
class Numbering:
    """Asked for each numbered paragraph in order, for it counts."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def level(self, list_id: str, depth: int) -> Level | None:
        found = self.lists.get(list_id)
        return found.levels.get(depth) if found else None

    def label(self, list_id: str, depth: int) -> str:
        """The words before this paragraph, with what stands between; nothing where the list is unknown."""
        found = self.lists.get(list_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._count(found, depth, level)
        if level.form == "bullet":
            return f"{_bullet(level.text)}{level.after}"
        text = level.text
        for place in range(_LEVELS):
            if f"%{place + 1}" in text:
                other = found.levels.get(place, Level())
                form = "decimal" if level.is_legal else other.form
                text = text.replace(f"%{place + 1}", numeral(counts.get(place, other.start), form))
        return f"{text}{level.after}" if text else ""

    def _count(self, found: _List, depth: int, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(found.abstract, {})
        if not found.is_begun:
            found.is_begun = True
            for place, start in found.overrides.items():
                counts.pop(place, None)
                found.levels[place] = _with_start(found.levels.get(place, Level()), start)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in range(depth + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart > 0 and depth < restart):
                counts.pop(deeper, None)
        return counts


def _with_start(level: Level, start: int) -> Level:
    return Level(start, level.form, level.text, level.restart, level.after, level.is_legal, level.indent)


def numbering_of(root: etree._Element | None) -> Numbering:
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {found.get(f"{W}abstractNumId", ""): found for found in root.iter(f"{W}abstractNum")}
    linked = {
        link.get(f"{W}val", ""): number
        for number, found in abstracts.items()
        if (link := found.find(f"{W}styleLink")) is not None
    }
    for found in root.iter(f"{W}num"):
        list_id = found.get(f"{W}numId", "")
        abstract = _value(found, "abstractNumId")
        described = abstracts.get(abstract)
        if described is None:
            continue
        abstract = linked.get(_value(described, "numStyleLink"), abstract)
        levels = _levels(abstracts[abstract])
        overrides = {}
        for override in found.iter(f"{W}lvlOverride"):
            depth = _whole(override.get(f"{W}ilvl"), 0)
            levels |= _levels(override)
            if (start := override.find(f"{W}startOverride")) is not None:
                overrides[depth] = _whole(start.get(f"{W}val"), 1)
        numbering.lists[list_id] = _List(abstract, levels, overrides)
        for lvl in abstracts[abstract].iter(f"{W}lvl"):
            if style := _value(lvl, "pStyle"):
                numbering.styles.setdefault(style, (list_id, _whole(lvl.get(f"{W}ilvl"), 0)))
    return numbering


def _levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for lvl in element.iter(f"{W}lvl"):
        restart = lvl.find(f"{W}lvlRestart")
        legal = lvl.find(f"{W}isLgl")
        levels[_whole(lvl.get(f"{W}ilvl"), 0)] = Level(
            _whole(_value(lvl, "start"), 1 if lvl.find(f"{W}start") is not None else 0),
            _value(lvl, "numFmt") or "decimal",
            _value(lvl, "lvlText"),
            None if restart is None else _whole(restart.get(f"{W}val"), 0),
            {"space": " ", "nothing": ""}.get(_value(lvl, "suff"), "\t"),
            legal is not None and legal.get(f"{W}val") not in {"0", "false"},
            lvl.find(f"{W}pPr/{W}ind"),
        )
    return levels


def numeral(number: int, form: str) -> str:
    write = _FORMS.get(form)
    return write(number) if write else str(number)


def _bullet(text: str) -> str:
    return _BULLETS.get(text, "•" if not text or "\ue000" <= text[0] <= "\uf8ff" else text)


def _letters(number: int) -> str:
    """a … z, aa, bb … as Word goes on after z."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _whole(value: str | None, otherwise: int) -> int:
    try:
        return max(-1_000_000, min(1_000_000, int(value or "")))
    except ValueError:
        return otherwise
