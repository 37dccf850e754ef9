"""What a list of the library shows, as its address says it: the words, what is chosen and left out, the order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from urllib.parse import urlencode

FACETS = ("theme", "country", "publisher", "kind", "language", "year", "state", "origin", "adverse", "reading")
SORTS = ("best", "newest", "published", "title", "origin")
MOST_CHOICES = 40
_LONGEST_VALUE = 200

Stand = Literal["", "in", "out"]


class Choice(NamedTuple):
    """A value of a facet that things must have, or, left out, must not have."""

    facet: str
    value: str
    is_out: bool = False

    @property
    def written(self) -> str:
        """As it stands in an address: a minus leaves out; a value that begins with a sign has a plus before it."""
        if self.is_out:
            return f"-{self.value}"
        return f"+{self.value}" if self.value.startswith(("-", "+")) else self.value


@dataclass(frozen=True)
class Choices:
    typed: str = ""
    chosen: tuple[Choice, ...] = ()
    sort: str = ""
    # Of the themes that are chosen any will do; otherwise a passage must have all of them.
    any_theme: bool = False

    @classmethod
    def read(cls, sent: Mapping[str, Iterable[str]]) -> "Choices":
        """From the parts of an address. What is not understood changes nothing."""
        chosen = [_choice(facet, written) for facet in FACETS for written in sent.get(facet, ())]
        typed = " ".join(next(iter(sent.get("q", ())), "").split())
        sort = next(iter(sent.get("sort", ())), "")
        kept = tuple(dict.fromkeys(filter(None, chosen)))[:MOST_CHOICES]
        return cls(typed, kept, sort if sort in SORTS else "", "theme" in sent.get("any", ()))

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Names and values of the address, always in the same order."""
        named = [("q", self.typed), *((choice.facet, choice.written) for choice in sorted(self.chosen))]
        of_list = [("any", "theme" if self.any_theme else ""), ("sort", self.sort)]
        return [(name, value) for name, value in [*named, *of_list] if value]

    @property
    def address(self) -> str:
        return urlencode(self.parts)

    @property
    def narrows(self) -> bool:
        return bool(self.typed or self.chosen)

    def stand(self, facet: str, value: str) -> Stand:
        if Choice(facet, value) in self.chosen:
            return "in"
        return "out" if Choice(facet, value, True) in self.chosen else ""

    def turned(self, facet: str, value: str) -> "Choices":
        """After a click on a value: chosen, then left out, then neither."""
        wanted, left_out = Choice(facet, value), Choice(facet, value, True)
        rest = tuple(choice for choice in self.chosen if choice not in (wanted, left_out))
        match self.stand(facet, value):
            case "":
                return replace(self, chosen=(*rest, wanted))
            case "in":
                return replace(self, chosen=(*rest, left_out))
        return replace(self, chosen=rest)

    def only(self, facet: str, value: str) -> "Choices":
        """This value of the facet, and nothing else that was chosen of it."""
        rest = tuple(choice for choice in self.chosen if choice.facet != facet)
        return replace(self, chosen=(*rest, Choice(facet, value)))

    def and_also(self, choice: Choice) -> "Choices":
        return replace(self, chosen=tuple(dict.fromkeys([*self.chosen, choice])))

    def having(self, *, any_theme: bool) -> "Choices":
        return replace(self, any_theme=any_theme)

    @property
    def themes_wanted(self) -> list[str]:
        return [choice.value for choice in self.chosen if choice.facet == "theme" and not choice.is_out]

    def without(self, choice: Choice) -> "Choices":
        return replace(self, chosen=tuple(one for one in self.chosen if one != choice))

    def asking(self, typed: str) -> "Choices":
        return replace(self, typed=typed)

    def sorted_by(self, sort: str) -> "Choices":
        return replace(self, sort=sort)


def _choice(facet: str, written: str) -> Choice | None:
    is_out = written.startswith("-")
    value = written[1:] if written.startswith(("-", "+")) else written
    return Choice(facet, value, is_out) if value and len(value) <= _LONGEST_VALUE and "\x00" not in value else None
