"""Bring in a case folder."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.accounts.queries import NobodyWithEmail, person_by_email
from caseapp.cases.models import DocumentStatus
from caseapp.packets.casefile import CaseFileRefused
from caseapp.packets.services.importing import Imported, import_case


class Command(BaseCommand):
    help = "Make the case that FOLDER/case.json describes, with the files it names: all of it or nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="who is on record as having imported it, and on its team")
        parser.add_argument(
            "--team", metavar="EMAIL", action="append", default=[], help="somebody for the team; may be repeated"
        )
        parser.add_argument("--json", action="store_true", help="print the ids as JSON")

    def handle(self, *, folder: Path, by: str | None, team: list[str], **options: Any) -> None:
        try:
            imported = import_case(
                folder=folder,
                by=person_by_email(by) if by else None,
                team=[person_by_email(email) for email in team],
                now=timezone.now(),
            )
        except (CaseFileRefused, NobodyWithEmail) as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        self._report(imported, as_json=options["json"])

    def _report(self, imported: Imported, *, as_json: bool) -> None:
        for remark in imported.remarks:
            self.stderr.write(f"Note: {remark}")
        for key, document in imported.documents.items():
            if document.status != DocumentStatus.READY:
                self.stderr.write(
                    f"Note: the document {key} is not ready to be filed: {document.get_status_display()}."
                )
        if not imported.case.members.exists():
            self.stderr.write("Note: nobody is on this case's team, so nobody can see it. Name people with --team.")
        ids = {
            "case": str(imported.case.pk),
            "packet": str(imported.packet.pk) if imported.packet else None,
            "sources": {key: source.pk for key, source in imported.sources.items()},
            "excerpts": {key: excerpt.pk for key, excerpt in imported.excerpts.items()},
            "documents": {key: str(document.pk) for key, document in imported.documents.items()},
        }
        if as_json:
            self.stdout.write(json.dumps(ids))
        else:
            self.stdout.write(
                f"Case {ids['case']} with {len(imported.sources)} sources, {len(imported.excerpts)} excerpts "
                f"and {len(imported.documents)} documents."
            )
            if imported.packet:
                self.stdout.write(f"Packet {ids['packet']}.")
