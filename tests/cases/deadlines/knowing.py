"""Facts of a case, as short as a test wants them."""

import datetime as dt
from typing import Any

from caseapp.cases.deadlines import Dates, Facts, dates_of
from caseapp.cases.registries import registry_for
from caseapp.forums import forum


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def facts(
    key: str,
    *,
    registry: str = "",
    hearing: str = "",
    ordered: str = "",
    events: dict[str, str] | None = None,
    **more: Any,
) -> Facts:
    known = {"hearing": hearing, **(events or {})}
    return Facts(
        forum=forum(key),
        registry=registry_for(registry, key),
        events={since: day(text) for since, text in known.items() if text},
        ordered_on=day(ordered) if ordered else None,
        **more,
    )


def dates(key: str, *, today: str = "2026-11-25", **known: Any) -> Dates:
    return dates_of(facts(key, **known), today=day(today))
