"""Starting a packet, changing its details, and choosing and ordering its exhibits."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, Document
from caseapp.cases.ordering import renumber
from caseapp.cases.versions import newest_of
from caseapp.core.differences import require_seen
from caseapp.library.models import Capture
from caseapp.packets.filed import Following
from caseapp.packets.models import Exhibit, Include, IndexStyle, Packet
from caseapp.packets.pages import PagesUnclear, page_numbers


class PacketChangedMeanwhile(Exception):
    """Somebody else saved the packet after this person opened it. `standing` is the packet as it is now."""

    def __init__(self, standing: Packet) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this packet while you were typing, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
        )


class AlreadyExhibit(Exception):
    """The packet files this capture or document already."""

    def __init__(self, title: str) -> None:
        super().__init__(_("“%(title)s” is an exhibit of this packet already.") % {"title": title})


class PagesNotInNewest(Exception):
    """The pages that were chosen of an exhibit are not all in the newest version of its document."""

    def __init__(self, exhibit: Exhibit, pages: int) -> None:
        super().__init__(
            _(
                "The newest version of “%(title)s” has the pages 1 to %(count)s, and the pages %(pages)s were chosen. "
                "Choose here what is shown, save that, and then file the newest version."
            )
            % {"title": exhibit.title, "count": pages, "pages": exhibit.pages_shown}
        )


class NotOfThisCase(ValueError):
    """A client's paper was about to enter the packet of another client."""


class NotFiledInThisCase(ValueError):
    """A packet was about to go on from a build that was not filed, or from another client's."""


@transaction.atomic
def start_packet(
    *,
    by: User | None,
    case: Case,
    title: str,
    forum: str,
    index_style: str = IndexStyle.THEME,
    following: Following | None = None,
) -> Packet:
    after = following or Following()
    _check_following(case, after)
    packet = Packet(
        case=case,
        title=title,
        forum=forum,
        index_style=index_style,
        follows=after.follows,
        numbering=after.numbering,
        created_by=by,
    )
    packet.full_clean(exclude=["created_by"])
    packet.save()
    _record(Action.PACKET_ADDED, packet, by=by)
    return packet


def _check_following(case: Case, after: Following) -> None:
    if after.follows and (after.follows.filed_at is None or after.follows.packet.case_id != case.pk):
        raise NotFiledInThisCase(after.follows.pk)


@transaction.atomic
def change_packet(
    *,
    by: User | None,
    packet: Packet,
    title: str,
    forum: str,
    index_style: str,
    version: int,
    following: Following | None = None,
) -> Packet:
    """Save the details over `version` of the packet, which is the one the person saw. How it goes on from a filed
    packet stays as it is, unless `following` says."""
    standing = Packet.objects.select_for_update().get(pk=packet.pk)
    if standing.version != version:
        raise PacketChangedMeanwhile(standing)
    wanted: dict[str, object] = {"title": title, "forum": forum, "index_style": index_style}
    if following is not None:
        _check_following(standing.case, following)
        wanted |= {"follows": following.follows, "numbering": following.numbering}
    fields = [name for name, value in wanted.items() if getattr(standing, name) != value]
    for name in fields:
        setattr(standing, name, wanted[name])
    standing.full_clean(exclude=["created_by"])
    if fields:
        standing.version += 1
        standing.save(update_fields=[*fields, "version"])
        _record(Action.PACKET_CHANGED, standing, by=by, fields=fields)
    return standing


def add_exhibit(*, by: User | None, packet: Packet, capture: Capture, include: str = Include.WHOLE) -> Exhibit:
    """Put one capture at the end of the packet."""
    (exhibit,) = add_exhibits(by=by, packet=packet, captures=[capture], include=include)
    return exhibit


@transaction.atomic
def add_exhibits(
    *,
    by: User | None,
    packet: Packet,
    captures: Iterable[Capture] = (),
    documents: Iterable[Document] = (),
    include: str = Include.WHOLE,
    context_pages: int = 0,
    pages_shown: str = "",
) -> list[Exhibit]:
    """Put the documents and then the captures at the end, each in the order given: all of them, or none."""
    shown = {"include": include, "context_pages": context_pages, "pages_shown": pages_shown}
    packet = Packet.objects.select_for_update().get(pk=packet.pk)
    filed = set(packet.exhibits.values_list("capture_id", "document_id"))
    exhibits = [
        *(Exhibit(packet=packet, document=document, **shown) for document in documents),
        *(Exhibit(packet=packet, capture=capture, **shown) for capture in captures),
    ]
    last = packet.exhibits.aggregate(last=Max("position"))["last"] or 0
    for position, exhibit in enumerate(exhibits, start=last + 1):
        if (exhibit.capture_id, exhibit.document_id) in filed:
            raise AlreadyExhibit(exhibit.title)
        if exhibit.document and exhibit.document.case_id != packet.case_id:
            raise NotOfThisCase(exhibit.document_id)
        exhibit.position = position
    exhibits = Exhibit.objects.bulk_create(exhibits)
    for exhibit in exhibits:
        _record_exhibit(Action.EXHIBIT_ADDED, exhibit, by=by)
    return exhibits


@transaction.atomic
def show_exhibit(
    *,
    by: User | None,
    exhibit: Exhibit,
    include: str,
    context_pages: int = 0,
    pages_shown: str = "",
    was: str | None = None,
) -> Exhibit:
    """Say how much of an exhibit is shown. What does not go with `include` is forgotten. `was` is what the page showed.

    Raises ChangedMeanwhile."""
    exhibit = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    require_seen(exhibit, was, **exhibit.shown)
    before = (exhibit.include, exhibit.context_pages, exhibit.pages_shown)
    exhibit.include = include
    exhibit.context_pages = context_pages if include == Include.CITED else 0
    exhibit.pages_shown = pages_shown if include == Include.PAGES else ""
    # What is filed was checked when it was added: one of the two is always empty, which its field alone would refuse.
    exhibit.full_clean(exclude={"capture", "document"}, validate_unique=False)
    if before != (exhibit.include, exhibit.context_pages, exhibit.pages_shown):
        exhibit.save(update_fields=["include", "context_pages", "pages_shown"])
        _record_exhibit(Action.EXHIBIT_CHANGED, exhibit, by=by)
    return exhibit


@transaction.atomic
def file_newest(*, by: User | None, exhibit: Exhibit) -> Exhibit:
    """File the newest version of the exhibit's source, or of its document, in its place.

    Pages that were chosen of a source are forgotten: they were those of the older version. Of a document they stay, for
    most of its pages do too. Raises AlreadyExhibit, PagesNotInNewest.
    """
    rows = Exhibit.objects.select_for_update(of=("self",)).select_related("capture__source", "document__case")
    exhibit = rows.get(pk=exhibit.pk)
    if exhibit.document:
        return _file_newest_document(exhibit, exhibit.document, by=by)
    if exhibit.capture is None or exhibit.capture.is_newest:
        return exhibit
    newest = exhibit.capture.source.capture
    if Exhibit.objects.filter(packet=exhibit.packet_id, capture=newest).exists():
        raise AlreadyExhibit(exhibit.title)
    exhibit.capture = newest
    if exhibit.include == Include.PAGES:
        exhibit.include, exhibit.pages_shown = Include.WHOLE, ""
    exhibit.save(update_fields=["capture", "include", "pages_shown"])
    _record_exhibit(Action.EXHIBIT_RENEWED, exhibit, by=by)
    return exhibit


def _file_newest_document(exhibit: Exhibit, document: Document, *, by: User | None) -> Exhibit:
    newest = newest_of(document)
    if newest == document:
        return exhibit
    if Exhibit.objects.filter(packet=exhibit.packet_id, document=newest).exists():
        raise AlreadyExhibit(exhibit.title)
    if exhibit.include == Include.PAGES:
        try:
            page_numbers(exhibit.pages_shown, newest.pages)
        except PagesUnclear as error:
            raise PagesNotInNewest(exhibit, newest.pages) from error
    exhibit.document = newest
    exhibit.save(update_fields=["document"])
    _record_exhibit(Action.EXHIBIT_RENEWED, exhibit, by=by)
    return exhibit


@transaction.atomic
def move_exhibit(*, by: User | None, packet: Packet, seen: Sequence[int], order: Sequence[int]) -> None:
    """Put the exhibits into `order`. `seen` is the order the person saw; both hold Exhibit ids.

    Raises OrderOutOfDate, and moves nothing, where the list is no longer as it was seen.
    """
    packet = Packet.objects.select_for_update().get(pk=packet.pk)
    exhibits = list(packet.exhibits.order_by("position", "pk"))
    if renumber(exhibits, seen=seen, wanted=order):
        Exhibit.objects.bulk_update(exhibits, ["position"])
        _record(Action.EXHIBIT_MOVED, packet, by=by)


@transaction.atomic
def remove_exhibit(*, by: User | None, exhibit: Exhibit) -> None:
    """Take it out of the packet. The source, and the case's evidence from it, stay."""
    Packet.objects.select_for_update().get(pk=exhibit.packet_id)
    removed, _rows = Exhibit.objects.filter(pk=exhibit.pk).delete()
    if removed:
        _record_exhibit(Action.EXHIBIT_REMOVED, exhibit, by=by)


def _record(action: Action, packet: Packet, *, by: User | None, **detail: list[str]) -> None:
    record(by=by, action=action, subject=packet, label=packet.title, case_id=packet.case_id, **detail)


def _record_exhibit(action: Action, exhibit: Exhibit, *, by: User | None) -> None:
    """What was filed is named by its title only where the library names it too: a document's title is the client's."""
    source = exhibit.capture.source if exhibit.capture else None
    record(
        by=by,
        action=action,
        subject=source or exhibit.document or exhibit,
        label=source.title if source else "",
        case_id=exhibit.packet.case_id,
        packet=str(exhibit.packet_id),
    )
