"""Who made the reports that a packet repeats: ten reprints of one report are one origin. Pure."""

from collections.abc import Collection, Iterable

from caseapp.library.origins.grouping import at_least
from caseapp.packets.manifest import Exhibit
from caseapp.packets.pdf.words import counted


def origins(exhibits: Collection[Exhibit]) -> int:
    """How many there are surely: an exhibit without an origin stands for itself, and two that nobody has decided about
    count as one. An index claims no independence that the office itself doubts."""
    family = {exhibit.key: (exhibit.origin, "" if exhibit.origin else exhibit.key) for exhibit in exhibits}
    pairs = [(exhibit.key, key) for exhibit in exhibits for key in exhibit.perhaps_one if key in family]
    return at_least(family.values(), [(family[one], family[other]) for one, other in pairs])


def count_words(passages: int, exhibits: Iterable[Exhibit]) -> str:
    """`5 passages · 3 sources · 2 independent origins`.

    Origins are counted only where somebody has looked at one of them: that nobody has is no sign of independence.
    """
    found = {exhibit.key: exhibit for exhibit in exhibits}
    words = [counted(passages, "passage", "passages")] if passages else []
    words.append(counted(len(found), *_nouns(found.values())))
    if len(found) > 1 and any(exhibit.origin for exhibit in found.values()):
        words.append(counted(origins(found.values()), "independent origin", "independent origins"))
    return " · ".join(words)


def _nouns(exhibits: Iterable[Exhibit]) -> tuple[str, str]:
    """Sources are published; a client's own papers are documents."""
    sections = {exhibit.section for exhibit in exhibits}
    if sections == {"client"}:
        return "document", "documents"
    return ("source", "sources") if sections == {"country"} else ("item", "items")


def origin_note(exhibit: Exhibit, exhibits: Iterable[Exhibit], tab_word: str) -> str:
    """`same origin as Tab B: the ministry's report`, on every exhibit but the first of its family."""
    family = [other for other in exhibits if exhibit.origin and other.origin == exhibit.origin]
    if not family or family[0].key == exhibit.key:
        return ""
    return f"same origin as {tab_word} {family[0].label}: {exhibit.origin}"
