"""What somebody typed, carried through an address to the page where they go on: sealed, so that no log can read it.

It is bound to a person and a page, holds for a quarter of an hour, and what is too long for an address is left out.
"""

import hashlib
import json
import os
import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

# A request line is 4,094 bytes at most (gunicorn), and holds the way back twice.
LONGEST = 1500
SECONDS = 15 * 60
_NONCE = 12


def carry(typed: Mapping[str, str], *, bound_to: str) -> str:
    """Empty where there is nothing to carry, or too much."""
    if not any(typed.values()):
        return ""
    nonce = os.urandom(_NONCE)
    words = zlib.compress(json.dumps([int(time.time()), dict(typed)]).encode(), 9)
    sealed = urlsafe_b64encode(nonce + _cipher().encrypt(nonce, words, bound_to.encode())).decode().rstrip("=")
    return sealed if len(sealed) <= LONGEST else ""


def carried(sealed: str, *, bound_to: str) -> dict[str, str]:
    """What was typed; nothing where it was made for somebody else, for another page, or too long ago."""
    try:
        raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        at, typed = json.loads(zlib.decompress(_cipher().decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode())))
    except (NotBase64, InvalidTag, ValueError):
        return {}
    return typed if time.time() - at < SECONDS else {}


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"carrying " + settings.SECRET_KEY.encode()).digest())
