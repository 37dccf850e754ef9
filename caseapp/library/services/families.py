"""Which sources tell one report: a person says so, or says that they do not, and can take both back."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.keeping.sources import origin_line, origin_named
from caseapp.library.models import Joining, Link, Origin, Source, Verdict
from caseapp.library.origins.grouping import groups
from caseapp.library.services.undoing import ChangedSince, Everywhere, remember, undoes


class LinkChangedMeanwhile(Exception):
    """Somebody decided, or the texts were compared anew, since the page was opened. Nothing was changed."""

    def __init__(self, link: Link) -> None:
        super().__init__(
            _("These two changed since you opened the page. Nothing was decided: look at them as they are now.")
        )
        self.link = link


class NotInAFamily(Exception):
    """The source has no origin, so there is nothing to take it out of."""

    def __init__(self, source: Source) -> None:
        super().__init__(_("“%(source)s” is in no origin family.") % {"source": source})


@transaction.atomic
def confirm_link(*, by: User | None, link: Link, origin_name: str, version: int, now: dt.datetime) -> Link:
    """Both are one report of this origin, and so is whatever already is one report with either of them.

    Raises LinkChangedMeanwhile, ValidationError for a name that no origin may have.
    """
    current = _as_seen(link, version)
    name = _name(origin_name)
    former = _join(by, _family(current.one) | _family(current.other), name)
    current.joinings.all().delete()
    Joining.objects.bulk_create(Joining(link=current, source_id=pk, former_id=was) for pk, was in former.items())
    _decide(by, current, Verdict.CONFIRMED, now, is_undoable=current.is_open)
    record(by=by, action=Action.LINK_CONFIRMED, subject=current, label=str(current), origin=name)
    return current


@transaction.atomic
def dismiss_link(*, by: User | None, link: Link, version: int, now: dt.datetime) -> Link:
    """The two are kept apart for good; only passages that nobody has seen bring them up again."""
    current = _as_seen(link, version)
    _take_apart(by, current)
    _decide(by, current, Verdict.DISMISSED, now, is_undoable=current.is_open)
    record(by=by, action=Action.LINK_DISMISSED, subject=current, label=str(current))
    return current


@transaction.atomic
def reopen_link(*, by: User | None, link: Link, version: int) -> Link:
    """Somebody is to decide again. What only this confirmation had joined has its former families back."""
    current = _as_seen(link, version)
    _take_apart(by, current)
    before = current.verdict
    current.verdict, current.decided_at, current.decided_by = Verdict.SUGGESTED, None, None
    current.version += 1
    current.save()
    record(by=by, action=Action.LINK_REOPENED, subject=current, label=str(current), before=before)
    return current


@transaction.atomic
def leave_family(*, by: User | None, source: Source, now: dt.datetime) -> Source:
    """The source stands for itself again, and is kept apart from those it was linked with. Raises NotInAFamily."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.origin is None:
        raise NotInAFamily(current)
    of_source = Link.objects.select_for_update().filter(Q(one=current) | Q(other=current), verdict=Verdict.CONFIRMED)
    for link in of_source.order_by("pk"):
        _decide(by, link, Verdict.DISMISSED, now)
    _move(by, current, None)
    return current


@transaction.atomic
def choose_origin(*, by: User | None, source: Source, origin_name: str) -> Source:
    """Record the origin that a source names itself; its old family stays as it is. Raises ValidationError."""
    name = _name(origin_name)
    former = _join(by, {source.pk}, name)
    source.refresh_from_db()
    if former and by:
        payload = {"source": source.pk, "version": source.version, "former": former[source.pk]}
        remember(by=by, kind="origin.chosen", payload=payload, label=source.title, now=timezone.now())
    return source


@undoes("origin.decided")
def decide_again(by: User, payload: dict[str, Any], now: dt.datetime) -> Everywhere:
    """As if nobody had decided: the families are those that they were."""
    link = Link.objects.filter(pk=payload["link"]).first()
    if link is None:
        raise ChangedSince
    try:
        reopen_link(by=by, link=link, version=payload["version"])
    except LinkChangedMeanwhile as refusal:
        raise ChangedSince from refusal
    return Everywhere()


@undoes("origin.chosen")
def choose_as_before(by: User, payload: dict[str, Any], now: dt.datetime) -> Everywhere:
    found = Source.objects.select_for_update(of=("self",)).select_related("origin")
    source = found.filter(pk=payload["source"], version=payload["version"]).first()
    former = Origin.objects.filter(pk=payload["former"]).first() if payload["former"] else None
    if source is None or (payload["former"] and former is None):
        raise ChangedSince
    _move(by, source, former)
    return Everywhere()


def _as_seen(link: Link, version: int) -> Link:
    current = Link.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=link.pk)
    if current.version != version:
        raise LinkChangedMeanwhile(current)
    return current


def _name(written: str) -> str:
    name = origin_line(written)
    if not name:
        raise ValidationError({"origin_name": _("Say who first made the report.")})
    return name


def _family(source: Source) -> set[int]:
    if source.origin_id is None:
        return {source.pk}
    return set(Source.objects.filter(origin=source.origin_id).values_list("pk", flat=True))


def _join(by: User | None, source_ids: set[int], name: str) -> dict[int, int | None]:
    """Of each source that this brings under the origin, the one that it had."""
    origin, former = origin_named(name, by), {}
    for source in Source.objects.select_for_update(of=("self",)).filter(pk__in=source_ids).order_by("pk"):
        if source.origin == origin:
            continue
        former[source.pk] = source.origin_id
        _move(by, source, origin)
    return former


def _move(by: User | None, source: Source, origin: Origin | None) -> None:
    before = source.origin_name
    source.origin = origin
    source.version += 1
    source.save(update_fields=["origin", "version"])
    if origin is None:
        record(by=by, action=Action.ORIGIN_LEFT, subject=source, label=source.title, origin=before)
    else:
        record(by=by, action=Action.ORIGIN_CHOSEN, subject=source, label=source.title, origin=[before, origin.name])


def _take_apart(by: User | None, link: Link) -> None:
    """Whatever this link alone brought into the family goes back to the origin that it had. Who is held by another
    confirmed link to a source that did not come with this one stays."""
    if link.verdict != Verdict.CONFIRMED or link.one.origin_id is None or link.one.origin_id != link.other.origin_id:
        return
    members = _family(link.one)
    came: dict[int, Origin | None] = {
        joining.source_id: joining.former for joining in link.joinings.select_related("former")
    }
    for group in groups(members, [*_held(link, members), *_were_one(came, members)]):
        former = {came[pk] for pk in group if pk in came} - {None}
        if group <= came.keys() and (len(former) == 1 or len(group) == 1):
            for source in Source.objects.select_for_update(of=("self",)).filter(pk__in=group).order_by("pk"):
                _move(by, source, next(iter(former), None))
    link.joinings.all().delete()


def _held(link: Link, members: set[int]) -> Iterable[tuple[int, int]]:
    """Those that other confirmed links say are one report."""
    others = Link.objects.filter(verdict=Verdict.CONFIRMED, one__in=members, other__in=members).exclude(pk=link.pk)
    return others.values_list("one_id", "other_id")


def _were_one(came: Mapping[int, Origin | None], members: set[int]) -> Iterator[tuple[int, int]]:
    """Those that were one family before they came."""
    first: dict[Origin, int] = {}
    for pk, former in came.items():
        if former is not None and pk in members:
            yield first.setdefault(former, pk), pk


def _decide(by: User | None, link: Link, verdict: Verdict, now: dt.datetime, *, is_undoable: bool = False) -> None:
    link.verdict, link.decided_at, link.decided_by = verdict, now, by
    link.version += 1
    link.save(update_fields=["verdict", "decided_at", "decided_by", "version"])
    if is_undoable and by:
        payload = {"link": link.pk, "version": link.version}
        remember(by=by, kind="origin.decided", payload=payload, label=str(link), now=now)
