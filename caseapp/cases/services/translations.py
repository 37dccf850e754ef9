"""The translation beside a document of the case, and the certificates that were signed for it."""

import datetime as dt
from collections.abc import Collection
from typing import Any, BinaryIO

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.files import files_of
from caseapp.cases.models import Document, DocumentCertificate, DocumentTranslation
from caseapp.library.services.translations import (
    TranslationDetails,
    TranslationFile,
    answers_on,
    fill,
    keep_certificate,
    keep_file,
    require_something_to_vouch_for,
    signed_for,
    withdraw,
)


def document_translation_of(document: Document) -> DocumentTranslation:
    """As it stands, or an empty one."""
    standing = DocumentTranslation.objects.filter(document=document).first()
    return standing or DocumentTranslation(document=document, version=0)


def save_document_translation(
    *,
    by: User | None,
    document: Document,
    details: TranslationDetails,
    file: TranslationFile | None,
    version: int,
    accepted: frozenset[str] = frozenset(),
) -> DocumentTranslation:
    """Put it beside the document, over `version` of the one the person saw; 0 where there was none.

    Raises what `library.services.translations.save_translation` raises.
    """
    kept = keep_file(file, files_of(document.case_id), accepted) if file else None
    with transaction.atomic():
        Document.objects.select_for_update().only("pk").get(pk=document.pk)
        standing = document_translation_of(document)
        changed = fill(standing, by=by, details=details, kept=kept, version=version)
        if changed:
            _record(document, by=by, fields=changed, **answers_on(accepted))
    return standing


@transaction.atomic
def remove_document_translation(*, by: User | None, document: Document, certificates: Collection[int] = ()) -> None:
    """Raises CertificatesWouldGo; see `library.services.translations.remove_translation`."""
    Document.objects.select_for_update().only("pk").get(pk=document.pk)
    standing = document_translation_of(document)
    signed = signed_for(standing, certificates)
    if standing.pk:
        standing.delete()
        _record(document, by=by, fields=[], **signed)


def add_document_certificate(
    *,
    by: User | None,
    document: Document,
    file: TranslationFile,
    now: dt.datetime,
    accepted: frozenset[str] = frozenset(),
) -> DocumentCertificate:
    """Raises what `library.services.translations.add_certificate` raises."""
    require_something_to_vouch_for(document_translation_of(document))
    kept = keep_file(file, files_of(document.case_id), accepted)
    with transaction.atomic():
        Document.objects.select_for_update().only("pk").get(pk=document.pk)
        standing = document_translation_of(document)
        certificate: DocumentCertificate = keep_certificate(standing, by=by, kept=kept, now=now)
        _record(document, by=by, fields=["certificate"], **answers_on(accepted))
    return certificate


@transaction.atomic
def withdraw_document_certificate(*, by: User | None, document: Document, now: dt.datetime) -> None:
    Document.objects.select_for_update().only("pk").get(pk=document.pk)
    if withdraw(document_translation_of(document), now=now):
        _record(document, by=by, fields=["certificate"])


def release_document_certificate(*, by: User, certificate: DocumentCertificate) -> BinaryIO:
    """The bytes as they came, checked against their hash, and the download put on record. Raises FileAltered."""
    document = certificate.translation.document
    sha256 = certificate.original_sha256
    file = files_of(document.case_id).open_whole(sha256)
    action, number = Action.DOCUMENT_DOWNLOADED, certificate.number
    record(by=by, action=action, subject=document, case_id=document.case_id, sha256=sha256, certificate=number)
    return file


def _record(document: Document, *, by: User | None, fields: list[str], **more: Any) -> None:
    """An empty list of fields says that it was taken away."""
    action = Action.DOCUMENT_TRANSLATED
    record(by=by, action=action, subject=document, case_id=document.case_id, fields=fields, **more)
