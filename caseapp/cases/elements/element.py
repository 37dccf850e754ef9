"""One thing that the law requires to be shown, and one legal system's list of them. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise

from caseapp.forums.profile import Grade


@dataclass(frozen=True)
class Element:
    """`key` is what is stored, and never changes its meaning. `words` are what an index prints, in English; `name` is
    for screens. `citation` and `grade` say what it rests on and how sure we are, as with the rules of a forum.

    `parent` is the key of the element it is a part of. A part must be shown like any element; a *point*
    (`is_point`) helps to show its element in cases of one kind, and where it is empty nothing is missing.
    `cuts_against`: what stands there is expected to be held against the client. `note` is what to bear in mind.
    """

    key: str
    words: str
    name: str | Promise
    citation: str
    grade: Grade
    parent: str = ""
    is_point: bool = False
    cuts_against: bool = False
    note: str | Promise = ""


@dataclass(frozen=True)
class System:
    """The elements of one legal system, each before its parts and points."""

    key: str
    name: str | Promise
    elements: tuple[Element, ...]
