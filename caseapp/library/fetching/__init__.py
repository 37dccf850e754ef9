"""Fetching a page of the public web, once, as evidence; and never anything that is not of the public web.

Whoever may reach the program could otherwise let it read what only this server reaches. See docs/adr/0019.
"""

from caseapp.accounts.queries import office
from caseapp.library.fetching.addresses import MOST_LETTERS as MOST_LETTERS
from caseapp.library.fetching.addresses import Address as Address
from caseapp.library.fetching.client import Fetched as Fetched
from caseapp.library.fetching.client import fetch as fetch
from caseapp.library.fetching.refusals import FetchRefused as FetchRefused


def may_fetch() -> bool:
    """Whether this office lets the program ask other servers for pages."""
    return office().may_fetch
