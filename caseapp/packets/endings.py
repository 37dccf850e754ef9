"""How a build ends: ready, failed with a reason, or cancelled. Every ending is one conditional update, so that
whoever comes second changes nothing."""

import datetime as dt
import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import Person, record
from caseapp.cases.rights import rights_on
from caseapp.core.storage import Blob, FileAltered
from caseapp.core.unforeseen import note_unexpected
from caseapp.packets.manifest import ManifestBroken
from caseapp.packets.models import ACTIVE, Build, BuildPart, BuildStatus, PartStatus, Volume
from caseapp.packets.reading_back import CannotReadBack
from caseapp.typesetting.errors import PrintProblem

MOST_SECONDS = 10 * 60
# A file with a hundred wrong pages is understood from the first ten.
MOST_SENTENCES = 10


class BuildProblem(Exception):
    """A build cannot be finished, for a reason that a lawyer understands."""


class Overtaken(Exception):
    """The row was cancelled, failed or given to another while this worker had it: its result is dropped."""


class RequesterLostAccess(BuildProblem):
    """Whoever asked for the build may no longer have it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The person who asked for this build is no longer on the case’s team, or may no longer build packets. "
                "Nothing was published. A lawyer of the team can build it again."
            )
        )


class CaseClosedMeanwhile(BuildProblem):
    """Nothing is built of a closed case."""

    def __init__(self) -> None:
        super().__init__(_("The case was closed meanwhile. Nothing was published. Open it again, then build."))


class PacketNotVerified(BuildProblem):
    """The finished file, read back, does not say what the manifest says."""

    def __init__(self, sentences: Sequence[str]) -> None:
        shown = [f"– {sentence}" for sentence in sentences[:MOST_SENTENCES]]
        if len(sentences) > MOST_SENTENCES:
            shown.append(_("… and %(count)d more.") % {"count": len(sentences) - MOST_SENTENCES})
        heading = _("The finished packet was read back and is not right, so it cannot be downloaded:")
        super().__init__("\n".join([heading, *shown]))


class TookTooLong(BuildProblem):
    """The work went on past its limit."""

    def __init__(self) -> None:
        super().__init__(
            _("It took longer than %(minutes)d minutes, and was stopped.") % {"minutes": MOST_SECONDS // 60}
        )


@dataclass(frozen=True)
class FinishedVolume:
    file_name: str
    blob: Blob
    pages: int


def check_requester(build: Build) -> None:
    """Rights are read when they are used: who asked must still be allowed to. The command line may always."""
    person = build.requested_by
    if person is None:
        return
    if build.packet.case.closed_on:
        raise CaseClosedMeanwhile
    if Ability.BUILD_PACKETS not in rights_on(build.packet.case, person, timezone.now()):
        raise RequesterLostAccess


def in_words(error: Exception) -> str | None:
    """What a lawyer should read about a failure that was foreseen; None for one that was not."""
    if isinstance(error, BuildProblem | PrintProblem | FileAltered | ManifestBroken | CannotReadBack):
        return str(error)
    if isinstance(error, SoftTimeLimitExceeded):
        return str(TookTooLong())
    if isinstance(error, MemoryError):
        return _("It is too large for this computer’s memory.")
    if isinstance(error, RecursionError):
        return _("It is nested too deeply.")
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _("The server’s disk is full. Ask your administrator to make room, then build again.")
    return None


@contextmanager
def failing(build: Build, *, what: str, fail: Callable[[str], object], part_id: int | None = None) -> Iterator[None]:
    """Turn whatever goes wrong in the body into a failed build that says why.

    `what` names the piece of work, such as "Tab C, “Title”"; `fail` is given the sentence. An unforeseen error is
    raised again, without its words.
    """
    with requesters_language(build):
        try:
            yield
        except Overtaken:
            return
        except RequesterLostAccess as error:
            fail(str(error))
        except Exception as error:
            reason = in_words(error)
            if reason is not None:
                fail(_("%(what)s could not be set. %(reason)s") % {"what": what, "reason": reason})
                return
            unexpected = note_unexpected(error, where=f"Build {build.pk}, part {part_id}")
            fail(_unexpected_words(what, unexpected.reference))
            raise unexpected from None


def _unexpected_words(what: str, reference: str) -> str:
    return _(
        "Something unexpected happened while %(what)s was being set. Nothing was left out and nothing was published. "
        "Build again; if it happens again, give your administrator the reference %(reference)s."
    ) % {"what": what, "reference": reference}


def fail_part(part: BuildPart, sentence: str, *, owner: str, now: dt.datetime) -> bool:
    """The part fails, and its build with it: nothing is ever left out. False: it was no longer this owner's."""
    with transaction.atomic():
        rows = BuildPart.objects.filter(pk=part.pk, owner=owner, status=PartStatus.RUNNING)
        if not rows.update(status=PartStatus.FAILED, failure=sentence):
            return False
        return fail_build(part.build, sentence, now=now)


def fail_build(build: Build, sentence: str, *, now: dt.datetime, owner: str | None = None) -> bool:
    """False: the build was over, or another's, in the meantime."""
    rows = Build.objects.filter(pk=build.pk, status__in=ACTIVE)
    if owner is not None:
        rows = rows.filter(owner=owner)
    with transaction.atomic():
        if not rows.update(status=BuildStatus.FAILED, failure=sentence, finished_at=now):
            return False
        note(Action.BUILD_FAILED, build, by=None)
    return True


def cancel(build: Build, *, by: Person | None, now: dt.datetime) -> bool:
    with transaction.atomic():
        rows = Build.objects.filter(pk=build.pk, status__in=ACTIVE)
        if not rows.update(status=BuildStatus.CANCELLED, finished_at=now):
            return False
        note(Action.BUILD_CANCELLED, build, by=by)
    return True


def publish(
    build: Build, volumes: Iterable[FinishedVolume], *, index_sha256: str, owner: str, now: dt.datetime
) -> bool:
    """Volumes and READY appear together, after every file is safely on the disk. False: the build was over."""
    with transaction.atomic():
        rows = Build.objects.filter(pk=build.pk, status=BuildStatus.VERIFYING, owner=owner)
        ready = {"status": BuildStatus.READY, "finished_at": now, "heartbeat_at": now, "index_sha256": index_sha256}
        if not rows.update(**ready):
            return False
        made = Volume.objects.bulk_create(
            Volume(
                build=build,
                number=number,
                file_name=volume.file_name,
                sha256=volume.blob.sha256,
                size=volume.blob.size,
                pages=volume.pages,
            )
            for number, volume in enumerate(volumes, start=1)
        )
        note(Action.BUILD_READY, build, by=None, sha256=[volume.sha256 for volume in made])
    return True


def note(action: Action, build: Build, *, by: Person | None, **detail: object) -> None:
    """Put what happened to a build on its case's record."""
    record(
        by=by,
        action=action,
        subject=build,
        label=build.packet.title,
        case_id=build.packet.case_id,
        number=build.number,
        **detail,
    )


def requesters_language(build: Build) -> override:
    """What a worker writes is read by the person who asked for it."""
    person = build.requested_by
    return override((person.language if person else "") or settings.LANGUAGE_CODE)
