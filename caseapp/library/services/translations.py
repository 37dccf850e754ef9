"""Translations beside a text in another language: words typed here, or a file with its clean pages; and the
certificates that translators signed for them."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp import intake
from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import sandbox, storage
from caseapp.core.storage import Store
from caseapp.intake.readers.text import check_text
from caseapp.library.keeping.captures import safe_name
from caseapp.library.keeping.contents import MustBeDecided, refuse_locked
from caseapp.library.models import Capture
from caseapp.library.models.translation import CaptureCertificate, CaptureTranslation, Translation

# What a certificate vouches for, and who signed it: with another of these it says what nobody signed.
_VOUCHED_FOR = {"language", "text", "original_sha256", "translator"}


@dataclass(frozen=True, kw_only=True)
class TranslationDetails:
    """`text` is empty where the translation is a file."""

    language: str
    text: str = ""
    translator: str = ""
    address: str = ""
    telephone: str = ""
    qualification: str = ""
    is_certified: bool = False


@dataclass(frozen=True)
class TranslationFile:
    name: str
    data: bytes


class TranslationChangedMeanwhile(Exception):
    """Somebody else saved the translation after this person opened it. `standing` is how it is now."""

    def __init__(self, standing: Translation) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this translation while you were typing, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
        )


class NothingTranslated(Exception):
    """Neither words nor a file."""

    def __init__(self) -> None:
        super().__init__(_("Paste the translation, or choose its file."))


class CertificatesWouldGo(Exception):
    """Signed certificates would go with the translation that were not named to whoever removes it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "With the translation go the certificates that were signed for it, so nothing was removed. They are "
                "named below: say that they go too, and remove it again."
            )
        )


class NothingToVouchFor(Exception):
    """There is no translation yet."""

    def __init__(self) -> None:
        super().__init__(_("Save the translation first: the certificate vouches for its words."))


def translation_of(capture: Capture) -> CaptureTranslation:
    """As it stands, or an empty one."""
    standing = CaptureTranslation.objects.filter(capture=capture).first()
    return standing or CaptureTranslation(capture=capture, version=0)


def save_translation(
    *,
    by: User | None,
    capture: Capture,
    details: TranslationDetails,
    file: TranslationFile | None,
    version: int,
    accepted: frozenset[str] = frozenset(),
) -> CaptureTranslation:
    """Put it beside the capture, over `version` of the one the person saw; 0 where there was none. `accepted` are the
    codes of what is wrong with the file and was accepted by a person.

    Raises TranslationChangedMeanwhile, NothingTranslated, MustBeDecided, intake.Unusable, readers.Unreadable.
    """
    kept = keep_file(file, storage, accepted) if file else None
    with transaction.atomic():
        Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
        standing = translation_of(capture)
        changed = fill(standing, by=by, details=details, kept=kept, version=version)
        if changed:
            _note(capture, by=by, fields=changed, accepted=accepted)
    return standing


@transaction.atomic
def remove_translation(*, by: User | None, capture: Capture, certificates: Collection[int] = ()) -> None:
    """With all that was signed for it, whose numbers the person was shown. Raises CertificatesWouldGo."""
    Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
    standing = translation_of(capture)
    signed = signed_for(standing, certificates)
    if standing.pk:
        standing.delete()
        source = capture.source
        record(by=by, action=Action.TRANSLATION_REMOVED, subject=source, label=source.title, **signed)


def add_certificate(
    *,
    by: User | None,
    capture: Capture,
    file: TranslationFile,
    now: dt.datetime,
    accepted: frozenset[str] = frozenset(),
) -> CaptureCertificate:
    """Keep what the translator signed beside the translation, in the place of the one before it. `accepted` is
    as for `save_translation`.

    Raises NothingToVouchFor, MustBeDecided, readers.Unreadable, intake.Unusable.
    """
    require_something_to_vouch_for(translation_of(capture))
    kept = keep_file(file, storage, accepted)
    with transaction.atomic():
        Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
        certificate: CaptureCertificate = keep_certificate(translation_of(capture), by=by, kept=kept, now=now)
        _note(capture, by=by, fields=["certificate"], accepted=accepted)
    return certificate


@transaction.atomic
def withdraw_certificate(*, by: User | None, capture: Capture, now: dt.datetime) -> None:
    """It is kept, and filed no more."""
    Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
    if withdraw(translation_of(capture), now=now):
        _note(capture, by=by, fields=["certificate"])


def _note(capture: Capture, *, by: User | None, fields: list[str], accepted: frozenset[str] = frozenset()) -> None:
    source, action = capture.source, Action.TRANSLATION_SAVED
    record(by=by, action=action, subject=source, label=source.title, fields=fields, **answers_on(accepted))


def answers_on(accepted: frozenset[str]) -> dict[str, Any]:
    """What somebody said yes to, for the record; nothing where nothing was asked."""
    return {"questions": sorted(accepted)} if accepted else {}


def signed_for(translation: Translation, named: Collection[int]) -> dict[str, Any]:
    """For the record, the certificates that go with a translation: number and hash of each.

    Raises CertificatesWouldGo where they are not those that the person was shown.
    """
    brought = list(translation.certificates.order_by("number")) if translation.pk else []
    if {certificate.number for certificate in brought} != set(named):
        raise CertificatesWouldGo
    told = [[certificate.number, certificate.original_sha256] for certificate in brought]
    return {"certificates": told} if told else {}


def release_certificate(*, by: User | None, certificate: CaptureCertificate) -> bytes:
    """The bytes as they came, checked against their hash, and the download put on record. Raises FileAltered."""
    data = storage.read_bytes(certificate.original_sha256)
    capture = certificate.translation.capture
    record(
        by=by,
        action=Action.ORIGINAL_DOWNLOADED,
        subject=capture.source,
        label=capture.source.title,
        sha256=certificate.original_sha256,
        capture=capture.number,
        certificate=certificate.number,
    )
    return data


def require_something_to_vouch_for(translation: Translation) -> None:
    """Raises NothingToVouchFor."""
    if translation.pk is None:
        raise NothingToVouchFor


def keep_certificate(translation: Translation, *, by: User | None, kept: Mapping[str, Any], now: dt.datetime) -> Any:
    """`kept` is what `keep_file` told of it."""
    require_something_to_vouch_for(translation)
    last = translation.certificates.order_by("-number").first()
    certificate = translation.certificates.model(
        translation=translation,
        number=last.number + 1 if last else 1,
        added_by=by,
        added_at=now,
        **kept,
    )
    certificate.full_clean(exclude=["added_by", "translation"])
    certificate.save()
    return certificate


def withdraw(translation: Translation, *, now: dt.datetime) -> bool:
    """Whether one stood."""
    certificate = translation.certificate
    if certificate is None:
        return False
    certificate.withdrawn_at = now
    certificate.save(update_fields=["withdrawn_at"])
    return True


def fill(
    standing: Translation,
    *,
    by: User | None,
    details: TranslationDetails,
    kept: Mapping[str, Any] | None,
    version: int,
) -> list[str]:
    """Save what was said over what stands; tells which fields changed. A file that is not given anew stays; one that is
    was kept before, and `kept` tells of it.

    A certificate that was signed for other words is withdrawn.
    """
    if standing.version != version:
        raise TranslationChangedMeanwhile(standing)
    wanted = asdict(details) | _content(standing, details, kept)
    changed = [name for name, value in wanted.items() if getattr(standing, name) != value]
    for name in changed:
        setattr(standing, name, wanted[name])
    if not _VOUCHED_FOR.isdisjoint(changed) and withdraw(standing, now=timezone.now()):
        changed.append("certificate")
    if changed:
        standing.added_by = by
        standing.version += 1
        standing.full_clean(exclude=["added_by", "capture", "document"])
        standing.save()
    return changed


def _content(standing: Translation, details: TranslationDetails, kept: Mapping[str, Any] | None) -> dict[str, Any]:
    if kept is not None:
        return {"text": "", **kept}
    if details.text.strip():
        nothing = {"original_sha256": "", "original_name": "", "clean_sha256": "", "accepted": [], "pages": 0}
        return {"text": check_text(details.text), **nothing}
    if not standing.clean_sha256:
        raise NothingTranslated
    return {"text": ""}


def keep_file(file: TranslationFile, store: Store, accepted: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The original and its clean pages, both in the store.

    Reading may take minutes: never call it in a transaction, in which everybody else would wait.
    Raises MustBeDecided unless the codes were accepted, LockedPdf, intake.Unusable.
    """
    with sandbox.room() as room:
        given, out = room / "original", room / "clean.pdf"
        given.write_bytes(file.data)
        report = intake.examine(given, name=file.name)
        refuse_locked(report.questions)
        try:
            clean = intake.clean_pdf(given, name=file.name, kind=report.kind, out=out, accepted=accepted)
        except intake.Unsettled as unsettled:
            raise MustBeDecided(unsettled.questions) from unsettled
        original, pages = store.put_bytes(file.data), store.put_file(out)
    return {
        "original_sha256": original.sha256,
        "original_name": safe_name(file.name),
        "clean_sha256": pages.sha256,
        "accepted": sorted(accepted),
        "pages": clean.pages,
    }
