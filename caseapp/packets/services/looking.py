"""The pages of a finished build as pictures, for the lawyer who looks at them before anything leaves."""

import datetime as dt

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.access import ONE_VISIT, require_on
from caseapp.cases.drawing import drawn_page
from caseapp.cases.models import Case
from caseapp.packets import endings
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build, BuildStatus, Volume, VolumePicture
from caseapp.packets.services.builds import NotReadyForDownload


def note_pages_seen(*, by: User, build: Build, now: dt.datetime) -> None:
    """Put on record that this person looked at the pages: once for each person, build and visit.

    Raises NotReadyForDownload.
    """
    require_on(build.packet.case, by, Ability.TAKE_PACKETS)
    if build.status != BuildStatus.READY:
        raise NotReadyForDownload
    looks = Event.objects.of_case(build.packet.case_id).filter(
        action=Action.BUILD_PAGES_VIEWED, actor_id=by.pk, subject_id=str(build.pk)
    )
    if not looks.filter(at__gt=now - ONE_VISIT).exists():
        endings.note(Action.BUILD_PAGES_VIEWED, build, by=by)


def picture_of_volume(volume: Volume, number: int) -> bytes:
    """A page of the file as a PNG, drawn once and then kept with the files. Raises Unusable, FileAltered."""
    files = files_of_build(volume.build)
    drawn = VolumePicture.objects.filter(volume=volume, number=number).first()
    if drawn is not None and files.is_whole(drawn.sha256):
        return files.read_bytes(drawn.sha256)
    picture = drawn_page(files, volume.sha256, number)
    with transaction.atomic():
        # Erasing the case holds it too: what is gone by now gets no picture.
        Case.objects.select_for_update().filter(pk=volume.build.packet.case_id).first()
        if Volume.objects.filter(pk=volume.pk).exists():
            kept = {"sha256": files.put_bytes(picture).sha256}
            VolumePicture.objects.update_or_create(volume=volume, number=number, defaults=kept)
    return picture
