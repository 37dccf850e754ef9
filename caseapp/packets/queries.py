"""What the screens of packets read. The text of a capture can be megabytes, so no list loads it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery, Sum

from caseapp.accounts.models import User
from caseapp.cases.models import Case, CaseEvidence, Document
from caseapp.cases.queries import cases_by_next_date, documents_in_order
from caseapp.cases.versions import newest_of, papers_of
from caseapp.core.storage import FileAltered
from caseapp.forums import forum
from caseapp.library.models import Capture
from caseapp.library.queries import captures_without_text, sources_listed
from caseapp.packets.filed import FiledOrderChanged, tab_labels_of
from caseapp.packets.models import Build, BuildStatus, Exhibit, Packet, Volume
from caseapp.packets.numbering import NoLabelBetween


@dataclass(frozen=True)
class ExhibitRow:
    """An exhibit in its place; `passages` counts the case's evidence that will be highlighted in it."""

    exhibit: Exhibit
    label: str
    passages: int


@dataclass(frozen=True)
class Measured:
    """What the last finished build came to. `limit` is what the forum takes in one file, in bytes, if it says so."""

    build: int
    pages: int
    files: int
    largest: int
    limit: int | None


@dataclass(frozen=True)
class CaseAtAGlance:
    case: Case
    packets: tuple[Packet, ...]


def packets_of(case: Case) -> QuerySet[Packet]:
    """A case's packets, newest first, with the state of the latest build of each."""
    return _with_latest_build(Packet.objects.filter(case=case)).annotate(exhibit_count=Count("exhibits"))


def place_in_case(packet: Packet) -> int:
    """Which of the case's packets it is, from 1, in the order in which they were started."""
    return 1 + Packet.objects.filter(case=packet.case_id, created_at__lt=packet.created_at).count()


def _with_latest_build(packets: QuerySet[Packet]) -> QuerySet[Packet]:
    latest = Build.objects.filter(packet=OuterRef("pk")).order_by("-number")
    return packets.annotate(
        build_number=Subquery(latest.values("number")[:1]), build_status=Subquery(latest.values("status")[:1])
    )


def latest_build(packet: Packet) -> Build | None:
    builds = Build.objects.filter(packet=packet).select_related("packet", "requested_by")
    return builds.order_by("-number").first()


def measured(packet: Packet) -> Measured | None:
    """How large the packet is, as far as anybody knows before it is built again."""
    volumes = Volume.objects.filter(build__packet=packet, build__status=BuildStatus.READY)
    sizes = volumes.values("build__number").annotate(pages=Sum("pages"), files=Count("pk"), largest=Max("size"))
    last = sizes.order_by("-build__number").first()
    if last is None:
        return None
    limit = forum(packet.forum).volume_bytes_limit
    return Measured(last["build__number"], last["pages"], last["files"], last["largest"], limit)


def filed_builds(case: Case | None) -> QuerySet[Build]:
    """The builds of a case's packets that are marked as filed, newest first."""
    filed = Build.objects.filter(packet__case=case).exclude(filed_at=None)
    return filed.select_related("packet").order_by("-filed_at")


def earlier_ready_builds(build: Build) -> QuerySet[Build]:
    """The finished builds of the same packet before this one, newest first."""
    ready = Build.objects.filter(packet=build.packet_id, status=BuildStatus.READY, number__lt=build.number)
    return ready.order_by("-number")


def exhibits_of(packet: Packet) -> list[ExhibitRow]:
    """The exhibits in order, each with its tab's label."""
    passages = passages_by_capture(packet.case)
    exhibits = list(
        Exhibit.objects.filter(packet=packet)
        .select_related("capture__source", "capture__translation", "document__translation")
        .defer(
            "capture__text",
            "capture__translation__text",
            "document__translation__text",
        )
        .prefetch_related("capture__translation__certificates", "document__translation__certificates")
        .order_by("position", "pk")
    )
    return [
        ExhibitRow(exhibit, label, passages[exhibit.capture_id] if exhibit.capture_id else 0)
        for exhibit, label in zip(exhibits, labels_of(packet, exhibits), strict=True)
    ]


def labels_of(packet: Packet, exhibits: Sequence[Exhibit]) -> list[str]:
    """Tab A, Tab B. Where no label can be given the page shows none, and readiness says why."""
    word = forum(packet.forum).tab_word
    try:
        return [f"{word} {label}" for label in tab_labels_of(packet, exhibits)]
    except (NoLabelBetween, FiledOrderChanged, FileAltered):
        return [word] * len(exhibits)


def passages_by_capture(case: Case) -> Counter[int]:
    """How many passages of each a packet quotes."""
    rows = CaseEvidence.objects.filter(case=case, is_quoted=True).values_list("excerpt__capture_id").order_by()
    return Counter(dict(rows.annotate(passages=Count("pk"))))


def captures_of_evidence(packet: Packet) -> list[Capture]:
    """What the case's evidence quotes and the packet does not file yet, in the order of the evidence.

    Each capture has `passages`, the number of its passages in the case.
    """
    counted = dict(
        CaseEvidence.objects.filter(case=packet.case_id, is_quoted=True)
        .values("excerpt__capture_id")
        .annotate(first=Min("position"))
        .order_by("first")
        .values_list("excerpt__capture_id", "first")
    )
    passages = passages_by_capture(packet.case)
    filed = Exhibit.objects.filter(packet=packet, capture__isnull=False).values("capture")
    captures = captures_without_text().filter(pk__in=counted).exclude(pk__in=filed)
    found = sorted(captures, key=lambda capture: counted[capture.pk])
    for capture in found:
        capture.passages = passages[capture.pk]  # type: ignore[attr-defined]
    return found


def documents_to_file(packet: Packet) -> QuerySet[Document]:
    """The documents of the case that the packet does not file yet, in any of their versions, in their order."""
    papers = papers_of(packet.case)
    exhibits = Exhibit.objects.filter(packet=packet, document__isnull=False).values_list("document", flat=True)
    filed = {papers.first(pk) for pk in exhibits}
    return documents_in_order(packet.case).exclude(
        pk__in=[document.pk for first, document in papers.standing.items() if first in filed]
    )


def newer_document(exhibit: Exhibit) -> Document | None:
    """The newest version of the document that it files, where that is another one."""
    newest = newest_of(exhibit.document) if exhibit.document else None
    return newest if newest != exhibit.document else None


def other_captures(packet: Packet, *, words: str) -> QuerySet[Capture]:
    """The newest capture of every library source that is neither filed in the packet nor quoted by the case."""
    newest = Capture.objects.filter(source=OuterRef("source")).order_by("-number").values("pk")[:1]
    quoted = CaseEvidence.objects.filter(case=packet.case_id, is_quoted=True).values("excerpt__capture__source")
    filed = Exhibit.objects.filter(packet=packet, capture__isnull=False).values("capture__source")
    return (
        captures_without_text()
        .filter(pk=Subquery(newest), source__in=sources_listed(words).values("pk"))
        .exclude(source__in=quoted)
        .exclude(source__in=filed)
        .order_by("-source__created_at", "-source_id")
    )


def cases_at_a_glance(user: User, *, now: dt.datetime, count: int) -> list[CaseAtAGlance]:
    """The person's next cases, each with its packets, in two queries."""
    cases = cases_by_next_date(user, now=now)[:count]
    packets: dict[object, list[Packet]] = defaultdict(list)
    for packet in _with_latest_build(Packet.objects.filter(case__in=[case.pk for case in cases])):
        packets[packet.case_id].append(packet)
    return [CaseAtAGlance(case, tuple(packets[case.pk])) for case in cases]
