"""Secrets of second factors, so that the database alone, or a copy of it, opens nothing.

The key (SECOND_FACTOR_KEY) is not in the database. Whoever loses it loses nothing but second factors: an administrator
resets them, and people set up new ones.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealedWithAnotherKey(Exception):
    """What was sealed cannot be read with the key of this installation."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _box().decrypt(sealed).decode()
    except InvalidToken as error:
        raise SealedWithAnotherKey from error


def digest(text: str) -> str:
    """The same for the same text, and of no use to whoever lacks the key."""
    return hmac.new(_key("digest"), text.encode(), hashlib.sha256).hexdigest()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(_key("seal")))


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SECOND_FACTOR_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
