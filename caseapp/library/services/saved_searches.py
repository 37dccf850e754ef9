"""Searches worth keeping: a person's own, or shared with the office. They hold words of the library and no case's."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.library.models import SavedSearch


class SearchNameTaken(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(_("You already have a saved search called “%(name)s”. Choose another name.") % {"name": name})


def save_search(*, by: User, name: str, address: str, is_of_passages: bool, is_shared: bool) -> SavedSearch:
    search = SavedSearch(owner=by, name=name, address=address, is_of_passages=is_of_passages, is_shared=is_shared)
    search.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise SearchNameTaken(name) from error
    return search


def renew_search(*, by: User, search: SavedSearch, address: str, is_of_passages: bool) -> SavedSearch:
    """The search keeps its name and finds what `address` says from now on. Only its owner gets here."""
    search.address, search.is_of_passages = address, is_of_passages
    search.full_clean(validate_constraints=False)
    search.save(update_fields=["address", "is_of_passages"])
    return search


def remove_search(*, by: User, search: SavedSearch) -> None:
    search.delete()
