"""Check the files of a packet against their manifest. Needs no database, and none of our settings but the language."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from caseapp.packets.pdf.published import LARGEST, NotAManifest, read_published
from caseapp.packets.pdf.verification import verify_packet

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class _File:
    file_name: str
    path: Path


class Command(BaseCommand):
    help = (
        "Check the PDF files in FOLDER against the manifest.json beside them: every word, quotation, link and number."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, folder: Path, **options: Any) -> None:
        published = self._published(folder)
        try:
            facts = read_published(published)
            files = self._files(folder, facts)
            sentences = [str(failure) for failure in verify_packet(published, files)]
            sentences += self._word_file(folder, facts)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except NotAManifest as error:
            raise CommandError(
                f"{folder / MANIFEST} is not a packet’s manifest, or it was altered: {error}."
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps({"verified": not sentences, "failures": sentences}))
        for sentence in sentences:
            self.stderr.write(_printable(sentence))
        if sentences:
            raise CommandError(f"The packet in {folder} is not as its manifest says.")
        self.stderr.write(self._summary(facts))

    def _published(self, folder: Path) -> bytes:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            with (folder / MANIFEST).open("rb") as file:
                return file.read(LARGEST + 1)
        except FileNotFoundError as error:
            raise CommandError(f"There is no {MANIFEST} in {folder}.") from error
        except OSError as error:
            raise CommandError(f"{folder / MANIFEST} cannot be read: {error.strerror}.") from error

    def _files(self, folder: Path, facts: Mapping[str, Any]) -> list[_File]:
        """The volumes that the manifest names. One that was renamed, as downloads are, is known by its hash."""
        by_name = {path.name: path for path in sorted(folder.glob("*.pdf"))}
        by_hash = {_hash(path): path for path in by_name.values()}
        found = []
        for row in facts["volumes"]:
            path = by_name.get(row["file"]) or by_hash.get(row["sha256"])
            if path is not None:
                found.append(_File(row["file"], path))
        return found

    def _word_file(self, folder: Path, facts: Mapping[str, Any]) -> list[str]:
        """The index as a Word file is not filed, so it may be absent; one that is there must be the packet's own."""
        found = sorted(folder.glob("*.docx"))
        if not found or facts["index_file"]["sha256"] in map(_hash, found):
            return []
        return [_("The Word file “%(name)s” is not the index of this packet.") % {"name": found[0].name}]

    def _summary(self, facts: Mapping[str, Any]) -> str:
        pages = sum(volume["pages"] for volume in facts["volumes"])
        counts = ", ".join(f"{len(facts[name])} {name}" for name in ("quotations", "links", "bookmarks"))
        return f"Verified: {pages} pages, {counts}."


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _printable(sentence: str) -> str:
    """A manifest from elsewhere may hold what no terminal should be sent."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in sentence)
