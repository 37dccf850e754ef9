"""How long a closed case is kept: counted in calendar years from the day it was closed."""

import datetime as dt


def kept_until(closed_on: dt.date, years: int) -> dt.date:
    """The first day on which the case may be erased. What was closed on 29 February is kept until 1 March."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:
        return dt.date(closed_on.year + years, 3, 1)


def latest_due(today: dt.date, years: int) -> dt.date:
    """Whatever was closed on this day or before it may be erased today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return dt.date(today.year - years, 2, 28)
