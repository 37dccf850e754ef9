"""The translation beside a document of the case, and the certificates that were signed for it."""

import datetime as dt
from typing import BinaryIO

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.files import files_of
from caseapp.cases.models import Document, DocumentCertificate, DocumentTranslation
from caseapp.library.services.translations import (
    TranslationDetails,
    TranslationFile,
    fill,
    keep_certificate,
    withdraw,
)


def document_translation_of(document: Document) -> DocumentTranslation:
    """As it stands, or an empty one."""
    standing = DocumentTranslation.objects.filter(document=document).first()
    return standing or DocumentTranslation(document=document, version=0)


@transaction.atomic
def save_document_translation(
    *, by: User | None, document: Document, details: TranslationDetails, file: TranslationFile | None, version: int
) -> DocumentTranslation:
    """Put it beside the document, over `version` of the one the person saw; 0 where there was none.

    Raises what `library.services.translations.save_translation` raises.
    """
    Document.objects.select_for_update().only("pk").get(pk=document.pk)
    standing = document_translation_of(document)
    files = files_of(document.case_id)
    changed = fill(standing, by=by, details=details, file=file, version=version, store=files)
    if changed:
        _record(document, by=by, fields=changed)
    return standing


@transaction.atomic
def remove_document_translation(*, by: User | None, document: Document) -> None:
    removed, _rows = DocumentTranslation.objects.filter(document=document).delete()
    if removed:
        _record(document, by=by, fields=[])


@transaction.atomic
def add_document_certificate(
    *, by: User | None, document: Document, file: TranslationFile, now: dt.datetime
) -> DocumentCertificate:
    """Raises what `library.services.translations.add_certificate` raises."""
    Document.objects.select_for_update().only("pk").get(pk=document.pk)
    standing, files = document_translation_of(document), files_of(document.case_id)
    certificate: DocumentCertificate = keep_certificate(standing, by=by, file=file, store=files, now=now)
    _record(document, by=by, fields=["certificate"])
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


def _record(document: Document, *, by: User | None, fields: list[str]) -> None:
    """An empty list of fields says that it was taken away."""
    action = Action.DOCUMENT_TRANSLATED
    record(by=by, action=action, subject=document, case_id=document.case_id, fields=fields)
