"""What a file says of itself from outside: its name and its title. Never the client's name. Pure."""

import re

from caseapp.forums import Forum

NEUTRAL_TITLE = "Exhibit packet"
_NAMELESS = "packet"
_WORDS = re.compile(r"[^\W_]+")


def offered_name(
    profile: Forum,
    *,
    reference: str,
    client_name: str,
    build: int,
    volume: int,
    volumes: int,
    sequence: int = 1,
    file_number: str = "",
) -> str:
    """What the forum has its files called, such as SV_2027_014_Evidence_Part2.pdf; never the client's name.

    `sequence` is the packet's place among those of its case. `file_number` is given only where it may be told.
    """
    form = profile.file_names
    template = form.with_number if form.with_number and _safe(file_number, form.joint) else form.template
    name = template.format(
        reference=_NAMELESS if names(reference, client_name) else _safe(reference, form.joint) or _NAMELESS,
        build=build,
        type=form.type,
        sequence=sequence,
        file_number=_safe(file_number, form.joint),
    )
    part = form.part.format(volume=volume, volumes=volumes) if volumes > 1 else ""
    return f"{name}{part}.pdf"


def _safe(text: str, joint: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", joint, text).strip(joint)


def index_name(profile: Forum, volume_name: str) -> str:
    """The index as a Word file, called like the packet beside it."""
    return f"{volume_name.removesuffix('.pdf')}{profile.file_names.joint}Index.docx"


def names(text: str, client_name: str) -> bool:
    """Whether the text may name the client. Any word they share will do: a false alarm costs a file's title, and a
    name that leaks may cost a life."""
    return bool(_words(text) & _words(client_name))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)}
