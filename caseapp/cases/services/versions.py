"""A newer file for a paper of the client's. The paper stays on its old file until the newer one is ready."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, Document, DocumentStatus
from caseapp.cases.services.documents import DocumentDetails, add_read_document, keep_original, send_to_be_read


class CannotBringNewer(Exception):
    """The document stays as it is, and no file was added."""


class NotReadyItself(CannotBringNewer):
    def __init__(self) -> None:
        super().__init__(_("This document is not ready itself. Add the other file as a document, and remove this one."))


class ReplacedAlready(CannotBringNewer):
    def __init__(self) -> None:
        super().__init__(_("A newer version took the place of this one. Bring the newer file for the newest version."))


class NewerFileWaits(CannotBringNewer):
    def __init__(self) -> None:
        super().__init__(
            _("A newer file was brought already and is not ready. Wait for it, or remove it, then bring another.")
        )


class SameFileAgain(CannotBringNewer):
    def __init__(self) -> None:
        super().__init__(_("This is the very file that is here already. Choose the newer one."))


def bring_newer(
    *,
    by: User | None,
    document: Document,
    original: Iterable[bytes],
    name: str,
    now: dt.datetime,
    hand_over: bool = True,
) -> Document:
    """Keep the bytes as the next version of the paper, with all that is said about it, and ring for a worker.

    Raises CaseIsFull, or a class of CannotBringNewer.
    """
    require_newest(document)
    blob = keep_original(case=document.case, original=original)
    if blob.sha256 == document.original_sha256:
        raise SameFileAgain
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=document.case_id)
        standing = Document.objects.select_for_update().get(pk=document.pk)
        require_newest(standing)
        details = DocumentDetails(**{field.name: getattr(standing, field.name) for field in fields(DocumentDetails)})
        newer = add_read_document(
            by=by, case=case, details=details, blob=blob, name=name, now=now, found={}, replaces=standing
        )
        # No label, as of every document: its title may name the client.
        action = Action.DOCUMENT_RENEWED
        record(by=by, action=action, subject=standing, case_id=case.pk, newer=str(newer.pk), sha256=blob.sha256)
        if hand_over:
            send_to_be_read(newer)
    return newer


def require_newest(document: Document) -> None:
    """Raises a class of CannotBringNewer."""
    newer = Document.objects.filter(replaces=document.pk).only("status").first()
    if newer is not None:
        raise ReplacedAlready if newer.status == DocumentStatus.READY else NewerFileWaits
    if document.status != DocumentStatus.READY:
        raise NotReadyItself
