"""From an id to an object of the library, for the people who may have it.

The library is one for the whole office, and it is read by those who work with it: whoever lacks the ability
gets 403, also for an id that does not exist, so that nothing can be learnt by trying.
"""

import re

from django.shortcuts import get_object_or_404

from caseapp.accounts.access import require
from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.library.excerpts.recheck_queue import rechecks
from caseapp.library.models import (
    Capture,
    CaptureCertificate,
    Comment,
    Excerpt,
    Import,
    ImportRow,
    Link,
    Publisher,
    Recheck,
    SavedSearch,
    SharedPassage,
    Source,
    Theme,
    Undo,
)
from caseapp.library.queries import captures_without_text


def require_library(user: User) -> None:
    require(user, Ability.EDIT_LIBRARY)


def source_of(user: User, pk: int) -> Source:
    require_library(user)
    return get_object_or_404(Source.objects.select_related("created_by", "origin"), pk=pk)


def capture_of(user: User, source_pk: int, version: str | None = None) -> Capture:
    """The capture of a source that an address means: the newest, unless its ?version= names another.

    Its text is fetched when it is asked for.
    """
    require_library(user)
    # Through the source's own key, which answers "none" to a number that no database can hold.
    captures = captures_without_text().filter(source__in=Source.objects.filter(pk=source_pk)).order_by("-number")
    if version is not None:
        captures = captures.filter(number=int(version) if re.fullmatch("[0-9]{1,6}", version) else 0)
    return get_object_or_404(captures[:1])


def certificate_of(user: User, source_pk: int, version: str | None, number: int) -> CaptureCertificate:
    """Of the translation beside that capture."""
    certificates = CaptureCertificate.objects.select_related("translation__capture__source")
    certificates = certificates.defer("translation__capture__text", "translation__text")
    return get_object_or_404(certificates, translation__capture=capture_of(user, source_pk, version), number=number)


def recheck_of(user: User, pk: int) -> Recheck:
    require_library(user)
    return get_object_or_404(rechecks(), pk=pk)


def theme_of(user: User, pk: int) -> Theme:
    require_library(user)
    return get_object_or_404(Theme.objects.select_related("parent"), pk=pk)


def excerpt_of(user: User, pk: int) -> Excerpt:
    """An excerpt with its capture, whose text is fetched when it is asked for."""
    require_library(user)
    excerpts = Excerpt.objects.select_related(
        "capture__source", "created_by", "changed_by", "checked_by", "approved_by", "sent_back_by"
    )
    return get_object_or_404(excerpts.defer("capture__text"), pk=pk)


def saved_search_of(user: User, pk: int) -> SavedSearch:
    """A search of this person's own: what others share is theirs to change."""
    require_library(user)
    return get_object_or_404(SavedSearch, pk=pk, owner=user)


def undo_of(user: User, pk: int) -> Undo:
    """What this person did; nobody undoes what others did."""
    require_library(user)
    return get_object_or_404(Undo.objects.filter(made_by=user), pk=pk)


def import_of(user: User, pk: int) -> Import:
    require_library(user)
    return get_object_or_404(Import.objects.select_related("created_by"), pk=pk)


def row_of(user: User, pk: int) -> ImportRow:
    require_library(user)
    return get_object_or_404(ImportRow.objects.select_related("batch", "source", "same_as", "within"), pk=pk)


def comment_of(user: User, pk: int) -> Comment:
    require_library(user)
    return get_object_or_404(Comment.objects.select_related("excerpt"), pk=pk)


def link_of(user: User, pk: int) -> Link:
    """A link with both sources; the texts of its captures are fetched when they are asked for."""
    require_library(user)
    links = Link.objects.select_related("one__origin", "other__origin", "one_capture", "other_capture", "decided_by")
    return get_object_or_404(links.defer("one_capture__text", "other_capture__text"), pk=pk)


def shared_passage_of(user: User, pk: int) -> SharedPassage:
    require_library(user)
    return get_object_or_404(SharedPassage.objects.select_related("link"), pk=pk)


def publisher_of(user: User, pk: int) -> Publisher:
    require_library(user)
    return get_object_or_404(Publisher.objects.select_related("reviewed_by"), pk=pk)
