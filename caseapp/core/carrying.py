"""What somebody typed, carried through an address to the page where they go on: sealed, so that no log can read it.

It is bound to a person and a page, holds for a quarter of an hour, and what is too long for an address is left out.
"""

import hashlib
import hmac
import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

# A request line is 4,094 bytes at most (gunicorn), and holds the way back twice.
LONGEST = 1500
SECONDS = 15 * 60


def carry(typed: Mapping[str, str], *, bound_to: str) -> str:
    """Empty where there is nothing to carry, or too much."""
    if not any(typed.values()):
        return ""
    sealed = _box(bound_to).encrypt(zlib.compress(json.dumps(dict(typed)).encode(), 9)).decode()
    return sealed if len(sealed) <= LONGEST else ""


def carried(sealed: str, *, bound_to: str) -> dict[str, str]:
    """What was typed; nothing where it was made for somebody else, for another page, or too long ago."""
    try:
        return json.loads(zlib.decompress(_box(bound_to).decrypt(sealed.encode(), ttl=SECONDS)))
    except InvalidToken:
        return {}


def _box(bound_to: str) -> Fernet:
    """Its key opens what was sealed for that person and page, and nothing else."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"carrying {bound_to}".encode(), hashlib.sha256)
    return Fernet(urlsafe_b64encode(key.digest()))
