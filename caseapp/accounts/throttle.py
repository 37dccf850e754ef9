"""How many wrong passwords and codes are borne, before the door stays shut for a while.

Failed tries are counted three ways (limits: ACCOUNT_RATE_LIMITS), in the cache that all processes share: somebody who
guesses from afar is stopped without shutting out the person, and one colleague who forgot a password does not shut out
the whole office. Passwords, codes and passkeys count together, so that no step gives tries that another refused.
"""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest

FAILURES_HERE = "sign_in_failed_for_person_at_address"
FAILURES_ANYWHERE = "sign_in_failed_for_person"
FAILURES_OF_ADDRESS = "sign_in_failed_at_address"


def refuse_if_shut(request: HttpRequest, email: str = "") -> None:
    """Turn away before anything is looked at; the answer is the same whether the account exists or not."""
    if not all(_count(request, email, dry_run=True)):
        raise ImmediateHttpResponse(ratelimit.respond_429(request))


def count_failure(request: HttpRequest, email: str = "") -> None:
    """`email` is empty where nobody said who they are: then only the address is counted."""
    _count(request, email, dry_run=False)


def _count(request: HttpRequest, email: str, *, dry_run: bool) -> list[bool]:
    at_address = ratelimit.consume(request, action=FAILURES_OF_ADDRESS, dry_run=dry_run)
    if not email:
        return [at_address]
    person = email.lower()
    here = f"{person} {get_adapter().get_client_ip(request)}"
    return [
        at_address,
        ratelimit.consume(request, action=FAILURES_HERE, key=here, dry_run=dry_run),
        ratelimit.consume(request, action=FAILURES_ANYWHERE, key=person, dry_run=dry_run),
    ]
