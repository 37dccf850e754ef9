"""The parts of a Word file, read from an archive that nobody vouches for.

What an archive claims of itself is not believed: sizes are counted while reading. XML with a document type is refused,
for it could hold words that one reader sees and another does not.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from caseapp.core.refused import Refused

MOST_PARTS = 2_000
MOST_BYTES = 100 << 20
_MOST_RATIO = 100
_SMALL = 1 << 20  # below this, a part may be as well compressed as it likes
_PIECE = 1 << 16
_MOST_ELEMENTS = 2_000_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# The strict form of the format has the same elements under other names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", OFFICE.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Relation:
    kind: str
    target: str
    is_external: bool


class Package:
    """`main` is the name of the document's own part."""

    def __init__(self, data: bytes) -> None:
        self._parts = _parts_of(data)
        self.main = self._main()

    def data(self, name: str) -> bytes | None:
        return self._parts.get(name)

    def xml(self, name: str) -> etree._Element | None:
        data = self._parts.get(name)
        return None if data is None else parsed(data)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by id; targets inside are names of parts."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        found = {}
        for relation in root.iter(f"{{{_PACKAGE}/relationships}}Relationship"):
            is_external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = Relation(kind, target, is_external)
        return found

    def related(self, kind: str) -> etree._Element | None:
        """The part that the document refers to in this way, such as its styles."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.is_external:
                return self.xml(relation.target)
        return None

    def _main(self) -> str:
        starts = [relation for relation in self.relations("").values() if relation.kind == "officeDocument"]
        name = starts[0].target if starts else "word/document.xml"
        if name not in self._parts or self._content_type(name) != _MAIN:
            raise Refused("word-no-document")
        return name

    def _content_type(self, name: str) -> str:
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise Refused("word-no-document")
        for override in types.iter(f"{{{_PACKAGE}/content-types}}Override"):
            if override.get("PartName", "").lstrip("/").lower() == name.lower():
                return override.get("ContentType", "")
        return ""


def parsed(data: bytes) -> etree._Element:
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    if _ENTITIES.search(data):
        raise Refused("word-doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused("word-damaged") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("word-doctype")
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise Refused("word-too-long")
    return root


def _parts_of(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            left = MOST_BYTES
            parts = {}
            for entry in entries:
                if entry.is_dir():
                    continue
                part = b"".join(_pieces(archive, entry, left))
                left -= len(part)
                parts[entry.filename.lstrip("/")] = part
            return parts
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused("word-damaged") from None


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise Refused("word-bomb")
    names = [entry.filename.lstrip("/").lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("word-twice")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("word-locked")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused("word-bomb")
        end = entry.header_offset + 30 + entry.compress_size


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    read = 0
    most = min(left, max(_SMALL, entry.compress_size * _MOST_RATIO))
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            read += len(piece)
            if read > most:
                raise Refused("word-bomb")
            yield piece
