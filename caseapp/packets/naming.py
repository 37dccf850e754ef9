"""What a file says of itself from outside: its name and its title. Never the client's name. Pure."""

import re

NEUTRAL_TITLE = "Exhibit packet"
_WORDS = re.compile(r"[^\W_]+")


def offered_name(*, reference: str, client_name: str, build: int, volume: int, volumes: int) -> str:
    """SV_2027_014_build_3.pdf: letters, digits and underscores, as every forum takes them; never the client's name."""
    stem = re.sub(r"[^A-Za-z0-9]+", "_", reference).strip("_")
    if not stem or names(reference, client_name):
        stem = "packet"
    part = f"_volume_{volume}_of_{volumes}" if volumes > 1 else ""
    return f"{stem}_build_{build}{part}.pdf"


def names(text: str, client_name: str) -> bool:
    """Whether the text may name the client. Any word they share will do: a false alarm costs a file's title, and a
    name that leaks may cost a life."""
    return bool(_words(text) & _words(client_name))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)}
