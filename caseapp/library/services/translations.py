"""Translations beside a text in another language: words typed here, or a file with its clean pages."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp import intake
from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import sandbox, storage
from caseapp.core.storage import Store
from caseapp.intake.readers.text import check_text
from caseapp.library.keeping.captures import safe_name
from caseapp.library.models import Capture
from caseapp.library.models.translation import CaptureTranslation, Translation


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


class FileNeedsDecision(Exception):
    """The file holds something that only a person can decide about, and a translation is not the place for that."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This file holds more than its plain pages, such as remarks, changes that are not accepted, or words "
                "that cannot be seen. Save it as a plain PDF and choose that, or paste the text."
            )
        )


class NothingTranslated(Exception):
    """Neither words nor a file."""

    def __init__(self) -> None:
        super().__init__(_("Paste the translation, or choose its file."))


def translation_of(capture: Capture) -> CaptureTranslation:
    """As it stands, or an empty one."""
    standing = CaptureTranslation.objects.filter(capture=capture).first()
    return standing or CaptureTranslation(capture=capture, version=0)


@transaction.atomic
def save_translation(
    *, by: User | None, capture: Capture, details: TranslationDetails, file: TranslationFile | None, version: int
) -> CaptureTranslation:
    """Put it beside the capture, over `version` of the one the person saw; 0 where there was none.

    Raises TranslationChangedMeanwhile, NothingTranslated, FileNeedsDecision, intake.Unusable, readers.Unreadable.
    """
    Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
    standing = translation_of(capture)
    changed = fill(standing, by=by, details=details, file=file, version=version, store=storage)
    if changed:
        source = capture.source
        record(by=by, action=Action.TRANSLATION_SAVED, subject=source, label=source.title, fields=changed)
    return standing


@transaction.atomic
def remove_translation(*, by: User | None, capture: Capture) -> None:
    removed, _rows = CaptureTranslation.objects.filter(capture=capture).delete()
    if removed:
        source = capture.source
        record(by=by, action=Action.TRANSLATION_REMOVED, subject=source, label=source.title)


def fill(
    standing: Translation,
    *,
    by: User | None,
    details: TranslationDetails,
    file: TranslationFile | None,
    version: int,
    store: Store,
) -> list[str]:
    """Save what was said over what stands; tells which fields changed. A file that is not given anew stays."""
    if standing.version != version:
        raise TranslationChangedMeanwhile(standing)
    wanted = asdict(details) | _content(standing, details, file, store)
    changed = [name for name, value in wanted.items() if getattr(standing, name) != value]
    for name in changed:
        setattr(standing, name, wanted[name])
    if changed:
        standing.added_by = by
        standing.version += 1
        standing.full_clean(exclude=["added_by", "capture", "document"])
        standing.save()
    return changed


def _content(
    standing: Translation, details: TranslationDetails, file: TranslationFile | None, store: Store
) -> dict[str, Any]:
    if file is not None:
        return {"text": "", **_kept(file, store)}
    if details.text.strip():
        nothing = {"original_sha256": "", "original_name": "", "clean_sha256": "", "pages": 0}
        return {"text": check_text(details.text), **nothing}
    if not standing.clean_sha256:
        raise NothingTranslated
    return {"text": ""}


def _kept(file: TranslationFile, store: Store) -> dict[str, Any]:
    """The original and its clean pages, both in the store."""
    with sandbox.room() as room:
        given, out = room / "original", room / "clean.pdf"
        given.write_bytes(file.data)
        report = intake.examine(given, name=file.name)
        if report.questions:
            raise FileNeedsDecision
        try:
            clean = intake.clean_pdf(given, name=file.name, kind=report.kind, out=out)
        except intake.Unsettled as error:
            raise FileNeedsDecision from error
        original, pages = store.put_bytes(file.data), store.put_file(out)
    return {
        "original_sha256": original.sha256,
        "original_name": safe_name(file.name),
        "clean_sha256": pages.sha256,
        "pages": clean.pages,
    }
