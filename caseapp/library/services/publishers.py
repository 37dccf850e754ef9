"""Cards of publishers: written, changed, and two of them made one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Publisher, PublisherName
from caseapp.library.publishers.names import folded_name


@dataclass(frozen=True, kw_only=True)
class Assessment:
    name: str
    who: str = ""
    mandate: str = ""
    method: str = ""
    funding: str = ""
    leaning: str = ""
    courts: str = ""


class PublisherRefused(Exception):
    """Nothing was saved. str() says why."""


class NameOfAnother(PublisherRefused):
    def __init__(self, name: str, publisher: Publisher | None) -> None:
        self.publisher = publisher
        super().__init__(
            _("“%(name)s” already leads to the card of %(publisher)s. Merge the two if they are one.")
            % {"name": name, "publisher": publisher or _("another publisher")}
        )


class NoName(PublisherRefused):
    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” holds no letters, so no source can be found by it.") % {"name": name})


class SamePublisher(PublisherRefused):
    def __init__(self) -> None:
        super().__init__(_("Choose another publisher: this is the same card."))


class PublisherGone(PublisherRefused):
    def __init__(self) -> None:
        super().__init__(_("This card was merged into another in the meantime."))


class PublisherChangedMeanwhile(PublisherRefused):
    """`current` is the card as somebody else left it."""

    def __init__(self, current: Publisher) -> None:
        self.current = current
        super().__init__(
            _("Somebody else saved this card while you were typing. Nothing was overwritten: compare the two.")
        )


@transaction.atomic
def add_publisher(*, by: User, assessment: Assessment, spellings: Iterable[str] = (), now: dt.datetime) -> Publisher:
    publisher = Publisher.objects.create(**asdict(assessment), reviewed_by=by, reviewed_at=now)
    _name(publisher, spellings)
    record(by=by, action=Action.PUBLISHER_ADDED, subject=publisher, label=publisher.name)
    return publisher


@transaction.atomic
def change_publisher(
    *,
    by: User,
    publisher: Publisher,
    assessment: Assessment,
    spellings: Iterable[str],
    version: int,
    now: dt.datetime,
) -> Publisher:
    """Over `version` of the card that the person saw. Whoever changes it answers for it from then on."""
    current = _locked(publisher)
    if current.version != version:
        raise PublisherChangedMeanwhile(current)
    changed = {
        name: [getattr(current, name), new] for name, new in asdict(assessment).items() if getattr(current, name) != new
    }
    for name, (_old, new) in changed.items():
        setattr(current, name, new)
    if _name(current, spellings) or changed:
        current.version += 1
        current.reviewed_by, current.reviewed_at = by, now
        current.save()
        record(by=by, action=Action.PUBLISHER_CHANGED, subject=current, label=current.name, changed=changed)
    return current


@transaction.atomic
def merge_publishers(*, by: User, publisher: Publisher, into: Publisher) -> Publisher:
    """Let every name of the one lead to the other's card. What the one's card said stays on record."""
    if publisher == into:
        raise SamePublisher
    first, second = sorted((publisher, into), key=lambda one: one.pk)
    locked = {one.pk: _locked(one) for one in (first, second)}
    gone, stays = locked[publisher.pk], locked[into.pk]
    gone.names.update(publisher=stays)
    stays.version += 1
    stays.save()
    said = {name: getattr(gone, name) for name in Assessment.__dataclass_fields__ if getattr(gone, name)}
    record(by=by, action=Action.PUBLISHER_MERGED, subject=gone, label=gone.name, into=stays.name, said=said)
    gone.delete()
    return stays


def _locked(publisher: Publisher) -> Publisher:
    try:
        return Publisher.objects.select_for_update(of=("self",)).get(pk=publisher.pk)
    except Publisher.DoesNotExist as error:
        raise PublisherGone from error


def _name(publisher: Publisher, spellings: Iterable[str]) -> bool:
    """Let just these names lead to the card, its own among them; says whether that changed any."""
    wanted: dict[str, str] = {}
    for name in (publisher.name, *spellings):
        key = folded_name(name)
        if not key:
            raise NoName(name)
        wanted.setdefault(key, name)
    standing = dict(publisher.names.values_list("key", "name"))
    if standing == wanted:
        return False
    publisher.names.all().delete()
    for key, name in wanted.items():
        try:
            with transaction.atomic():
                PublisherName.objects.create(publisher=publisher, key=key, name=name)
        except IntegrityError as error:
            raise NameOfAnother(name, Publisher.objects.filter(names__key=key).first()) from error
    return True
