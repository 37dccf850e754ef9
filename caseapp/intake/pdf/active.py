"""What a PDF holds besides pages: scripts, actions, attached files, streams from elsewhere, names of people and tools.

Everything here is left out of the clean copy, which takes over only what it knows. This says what that was.
"""

from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from caseapp.intake.pdf.values import dictionary, name, sayable, words
from caseapp.intake.report import Notice

_ACTIONS = {
    "JavaScript": "script",
    "Launch": "launch",
    "SubmitForm": "submit",
    "ImportData": "import",
    "GoToR": "other-file",
    "GoToE": "other-file",
    "Rendition": "media",
    "Sound": "media",
    "Movie": "media",
    "RichMediaExecute": "media",
    "GoTo3DView": "media",
    "SetOCGState": "layers",
    "Hide": "hide",
    "ResetForm": "reset",
    "Trans": "media",
}
_ANNOTATIONS = {
    "FileAttachment": "attachment",
    "RichMedia": "media",
    "Screen": "media",
    "Movie": "media",
    "Sound": "media",
    "3D": "media",
}
_TOLD_OF_PEOPLE = ("/Author", "/Creator", "/Producer", "/Title", "/Subject", "/Keywords", "/Company", "/Manager")
_LONGEST = 200


def active_parts(pdf: Pdf) -> Notice | None:
    """How many of each kind there are, as `kind=number`."""
    found: Counter[str] = Counter()
    for thing in pdf.objects:
        for part in _parts(thing):
            found.update(_kinds(part))
    if Name.AcroForm in pdf.Root and Name.XFA in dictionary(pdf.Root.get(Name.AcroForm)):
        found["xfa"] += 1
    if Name.OpenAction in pdf.Root and isinstance(pdf.Root.OpenAction, Dictionary):
        found["on-opening"] += 1
    if not found:
        return None
    return Notice("active", found.total(), tuple(f"{kind}={number}" for kind, number in sorted(found.items())))


def told_of_people(pdf: Pdf) -> Notice | None:
    """What the file says of its author and tools, as `Name: value`."""
    told = []
    information = dictionary(pdf.trailer.get(Name.Info))
    for key, value in information.items():
        said = " ".join((words(value) or name(value)).split())[:_LONGEST]
        if said and key in _TOLD_OF_PEOPLE:
            told.append(f"{key[1:]}: {sayable(said)}")
    if Name.Metadata in pdf.Root:
        told.append("XMP")
    return Notice("told-of-people", len(told), tuple(sorted(told))) if told else None


def _parts(thing: Object) -> Iterator[Object]:
    """A dictionary and the dictionaries written inside it; what it only refers to comes by itself."""
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Stream | Dictionary):
            yield part
            waiting += [value for value in _values(part) if not value.is_indirect]
        elif isinstance(part, Array):
            waiting += [item for item in part if isinstance(item, Object) and not item.is_indirect]


def _values(part: Object) -> list[Object]:
    return [value for value in part.values() if isinstance(value, Dictionary | Array)]


def _kinds(part: Object) -> Iterator[str]:
    if isinstance(part, Stream) and Name.F in part and Name("/FFilter") not in part and _is_file(part.get(Name.F)):
        yield "stream-elsewhere"
    action, subtype = name(part.get(Name.S)), name(part.get(Name.Subtype))
    if action in _ACTIONS:
        yield _ACTIONS[action]
    if subtype in _ANNOTATIONS and Name.Rect in part:
        yield _ANNOTATIONS[subtype]
    if Name.EF in part and isinstance(part.get(Name.EF), Dictionary):
        yield "attached-file"


def _is_file(value: Object | None) -> bool:
    return isinstance(value, pikepdf.String | Dictionary)
