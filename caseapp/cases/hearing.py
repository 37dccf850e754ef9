"""Pure: how far away a hearing is, in words."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = 30
NEAR = 15


def days_left(hearing_on: dt.date, *, today: dt.date) -> int:
    return (hearing_on - today).days


def time_left(hearing_on: dt.date, *, today: dt.date) -> str:
    days = days_left(hearing_on, today=today)
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def is_near(day: dt.date, *, today: dt.date) -> bool:
    """So near that it belongs on the first page."""
    return 0 <= days_left(day, today=today) <= NEAR


def is_soon(hearing_on: dt.date, *, today: dt.date) -> bool:
    """Near enough that filing dates may have begun to pass."""
    return 0 <= days_left(hearing_on, today=today) <= SOON
