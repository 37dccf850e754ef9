"""How long a session lasts: half an hour after the person did something, and twelve hours at most."""

import datetime as dt
from enum import Enum

from django.contrib.sessions.backends.base import SessionBase

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
# A stamp is written at most so often, and is at most so old when it is read.
STAMP_EVERY = dt.timedelta(minutes=1)

_SIGNED_IN, _ACTED = "signed_in_at", "acted_at"


class Over(Enum):
    IDLE = "idle"
    TOO_LONG = "too long"


def begin(session: SessionBase, now: dt.datetime) -> None:
    session[_SIGNED_IN] = session[_ACTED] = now.timestamp()


def over(session: SessionBase, now: dt.datetime) -> Over | None:
    """Why the session has ended, if it has. One that began before these stamps were kept begins now."""
    if _SIGNED_IN not in session:
        begin(session, now)
    if now.timestamp() - session[_SIGNED_IN] >= LONGEST.total_seconds():
        return Over.TOO_LONG
    return Over.IDLE if now.timestamp() - session[_ACTED] >= IDLE.total_seconds() else None


def note_act(session: SessionBase, now: dt.datetime) -> bool:
    """True where the stamp was written anew."""
    is_due = now.timestamp() - session[_ACTED] >= STAMP_EVERY.total_seconds()
    if is_due:
        session[_ACTED] = now.timestamp()
    return is_due
