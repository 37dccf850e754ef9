"""What a Word document holds that its pages cannot show as Word does: told to a person, or asked."""

from collections import Counter

from lxml import etree

from caseapp.intake.docx.names import M, V, W
from caseapp.intake.report import Notice, Question

ACCEPTED, REJECTED = "tracked-accepted", "tracked-rejected"
# Each is left out, or loses its form, on a person's yes.
ASKED = (
    "comments",
    "hidden-words",
    "equations",
    "charts",
    "diagrams",
    "drawings",
    "embedded-objects",
    "pictures-unreadable",
    "pictures-linked",
)
_MOST_DETAILS = 100
_LONGEST_DETAIL = 200
_WORDS = (f"{W}t", f"{W}delText", f"{M}t")


class Findings:
    """`left_out` counts the letters that do not go onto paper, `added` those that this program writes."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._details: dict[str, list[str]] = {}
        self.left_out: Counter[str] = Counter()
        self.added: Counter[str] = Counter()

    def found(self, code: str, words: str = "", times: int = 1) -> None:
        self._counts[code] += times
        details = self._details.setdefault(code, [])
        said = " ".join(words.split())
        if said and len(details) < _MOST_DETAILS:
            details.append(said if len(said) <= _LONGEST_DETAIL else f"{said[:_LONGEST_DETAIL]}…")

    def leave_out(self, element: etree._Element) -> None:
        """Take an element out of the tree; what stands behind it stays."""
        self.left_out += letters(words_of(element))
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def questions(self) -> tuple[Question, ...]:
        asked = [self._question(code, code) for code in ASKED if self._counts[code]]
        if self._counts["tracked"]:
            asked += [self._question(ACCEPTED, "tracked"), self._question(REJECTED, "tracked")]
        return tuple(asked)

    def notices(self) -> tuple[Notice, ...]:
        return tuple(
            Notice(code, times, tuple(self._details.get(code, ())))
            for code, times in self._counts.items()
            if code not in {*ASKED, "tracked"}
        )

    def _question(self, code: str, counted: str) -> Question:
        return Question(code, self._counts[counted], tuple(self._details.get(counted, ())))


def words_of(element: etree._Element) -> str:
    pieces = ["".join(found.itertext()) for found in element.iter(*_WORDS)]
    pieces += [found.get("string", "") for found in element.iter(f"{V}textpath")]
    return " ".join(pieces)


def letters(text: str) -> Counter[str]:
    """Without white space, and whatever their case, for some are printed as capitals."""
    return Counter("".join(text.upper().split()))
