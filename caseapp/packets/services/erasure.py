"""Erasing a case: its rows, its files, and what was worked out from them. Only what is on record stays."""

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.files import files_of
from caseapp.cases.models import Case, Document, DocumentStatus, Statement
from caseapp.core.scrubbing import scrub
from caseapp.packets.models import ACTIVE, Build, Numbering, Packet

MESSAGES_IN_SESSION = "_messages"


class WrongReference(Exception):
    def __init__(self) -> None:
        super().__init__(_("This is not the reference of the case. Nothing was erased."))


class CaseHeld(Exception):
    """A legal hold stands in the way of everything else."""

    def __init__(self) -> None:
        super().__init__(_("The case is on hold, so nothing of it can be erased. Its lawyers can lift the hold."))


class StillAtWork(Exception):
    """A build or the reading of a document is under way and would write into what is being erased."""

    def __init__(self) -> None:
        super().__init__(
            _("A packet of the case is being built, or a document read. Wait until that is over, or cancel it.")
        )


@transaction.atomic
def erase_case(*, by: User, case: Case, reference: str) -> None:
    """All or nothing. The files go after the commit: until then a failure loses nothing."""
    standing = Case.objects.select_for_update().get(pk=case.pk)
    require_on(standing, by, Ability.KEEP_CASES)
    if reference.strip() != standing.reference:
        raise WrongReference
    if standing.held_at:
        raise CaseHeld
    if _is_worked_on(standing):
        raise StillAtWork
    # Before the rows go: the record outlives them, and its label is the reference alone.
    record(by=by, action=Action.CASE_ERASED, subject=standing, label=standing.reference, case_id=standing.pk)
    _delete_rows(standing)
    _forget_messages()
    transaction.on_commit(_scrub)


def _is_worked_on(case: Case) -> bool:
    being_read = case.documents.filter(status__in=(DocumentStatus.WAITING, DocumentStatus.READING))
    return being_read.exists() or Build.objects.filter(packet__case=case, status__in=ACTIVE).exists()


def _delete_rows(case: Case) -> None:
    """From the top of the pipeline downwards; what hangs on each of these goes with it."""
    packets = Packet.objects.filter(case=case)
    packets.update(follows=None, numbering=Numbering.FRESH)
    Build.objects.filter(packet__in=packets).delete()
    packets.delete()
    Statement.objects.filter(case=case).delete()
    documents = Document.objects.filter(case=case)
    documents.update(replaces=None)
    documents.delete()
    files_of(case.pk).erase()
    case.delete()


def _forget_messages() -> None:
    """Sentences that wait for somebody's next page may quote a title or the name of a file."""
    for row in Session.objects.all():
        kept = row.get_decoded()
        if kept.pop(MESSAGES_IN_SESSION, None):
            Session.objects.filter(pk=row.pk).update(session_data=SessionStore().encode(kept))


def _scrub() -> None:
    scrub(model for model in apps.get_models() if model._meta.app_label in ("cases", "packets", "sessions"))
