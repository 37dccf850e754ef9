"""Proof that a passage was shown to a person with the paragraphs around it: a signed word that the page sends back.

It holds for one person, one version of the excerpt and one version of what is said of its source, and for a day.
"""

import datetime as dt

from django.core import signing

from caseapp.accounts.models import User
from caseapp.library.models import Excerpt

_SALT = "library.context-shown"
_HOLDS = dt.timedelta(days=1)


def proof_of(excerpt: Excerpt, person: User) -> str:
    return signing.dumps(_shown(excerpt, person), salt=_SALT)


def proves(proof: str, excerpt: Excerpt, person: User) -> bool:
    try:
        return bool(signing.loads(proof, salt=_SALT, max_age=_HOLDS) == _shown(excerpt, person))
    except signing.BadSignature:
        return False


def _shown(excerpt: Excerpt, person: User) -> list[int]:
    return [excerpt.pk, excerpt.version, excerpt.capture.source.version, person.pk]
