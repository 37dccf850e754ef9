"""Sources and documents that have newer versions than the one a packet files or points at the pages of."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.models import Document
from caseapp.packets.models import IndexStyle
from caseapp.packets.readiness.finding import Finding, Severity
from caseapp.packets.readiness.state import State


def passages_to_recheck(state: State) -> Iterator[Finding]:
    """What a newer version does not say exactly as quoted enters no packet until somebody has looked."""
    for filed, capture, source in state.sources:
        waiting = sum(item.waits for item in state.passages_on(capture))  # type: ignore[attr-defined]
        if waiting:
            yield Finding(
                "packet.passages-to-recheck",
                Severity.BLOCK,
                ngettext(
                    "%(tab)s, “%(title)s”: a newer version of it does not say %(count)s passage exactly as quoted. "
                    "Somebody must look first.",
                    "%(tab)s, “%(title)s”: a newer version of it does not say %(count)s passages exactly as quoted. "
                    "Somebody must look first.",
                    waiting,
                )
                % (filed.names | {"count": waiting}),
                f"{reverse('recheck_list')}?source={source.pk}",
                _("Look at both versions"),
                subject=filed.subject,
            )


def quoted_from_another_version(state: State) -> Iterator[Finding]:
    """A passage is highlighted in the version it is quoted from, so that one must be filed too."""
    filed = {capture.pk for _filed, capture, _source in state.sources}
    versions = {source.pk: capture.number for _filed, capture, source in state.sources}
    elsewhere = Counter(
        (item.excerpt.capture.source, item.excerpt.capture.number)
        for item in state.evidence
        if item.excerpt.capture_id not in filed and item.excerpt.capture.source_id in versions
    )
    for (source, number), count in elsewhere.items():
        yield Finding(
            "packet.other-version-quoted",
            Severity.BLOCK,
            ngettext(
                "%(count)s passage of “%(title)s” is quoted from version %(quoted)s, and the packet files version "
                "%(filed)s.",
                "%(count)s passages of “%(title)s” are quoted from version %(quoted)s, and the packet files version "
                "%(filed)s.",
                count,
            )
            % {"count": count, "title": source.title, "quoted": number, "filed": versions[source.pk]},
            reverse("exhibit_add", args=[state.packet.pk]),
            _("File that version"),
            subject=f"{source.title[:50]}-{number}",
        )


def newer_versions(state: State) -> Iterator[Finding]:
    for filed, capture, source in state.sources:
        if not capture.is_newest:
            yield Finding(
                "packet.newer-version",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, files version %(filed)s; there is a newer one, version %(newest)s.")
                % (filed.names | {"filed": capture.number, "newest": source.newest}),
                reverse("exhibit_edit", args=[filed.exhibit.pk]),
                _("See what changed"),
                subject=filed.subject,
            )


def newer_documents(state: State) -> Iterator[Finding]:
    for filed, document in state.documents:
        newest = state.papers.newest(document)
        if newest != document:
            yield Finding(
                "packet.newer-document",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, files the version of %(day)s; there is a newer one, of %(newest)s.")
                % (filed.names | {"day": _moment(document), "newest": _moment(newest)}),
                reverse("exhibit_edit", args=[filed.exhibit.pk]),
                _("See both versions"),
                subject=filed.subject,
            )


def _moment(document: Document) -> str:
    return date_format(timezone.localtime(document.added_at), "DATETIME_FORMAT")


def pages_of_another_version(state: State) -> Iterator[Finding]:
    """What was said of a paper holds for the version that is filed; the pages that were named may be others there."""
    if state.packet.index_style != IndexStyle.STATEMENT:
        return
    filed = {document.pk for _filed, document in state.documents}
    papers = {state.papers.first(pk) for pk in filed}
    for number, statement in enumerate(state.statements, start=1):
        named = {row.document_id for row in statement.bearings.all() if row.is_shown and row.pages and row.document_id}
        if any(state.papers.first(pk) in papers for pk in named - filed):
            yield Finding(
                "packet.pages-of-another-version",
                Severity.WARN,
                _("Statement %(number)s names pages of another version of a document than the one that is filed.")
                % {"number": number},
                f"{reverse('statement_bearings', args=[statement.pk])}#documents",
                _("Look at the pages"),
                subject=str(number),
            )


CHECKS = (
    passages_to_recheck,
    quoted_from_another_version,
    newer_versions,
    newer_documents,
    pages_of_another_version,
)
