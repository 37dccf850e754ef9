"""Pure: whom a comment names, by an @ and their name."""

import re
from collections.abc import Mapping


def mentioned(words: str, people: Mapping[int, str]) -> set[int]:
    """Of these people, by id and name, those who are named as @Ana Lopez or, where it can be nobody else, as @Ana."""
    return {pk for pk, name in people.items() if any(_is_named(call, words) for call in _calls(pk, name, people))}


def _calls(pk: int, name: str, people: Mapping[int, str]) -> list[str]:
    first = _first(name)
    others = [other for other_pk, other in people.items() if other_pk != pk]
    if any(_first(other).casefold() == first.casefold() for other in others):
        return [name]
    return [name, first]


def _first(name: str) -> str:
    return name.partition(" ")[0]


def _is_named(call: str, words: str) -> bool:
    return re.search(rf"(?<!\w)@{re.escape(call)}(?!\w)", words, re.IGNORECASE) is not None
