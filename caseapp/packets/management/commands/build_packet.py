"""Build a packet and put its files into a folder."""

import argparse
import json
import time
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.core.storage import FileAltered
from caseapp.core.unforeseen import UnexpectedFailure
from caseapp.packets import builder
from caseapp.packets.files import files_of_build
from caseapp.packets.freezing import CannotFreeze
from caseapp.packets.manifest import ManifestBroken
from caseapp.packets.models import Build, BuildPart, BuildStatus, Packet
from caseapp.packets.pdf.publishing import INDEX_FILE_NAME
from caseapp.packets.progress import progress_of
from caseapp.packets.services.builds import PacketNotReady, cancel_build, request_build

_LOOK_EVERY_SECONDS = 0.5
_WAIT_MINUTES = 60
# The build that is under way may be older than the packet's last change; the one after it is not.
_ROUNDS = 3


class Command(BaseCommand):
    help = "Build a packet, verify it, and put its volumes and manifest.json into a folder."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("packet", metavar="PACKET", help="the packet's id, as its address shows it")
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="made if it is not there")
        parser.add_argument("--queue", action="store_true", help="hand the work to the workers, and wait for them")
        parser.add_argument(
            "--wait", type=float, default=_WAIT_MINUTES, metavar="MINUTES", help="with --queue: at most this long"
        )
        parser.add_argument("--json", action="store_true", help="print what was built as JSON")

    def handle(self, *, packet: str, out: Path, **options: Any) -> None:
        folder = self._folder(out)
        try:
            build = self._build(self._packet(packet), **options)
        except (PacketNotReady, CannotFreeze, ManifestBroken) as error:
            raise CommandError(str(error)) from error
        if build.status != BuildStatus.READY:
            raise CommandError(build.failure or "This build was cancelled.")
        result = self._hand_over(build, folder)
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self._say(f"Build {build.number} is in {folder}.")

    def _packet(self, wanted: str) -> Packet:
        try:
            return Packet.objects.select_related("case").get(pk=uuid.UUID(wanted))
        except (ValueError, Packet.DoesNotExist) as error:
            raise CommandError(f"There is no packet {wanted}.") from error

    def _folder(self, folder: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be used as a folder: {error.strerror}.") from error
        return folder

    def _build(self, packet: Packet, *, queue: bool, wait: float, **_options: Any) -> Build:
        for _round in range(_ROUNDS):
            build = request_build(by=None, packet=packet, now=timezone.now(), hand_over=queue)
            if build.status == BuildStatus.READY:
                return build
            self._say(f"Build {build.number} of packet {packet.pk}.")
            build = self._wait(build, minutes=wait) if queue else self._work(build)
            if build.status != BuildStatus.READY:
                return build
        raise CommandError("The packet was changed again and again while it was being built.")

    def _work(self, build: Build) -> Build:
        try:
            return builder.see_through(build.pk, say=self._say_part)
        except UnexpectedFailure:
            build.refresh_from_db(fields=["status", "failure"])
            return build
        except KeyboardInterrupt:
            cancel_build(by=None, build=build, now=timezone.now())
            raise

    def _say_part(self, part: BuildPart) -> None:
        self._say(f"  {part.title}")

    def _wait(self, build: Build, *, minutes: float) -> Build:
        end, said = time.monotonic() + minutes * 60, ""
        while build.is_active:
            if time.monotonic() > end:
                raise CommandError(f"Build {build.number} is still going on. It was left to the workers.")
            time.sleep(_LOOK_EVERY_SECONDS)
            build = Build.objects.get(pk=build.pk)
            said = self._say_progress(build, said)
        return build

    def _say_progress(self, build: Build, said: str) -> str:
        progress = progress_of(build, timezone.now())
        words = progress.headline
        if progress.is_stuck:
            words = f"No sign of life for {progress.silent_minutes} min. Is a worker running?"
        if words != said:
            self._say(f"  {words}")
        return words

    def _hand_over(self, build: Build, folder: Path) -> dict[str, Any]:
        """Volumes first, and the manifest that names them last: a folder with a manifest is a whole packet."""
        volumes, files = list(build.volumes.all()), files_of_build(build)
        try:
            for volume in volumes:
                files.copy_out(volume.sha256, folder / volume.file_name)
            files.copy_out(build.index_sha256, folder / INDEX_FILE_NAME)
            files.copy_out(build.published_sha256, folder / "manifest.json")
        except FileAltered as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        return {
            "build": str(build.pk),
            "status": build.status,
            "volumes": [{"file": v.file_name, "pages": v.pages, "sha256": v.sha256} for v in volumes],
            "index": INDEX_FILE_NAME,
            "manifest": "manifest.json",
        }

    def _say(self, words: str) -> None:
        self.stderr.write(words)
