"""Add one file to the library as a source."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.accounts.queries import NobodyWithEmail, person_by_email
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Kind, Method, Source
from caseapp.library.queries import captures_of
from caseapp.library.sources.published import PartialDate
from caseapp.library.texts.noticed import sentence_of


def partial_date(text: str) -> str:
    return str(PartialDate.parse(text)) if text else ""


class Command(BaseCommand):
    help = "Add one file to the library as a source. The title is the file's name unless it is given."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--author", default="")
        parser.add_argument("--published", default="", type=partial_date, help="2019, 2019-03 or 2019-03-04")
        parser.add_argument("--url", default="")
        parser.add_argument("--language", default="en")
        parser.add_argument("--kind", default=Kind.OTHER, choices=Kind.values)
        parser.add_argument("--country", default="", help="two letters, such as SV")
        parser.add_argument("--accessed", type=dt.date.fromisoformat, help="2026-11-22")
        parser.add_argument("--by", metavar="EMAIL", help="who is on record as having added it")
        parser.add_argument("--keep-as-read", action="store_true", help="take a damaged PDF as far as it can be read")
        parser.add_argument("--json", action="store_true", help="print the ids as JSON")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            source = self._add(file, options)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except MustBeDecided as undecided:
            raise CommandError(f"{undecided} To keep it as it was read, give --keep-as-read.") from undecided
        except (Unreadable, Unusable, NobodyWithEmail) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            said = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
            raise CommandError("\n".join(said)) from error
        self._report(source, as_json=options["json"])

    def _add(self, file: Path, options: dict[str, Any]) -> Source:
        accepted: frozenset[str] = frozenset()
        while True:
            try:
                return self._add_with(file, options, accepted=accepted)
            except MustBeDecided as undecided:
                if not options["keep_as_read"] or undecided.codes <= accepted:
                    raise
                accepted |= undecided.codes

    def _add_with(self, file: Path, options: dict[str, Any], *, accepted: frozenset[str]) -> Source:
        return add_source(
            accepted=accepted,
            fills_in=True,
            by=person_by_email(options["by"]) if options["by"] else None,
            details=SourceDetails(
                title=options["title"] or file.stem,
                publisher=options["publisher"],
                author=options["author"],
                published_on=options["published"],
                url=options["url"],
                language=options["language"],
                kind=options["kind"],
                country=options["country"],
                accessed_on=options["accessed"],
            ),
            original=file.read_bytes(),
            name=file.name,
            method=Method.UPLOADED,
            now=timezone.now(),
        )

    def _report(self, source: Source, *, as_json: bool) -> None:
        capture = source.capture
        earlier = [other.source_id for other in captures_of(capture.original_sha256) if other.pk != capture.pk]
        for notice in capture.notices:
            self.stderr.write(f"Note: {sentence_of(notice)}")
        if earlier:
            self.stderr.write(f"You already have these bytes, as source {', '.join(map(str, earlier))}.")
        if as_json:
            facts = {
                "source": source.pk,
                "capture": capture.pk,
                "sha256": capture.original_sha256,
                "same_bytes_as": earlier,
            }
            self.stdout.write(json.dumps(facts))
        else:
            self.stdout.write(f"Source {source.pk}: {source.title}, {len(capture.text)} characters.")
