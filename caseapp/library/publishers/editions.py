"""The editions of serial reports that the library has, and which of them is newer than one that is quoted."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from caseapp.library.models import Source
from caseapp.library.publishers.names import folded_name
from caseapp.library.publishers.series import is_newer
from caseapp.library.searching.words import fold


def series_names() -> list[str]:
    """Those that some source has, in order."""
    rows = Source.objects.exclude(series="").order_by("series")
    return list(rows.values_list("series", flat=True).distinct())


def editions_of(source: Source) -> list[Source]:
    """The other editions of the same report about the same country, the newest first."""
    others = [other for other in _of_series([source.series]) if other.pk != source.pk and _are_editions(source, other)]
    return sorted(others, key=lambda other: (other.edition or other.published_on[:4], other.published_on), reverse=True)


def newer_editions(sources: Iterable[Source]) -> dict[int, Source]:
    """Source → the newest edition of its report, where that is newer than this one. One question, however many."""
    wanted = [source for source in sources if source.series]
    by_name: dict[str, list[Source]] = defaultdict(list)
    for other in _of_series({source.series for source in wanted}):
        by_name[fold(other.series)].append(other)
    found: dict[int, Source] = {}
    for source in wanted:
        newest = source
        for other in by_name[fold(source.series)]:
            if _are_editions(source, other) and _is_newer(other, newest):
                newest = other
        if newest.pk != source.pk:
            found[source.pk] = newest
    return found


def is_sure(source: Source, other: Source) -> bool:
    """Whether somebody confirmed of both that they are editions of one report."""
    return not {"series", "edition"} & {*source.guessed, *other.guessed}


def _of_series(names: Iterable[str]) -> QuerySet[Source]:
    return Source.objects.filter(series__in=set(filter(None, names))).order_by("pk")


def _are_editions(source: Source, other: Source) -> bool:
    """Of one report, about one country. What nobody confirmed must come from one publisher too."""
    if fold(source.series) != fold(other.series) or str(source.country) != str(other.country):
        return False
    return is_sure(source, other) or folded_name(source.publisher) == folded_name(other.publisher)


def _is_newer(one: Source, other: Source) -> bool:
    return is_newer(one.edition, one.published_on, than=other.edition, than_published_on=other.published_on)
