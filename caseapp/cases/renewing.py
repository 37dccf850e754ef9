"""What a newer edition of the same report has to offer in place of a passage that is quoted from an older one."""

from typing import Any

from caseapp.cases.models import CaseEvidence
from caseapp.library.models import Excerpt, Source
from caseapp.library.publishers.editions import is_sure, newer_editions

MOST = 50


def newer_edition_of(item: CaseEvidence) -> Source | None:
    source = item.excerpt.capture.source
    return newer_editions([source]).get(source.pk)


def excerpts_instead(item: CaseEvidence, edition: Source) -> list[Excerpt]:
    """All excerpts of the newer edition: those with most of the passage's themes first."""
    themes = {theme.pk for theme in item.excerpt.themes.all()}
    rows = Excerpt.objects.filter(capture__source=edition, capture__number=edition.newest)
    excerpts = list(rows.select_related("capture__source").defer("capture__text").prefetch_related("themes"))
    return sorted(excerpts, key=lambda one: (-len(themes & {theme.pk for theme in one.themes.all()}), one.start))


def offered_instead(item: CaseEvidence) -> dict[str, Any]:
    """For the page that offers them."""
    edition = newer_edition_of(item)
    if edition is None:
        return {"edition": None, "excerpts": [], "more": 0, "is_sure": True}
    is_known = is_sure(item.excerpt.capture.source, edition)
    every = excerpts_instead(item, edition)
    return {"edition": edition, "excerpts": every[:MOST], "more": len(every[MOST:]), "is_sure": is_known}
