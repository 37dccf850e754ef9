"""What is known of a file before anything is made of it: facts as codes and numbers, for `sentences` to say."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Finding:
    """`count` of what the code names; `detail` has a line for each, such as the pages concerned."""

    code: str
    count: int = 0
    detail: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "count": self.count, "detail": list(self.detail)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["code"], data["count"], tuple(data["detail"]))


class Notice(Finding):
    """Something to know."""


class Question(Finding):
    """Something a person must decide before a clean copy is made."""


# Questions of which one is answered with yes, and by that the other with no.
ALTERNATIVES = {"tracked-accepted": "tracked", "tracked-rejected": "tracked"}


def still_open(questions: Iterable[Question], accepted: Collection[str]) -> tuple[Question, ...]:
    """The questions that nobody has said yes to. Yes to both of two alternatives is no answer."""
    chosen = Counter(ALTERNATIVES[code] for code in accepted if code in ALTERNATIVES)
    return tuple(
        question
        for question in questions
        if (
            chosen[ALTERNATIVES[question.code]] != 1 if question.code in ALTERNATIVES else question.code not in accepted
        )
    )


@dataclass(frozen=True)
class Report:
    """`kind` is one of `kinds`; `pages` is 0 where the file has none before it is set on paper."""

    kind: str
    media_type: str
    pages: int
    questions: tuple[Question, ...] = ()
    notices: tuple[Notice, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {
            "questions": [question.to_dict() for question in self.questions],
            "notices": [notice.to_dict() for notice in self.notices],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            data["kind"],
            data["media_type"],
            data["pages"],
            questions_from(data["questions"]),
            notices_from(data["notices"]),
        )


def questions_from(data: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    return tuple(Question.from_dict(row) for row in data)


def notices_from(data: Sequence[Mapping[str, Any]]) -> tuple[Notice, ...]:
    return tuple(Notice.from_dict(row) for row in data)


def ranges(numbers: Sequence[int]) -> list[str]:
    """1, 2, 3, 5 → 1–3, 5."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [f"{first}–{last}" if first < last else str(first) for first, last in runs]


@dataclass(frozen=True)
class Clean:
    """A clean copy that was made. `text_pages` is what each page says, "" where it says nothing."""

    pages: int
    notices: tuple[Notice, ...]
    text_pages: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The text of a paper; `pages` has for each page of a PDF its start and end in the text and its printed label.

    `headings` are (start, end, level 1 to 6) of lines of the text; `found` is what the file says of itself.
    """

    text: str
    pages: tuple[tuple[int, int, str], ...]
    notices: tuple[Notice, ...]
    headings: tuple[tuple[int, int, int], ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        pages = tuple((start, end, label) for start, end, label in data["pages"])
        headings = tuple((start, end, level) for start, end, level in data["headings"])
        return cls(data["text"], pages, notices_from(data["notices"]), headings, data["found"])


@dataclass(frozen=True)
class Passage:
    """A passage of that text to be marked, in the colours of its themes."""

    start: int
    end: int
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """A stretch of one line under a passage: its page, from 1, and its edges in points of page space."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def from_list(cls, data: Sequence[Any]) -> Self:
        page, (left, bottom, right, top), _ = data
        return cls(page, left, bottom, right, top)
