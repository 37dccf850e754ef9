"""What a file is: its name and its first bytes must agree, and then its reader must."""

from dataclasses import dataclass

from caseapp.core.refused import Refused

# How far into a file the mark of its kind may stand.
HEAD = 1024


@dataclass(frozen=True)
class Kind:
    """`examine` and `clean` are functions for `sandbox.run`, on a room whose file is named `input`."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    marks: tuple[bytes, ...]
    examine: str
    clean: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "pdf",
            "application/pdf",
            (".pdf",),
            (b"%PDF-",),
            "caseapp.intake.pdf.examining:examine",
            "caseapp.intake.pdf.normalising:clean",
        ),
    )
}


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file with this name that begins with these bytes. Raises `Refused`."""
    if not head:
        raise Refused("empty")
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    named = next((kind for kind in KINDS.values() if extension in kind.extensions), None)
    if named is None:
        raise Refused("kind-unknown", kind=extension or name)
    if not any(mark in head for mark in named.marks):
        raise Refused("not-the-kind", extension=extension)
    return named
