"""Codes that prove who somebody is, each of them once: an app's, and ten on paper for the day the phone is gone."""

import re
import secrets

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.secret_box import SealedWithAnotherKey, digest
from caseapp.audit.actions import Action
from caseapp.audit.models import record

HOW_MANY = 10
# Without letters that look like digits: 12 of these 32 are 60 bits.
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
_GROUPS, _GROUP = 3, 4
_LOOK_ALIKE = str.maketrans("oil", "011")
# A code of an app is taken for half a minute, and half a minute before and after it: no phone's clock is exact.
_USED_SECONDS = 4 * 30


def proof(person: User, code: str) -> Authenticator | None:
    """What the code was of; from then on the code is spent."""
    for one in Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN):
        spend = _spend_app_code if one.type == Authenticator.Type.TOTP else _spend_recovery_code
        one.user = person
        if spend(one, code):
            return one
    return None


def mark_app_code_used(person: User, code: str) -> bool:
    """False where it was used before, in whichever process."""
    used: bool = cache.add(f"code-of-app-used:{person.pk}:{_bare(code)}", True, timeout=_USED_SECONDS)
    return used


def _spend_app_code(app: Authenticator, code: str) -> bool:
    try:
        return app.wrap().validate_code(code) and mark_app_code_used(app.user, code)
    except SealedWithAnotherKey:
        return False


def new_recovery_codes(person: User) -> list[str]:
    """Ten, in the place of those there were. Only their digests are kept: nobody can read them again."""
    codes = ["-".join(_signs() for _group in range(_GROUPS)) for _code in range(HOW_MANY)]
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    digests = [_digest(person.pk, code) for code in codes]
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"digests": digests})
    return codes


def recovery_codes_left(person: User) -> int:
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.data["digests"]) if kept else 0


@transaction.atomic
def _spend_recovery_code(kept: Authenticator, code: str) -> bool:
    digests = Authenticator.objects.select_for_update().get(pk=kept.pk).data["digests"]
    spent = _digest(kept.user_id, code)
    if spent not in digests:
        return False
    kept.data = {"digests": [one for one in digests if one != spent]}
    kept.last_used_at = timezone.now()
    kept.save(update_fields=["data", "last_used_at"])
    record(by=kept.user, action=Action.RECOVERY_CODE_USED, subject=kept.user, left=len(kept.data["digests"]))
    return True


def _signs() -> str:
    return "".join(secrets.choice(_SIGNS) for _sign in range(_GROUP))


def _digest(person: int, code: str) -> str:
    return digest(f"{person}:{_bare(code).translate(_LOOK_ALIKE)}")


def _bare(code: str) -> str:
    return re.sub(r"[\W_]", "", code).lower()
