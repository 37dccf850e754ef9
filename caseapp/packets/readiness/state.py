"""Everything that the checks look at, read once. The number of queries does not grow with the packet."""

import contextlib
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Substr

from caseapp.cases.aging import Aged, aged_evidence
from caseapp.cases.dates import facts_of
from caseapp.cases.deadlines import Dates, dates_of
from caseapp.cases.models import CaseEvidence, Document, Statement
from caseapp.cases.queries import statements_in_order
from caseapp.cases.versions import Papers, papers_of
from caseapp.cases.words import words_of
from caseapp.core.storage import FileAltered
from caseapp.forums import Forum, Rule, forum
from caseapp.library.models import Capture, Recheck, Source
from caseapp.library.models.translation import Translation
from caseapp.library.origins.likeness import Sketch
from caseapp.packets.files import published_of
from caseapp.packets.models import Build, BuildPart, BuildStatus, Exhibit, FilingDetails, Packet
from caseapp.packets.queries import ExhibitRow, exhibits_of
from caseapp.packets.readiness.sketches import sketches_of


@dataclass(frozen=True)
class Filed:
    """An exhibit with what it files: a source of the library in one of its captures, or a document of the case."""

    label: str
    exhibit: Exhibit
    source: Source | None
    document: Document | None
    translation: Translation | None

    @property
    def title(self) -> str:
        return self.exhibit.title

    @property
    def language(self) -> str:
        paper = self.source or self.document
        return paper.language.partition("-")[0] if paper else ""

    @property
    def subject(self) -> str:
        """The same in another database: what the original's bytes are."""
        return self.original_sha256[:16]

    @property
    def original_sha256(self) -> str:
        kept = self.exhibit.capture or self.exhibit.document
        return kept.original_sha256 if kept else ""

    @property
    def names(self) -> dict[str, str]:
        return {"tab": self.label, "title": self.title}


@dataclass(frozen=True)
class State:
    packet: Packet
    profile: Forum
    details: FilingDetails
    rows: list[ExhibitRow]
    evidence: list[CaseEvidence]
    built: Build | None
    today: dt.date

    @cached_property
    def dates(self) -> Dates:
        """By when the packet has to be there, in the forum that it goes to."""
        return dates_of(facts_of(self.packet.case, forum_key=self.packet.forum), today=self.today)

    @cached_property
    def exhibits(self) -> list[Filed]:
        return [_filed(row) for row in self.rows]

    @cached_property
    def sources(self) -> list[tuple[Filed, Capture, Source]]:
        """The exhibits that are sources of the library."""
        found = []
        for filed in self.exhibits:
            capture = filed.exhibit.capture
            if capture is not None:
                found.append((filed, capture, capture.source))
        return found

    @cached_property
    def documents(self) -> list[tuple[Filed, Document]]:
        """The exhibits that are papers of the client's."""
        return [(filed, filed.document) for filed in self.exhibits if filed.document]

    @cached_property
    def _by_capture(self) -> Mapping[int, list[CaseEvidence]]:
        found: dict[int, list[CaseEvidence]] = defaultdict(list)
        for item in self.evidence:
            found[item.excerpt.capture_id].append(item)
        return found

    def passages_on(self, capture: Capture) -> list[CaseEvidence]:
        return self._by_capture.get(capture.pk, [])

    @cached_property
    def quoted(self) -> list[CaseEvidence]:
        """The passages that the packet quotes: those of the exhibits."""
        return [item for _filed, capture, _source in self.sources for item in self.passages_on(capture)]

    @cached_property
    def held_back(self) -> int:
        """How many passages of the evidence no packet quotes, as somebody said."""
        return CaseEvidence.objects.filter(case=self.packet.case_id, is_quoted=False).count()

    @cached_property
    def aged(self) -> dict[int, Aged]:
        """Of the excerpts that have grown old by the hearing, why."""
        return aged_evidence(self.packet.case, self.evidence, today=self.today)

    @cached_property
    def statements(self) -> list[Statement]:
        """The client's, in order, each with what bears on it."""
        return list(statements_in_order(self.packet.case))

    @cached_property
    def papers(self) -> Papers:
        """The versions of the client's papers."""
        return papers_of(self.packet.case)

    @cached_property
    def sketches(self) -> dict[str, Sketch]:
        """Of each text in the packet, by its exhibit's subject."""
        keys = {filed.subject: _text_sha256(filed) for filed in self.exhibits if _text_sha256(filed)}
        known = sketches_of(keys.values(), self._texts)
        return {subject: known[key] for subject, key in keys.items() if key in known}

    def _texts(self, wanted: list[str]) -> Iterator[tuple[str, str]]:
        """The texts with these hashes: a capture's never changes, a document's is what its clean copy says. One that
        cannot be read any more is passed over here: whoever builds the packet is told."""
        exhibits = [filed for filed in self.exhibits if _text_sha256(filed) in wanted]
        captures = [filed.exhibit.capture_id for filed in exhibits if filed.exhibit.capture_id]
        if captures:
            yield from Capture.objects.filter(pk__in=captures).values_list("text_sha256", "text").iterator()
        for document in (filed.document for filed in exhibits if filed.document):
            with contextlib.suppress(FileAltered):
                yield document.clean_sha256, words_of(document).text

    def built_pages(self, part: str) -> int:
        """How many pages a part has in the last finished build, of those that are made from the others' pages."""
        rows = self._published.get("parts", ())
        return sum(row["pages"] for row in rows if row["name"] == part)

    @cached_property
    def _published(self) -> Mapping[str, Any]:
        """What the last finished build says of itself; nothing where that cannot be read any more."""
        try:
            return published_of(self.built) if self.built else {}
        except (FileAltered, ValueError):
            return {}

    def rule(self, name: str) -> Rule | None:
        return self.profile.rule_named(name)


def state_of(packet: Packet, *, today: dt.date) -> State:
    details = FilingDetails.objects.filter(packet=packet).first() or FilingDetails(packet=packet)
    evidence = list(_evidence(packet))
    return State(packet, forum(packet.forum), details, exhibits_of(packet), evidence, _last_built(packet), today)


def _filed(row: ExhibitRow) -> Filed:
    exhibit = row.exhibit
    kept = exhibit.capture or exhibit.document
    return Filed(
        row.label,
        exhibit,
        exhibit.capture.source if exhibit.capture else None,
        exhibit.document,
        getattr(kept, "translation", None),
    )


def _evidence(packet: Packet) -> QuerySet[CaseEvidence]:
    """The case's evidence that packets quote, with `words_there`, what the capture's text says between the excerpt's
    bounds, and `waits`: whether somebody must look first if a newer version still says it."""
    waiting = Recheck.objects.filter(Recheck.waiting(), excerpt=OuterRef("excerpt"))
    length = F("excerpt__end") - F("excerpt__start")
    return (
        CaseEvidence.objects.filter(case=packet.case_id, is_quoted=True)
        .select_related("excerpt__capture__source")
        .defer("excerpt__capture__text")
        .prefetch_related("excerpt__themes")
        .annotate(words_there=Substr("excerpt__capture__text", F("excerpt__start") + 1, length), waits=Exists(waiting))
        .order_by("position", "pk")
    )


def _last_built(packet: Packet) -> Build | None:
    """The last finished build, with its parts and files: the only place where pages and bytes are known.

    Of what is known of a part's pages, which is much, only their number and the dots of its scans are read.
    """
    told = {"page_count": F("layout__pages"), "scans": F("layout__scans")}
    parts = Prefetch("parts", BuildPart.objects.defer("layout").annotate(**told))
    ready = Build.objects.filter(packet=packet, status=BuildStatus.READY)
    return ready.prefetch_related(parts, "volumes").order_by("-number").first()


def _text_sha256(filed: Filed) -> str:
    capture, document = filed.exhibit.capture, filed.document
    return capture.text_sha256 if capture else document.clean_sha256 if document else ""
