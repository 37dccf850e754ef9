"""From an id to an object of the library, for the people who may have it.

The library is one for the whole office, and it is read by those who work with it: whoever lacks the ability
gets 403, also for an id that does not exist, so that nothing can be learnt by trying.
"""

from django.shortcuts import get_object_or_404

from caseapp.accounts.access import require
from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.library.models import Capture, Excerpt, Source, Theme
from caseapp.library.queries import captures_without_text


def require_library(user: User) -> None:
    require(user, Ability.EDIT_LIBRARY)


def source_of(user: User, pk: int) -> Source:
    require_library(user)
    return get_object_or_404(Source.objects.select_related("created_by", "origin"), pk=pk)


def capture_of(user: User, source_pk: int) -> Capture:
    """The newest capture of a source, without its text, which is fetched when it is asked for."""
    require_library(user)
    # Through the source's own key, which answers "none" to a number that no database can hold.
    newest = captures_without_text().filter(source__in=Source.objects.filter(pk=source_pk)).order_by("-number")[:1]
    return get_object_or_404(newest)


def theme_of(user: User, pk: int) -> Theme:
    require_library(user)
    return get_object_or_404(Theme.objects.select_related("parent"), pk=pk)


def excerpt_of(user: User, pk: int) -> Excerpt:
    """An excerpt with its capture, whose text is fetched when it is asked for."""
    require_library(user)
    excerpts = Excerpt.objects.select_related("capture__source", "created_by", "approved_by")
    return get_object_or_404(excerpts.defer("capture__text"), pk=pk)
