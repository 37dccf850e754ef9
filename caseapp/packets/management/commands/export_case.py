"""Write a case into a folder."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caseapp.cases.models import Case
from caseapp.core.storage import FileAltered
from caseapp.packets.models import Packet
from caseapp.packets.services.exporting import FolderTaken, export_case


class Command(BaseCommand):
    help = "Write a case with all that is in it, and its newest packet, into FOLDER, as import_case reads them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--packet", metavar="ID", help="another packet of the case than the newest")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, *, reference: str, folder: Path, packet: str | None, **options: Any) -> None:
        case = self._case(reference)
        try:
            remarks = export_case(by=None, case=case, packet=self._packet(case, packet), folder=folder)
        except (FolderTaken, FileAltered) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        for remark in remarks:
            self.stderr.write(f"Note: {remark}")
        if options["json"]:
            self.stdout.write(json.dumps({"case": str(case.pk), "folder": str(folder)}))
        else:
            self.stdout.write(f"Case {reference} is in {folder}.")

    def _case(self, reference: str) -> Case:
        cases = list(Case.objects.filter(reference=reference)[:2])
        if not cases:
            raise CommandError(f"There is no case with the reference {reference}.")
        if len(cases) > 1:
            raise CommandError(f"Several cases have the reference {reference}. Change the reference of one first.")
        return cases[0]

    def _packet(self, case: Case, wanted: str | None) -> Packet | None:
        packets = Packet.objects.filter(case=case)
        if wanted is None:
            return packets.first()
        packet = next((packet for packet in packets if str(packet.pk) == wanted), None)
        if packet is None:
            raise CommandError(f"Case {case.reference} has no packet {wanted}.")
        return packet
