"""The name under which a volume leaves the office. Pure."""

import re

_WORDS = re.compile(r"[^\W_]+")


def offered_name(*, reference: str, client_name: str, build: int, volume: int, volumes: int) -> str:
    """SV_2027_014_build_3.pdf: letters, digits and underscores, as every forum takes them; never the client's name."""
    stem = re.sub(r"[^A-Za-z0-9]+", "_", reference).strip("_")
    if not stem or _share_a_word(reference, client_name):
        stem = "packet"
    part = f"_volume_{volume}_of_{volumes}" if volumes > 1 else ""
    return f"{stem}_build_{build}{part}.pdf"


def _share_a_word(reference: str, client_name: str) -> bool:
    """Short words too: here a name that was not needed costs nothing, and one that leaks may cost a life."""
    return bool(_words(reference) & _words(client_name))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text)}
