"""The versions of a client's paper: files that came one after another, and which of them stands now."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from caseapp.cases.models import Bearing, Case, Document
from caseapp.cases.queries import declarations_of, documents_in_order


@dataclass(frozen=True)
class Papers:
    """`older` tells which document a newer one was brought for; `standing` the newest that is ready, by the first."""

    older: Mapping[uuid.UUID, uuid.UUID]
    standing: Mapping[uuid.UUID, Document]

    def first(self, document_id: uuid.UUID) -> uuid.UUID:
        """What names the paper, whatever versions of it there are."""
        while document_id in self.older:
            document_id = self.older[document_id]
        return document_id

    def number(self, document_id: uuid.UUID) -> int:
        """Which of the paper's versions it is, from 1."""
        return 1 + self.number(self.older[document_id]) if document_id in self.older else 1

    def newest(self, document: Document) -> Document:
        return self.standing.get(self.first(document.pk), document)

    def latest(self, document_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
        """Of each paper the last of these versions of it, by its first."""
        return {self.first(pk): pk for pk in sorted(document_ids, key=self.number)}

    def are_one(self, one: uuid.UUID, other: uuid.UUID) -> bool:
        return self.first(one) == self.first(other)


def papers_of(case: Case) -> Papers:
    """In two queries, whatever the number of documents."""
    rows = Document.objects.filter(case=case).values_list("pk", "replaces")
    older = {pk: replaced for pk, replaced in rows if replaced}
    papers = Papers(older, {})
    return Papers(older, {papers.first(document.pk): document for document in documents_in_order(case)})


def newest_of(document: Document) -> Document:
    """The newest version of the same paper that is ready."""
    return papers_of(document.case).newest(document)


def versions_of(document: Document) -> list[Document]:
    """Every version of the same paper, the last one first, ready or not."""
    several = Document.objects.filter(Q(replaces__isnull=False) | Q(newer__isnull=False), case=document.case_id)
    rows = list(several.select_related("added_by", "newer"))
    papers = Papers({row.pk: row.replaces_id for row in rows if row.replaces_id}, {})
    mine = [row for row in rows if papers.are_one(row.pk, document.pk)]
    return sorted(mine, key=lambda row: -papers.number(row.pk)) or [document]


def standing_declarations(case: Case) -> list[Document]:
    """The declarations from which statements were taken, each in its newest version."""
    papers = papers_of(case)
    return list({papers.first(one.pk): papers.newest(one) for one in declarations_of(case)}.values())


def latest_of_papers(bearings: Iterable[Bearing], papers: Papers) -> dict[uuid.UUID, Bearing]:
    """What was said of each paper, by its first version: where it was said of several versions, of the last of them."""
    rows = {row.document_id: row for row in bearings if row.document_id}
    return {first: rows[pk] for first, pk in papers.latest(rows).items()}
