"""What a packet holds: exhibits, and the passages in them. Here it may contradict itself, which nothing can waive."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.packets.models import Exhibit, Include
from caseapp.packets.pages import PagesUnclear, page_numbers
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import State

MOST_PAGES = 5_000


def no_exhibits(state: State) -> Iterator[Finding]:
    if not state.exhibits:
        yield Finding(
            "packet.no-exhibits",
            Severity.BLOCK,
            _("The packet has no exhibits yet."),
            reverse("exhibit_add", args=[state.packet.pk]),
            _("Add exhibits"),
        )


def quotes_that_moved(state: State) -> Iterator[Finding]:
    for filed, capture, _source in state.sources:
        for item in state.passages_on(capture):
            if item.words_there != item.excerpt.quote:  # type: ignore[attr-defined]
                yield Finding(
                    "packet.quote-altered",
                    Severity.BLOCK,
                    _("%(tab)s: the source no longer says what an excerpt quotes: “%(quote)s”.")
                    % {"tab": filed.label, "quote": item.excerpt},
                    item.excerpt.get_absolute_url(),
                    _("Look at the excerpt"),
                )


def quotes_left_out(state: State) -> Iterator[Finding]:
    """A capture that has pages shows them whole; of one that is only text, the article is set."""
    for filed, capture, _source in state.sources:
        for item in state.passages_on(capture):
            excerpt = item.excerpt
            is_inside = capture.article_start <= excerpt.start < excerpt.end <= capture.article_end
            if not capture.clean_sha256 and not is_inside:
                yield Finding(
                    "packet.quote-outside-article",
                    Severity.BLOCK,
                    _("%(tab)s: a passage lies in the part of the source that was trimmed away: “%(quote)s”.")
                    % {"tab": filed.label, "quote": excerpt},
                    reverse("source_trim", args=[capture.source_id]),
                    _("Change where the article starts and ends"),
                )


def documents_without_pages(state: State) -> Iterator[Finding]:
    for filed, document in state.documents:
        if not document.clean_sha256:
            yield Finding(
                "packet.document-not-ready",
                Severity.BLOCK,
                _("%(tab)s, “%(title)s”: the document has no pages to file yet.") % filed.names,
                document.get_absolute_url(),
                _("See what it needs"),
                subject=filed.subject,
            )


def pages_that_are_not_there(state: State) -> Iterator[Finding]:
    for filed in state.exhibits:
        exhibit, count = filed.exhibit, _page_count(state, filed.exhibit.pk)
        if exhibit.include == Include.PAGES and count is not None and not _are_pages(exhibit.pages_shown, count):
            yield Finding(
                "packet.pages-not-there",
                Severity.BLOCK,
                _("%(tab)s, “%(title)s”: the pages %(pages)s were chosen, but it has the pages 1 to %(count)s.")
                % (filed.names | {"pages": exhibit.pages_shown, "count": count}),
                reverse("packet_show", args=[state.packet.pk]),
                _("Choose other pages"),
                subject=filed.subject,
            )


def _page_count(state: State, exhibit_pk: int) -> int | None:
    """Nothing where there are no pages before the text is set."""
    exhibit = next(filed.exhibit for filed in state.exhibits if filed.exhibit.pk == exhibit_pk)
    if exhibit.capture:
        return len(exhibit.capture.pages) or None
    return exhibit.document.pages or None if exhibit.document else None


def too_many_pages(state: State) -> Iterator[Finding]:
    """What no reader opens and no forum takes; the pages of texts, which are set first, do not count here."""
    pages = sum(_pages_shown(state, filed.exhibit) for filed in state.exhibits)
    if pages > MOST_PAGES:
        yield Finding(
            "packet.too-many-pages",
            Severity.BLOCK,
            _("The exhibits have %(pages)s pages; one packet can have %(most)s. Show less, or file two.")
            % {"pages": f"{pages:,}", "most": f"{MOST_PAGES:,}"},
            reverse("packet_show", args=[state.packet.pk]),
            _("Choose what is shown"),
        )


def _pages_shown(state: State, exhibit: Exhibit) -> int:
    count = _page_count(state, exhibit.pk) or 0
    if exhibit.include == Include.PAGES:
        return len(page_numbers(exhibit.pages_shown, count)) if _are_pages(exhibit.pages_shown, count) else 0
    return count if exhibit.include == Include.WHOLE else 0


def _are_pages(chosen: str, count: int) -> bool:
    try:
        return bool(page_numbers(chosen, count))
    except PagesUnclear:
        return False


def sources_not_filed(state: State) -> Iterator[Finding]:
    filed = {capture.pk for _filed, capture, _source in state.sources}
    # Where another version is filed, that is a finding of its own (see `versions`).
    sources = {source.pk for _filed, _capture, source in state.sources}
    quoted = [item.excerpt.capture for item in state.evidence]
    missing = Counter(
        capture.source for capture in quoted if capture.pk not in filed and capture.source_id not in sources
    )
    for source, count in missing.items():
        yield Finding(
            "packet.source-not-filed",
            Severity.WARN,
            ngettext(
                "%(count)s passage of “%(title)s” will not be in the packet: the source is not an exhibit.",
                "%(count)s passages of “%(title)s” will not be in the packet: the source is not an exhibit.",
                count,
            )
            % {"count": count, "title": source.title},
            reverse("exhibit_add", args=[state.packet.pk]),
            _("Add it as an exhibit"),
            subject=source.title[:60],
        )


def nothing_highlighted(state: State) -> Iterator[Finding]:
    for filed, capture, source in state.sources:
        if not state.passages_on(capture):
            add = reverse("evidence_add", args=[state.packet.case_id])
            yield Finding(
                "packet.nothing-highlighted",
                Severity.WARN,
                _("%(tab)s, “%(title)s”: no passage is highlighted, so the index will not mention it.") % filed.names,
                f"{add}?source={source.pk}",
                _("Choose passages"),
                state.rule("pinpoints"),
                filed.subject,
            )


def no_theme(state: State) -> Iterator[Finding]:
    rule = state.rule("schedule")
    for filed, capture, _source in state.sources:
        for item in state.passages_on(capture):
            if not item.excerpt.themes.all():
                yield Finding(
                    "packet.no-theme",
                    asked(rule, otherwise=Severity.WARN),
                    _("%(tab)s: a passage has no theme, so it stands apart in the index: “%(quote)s”.")
                    % {"tab": filed.label, "quote": item.excerpt},
                    item.excerpt.get_absolute_url(),
                    _("Give it a theme"),
                    rule,
                    f"{filed.subject}-{item.excerpt.start}-{item.excerpt.end}",
                )


def against_us(state: State) -> Iterator[Finding]:
    """Set like all others once it is evidence; the mark is for the office. So it is said here, and decided."""
    count = sum(item.excerpt.is_adverse for item in state.quoted)
    if count:
        yield Finding(
            "packet.adverse-passages",
            Severity.INFO,
            ngettext(
                "%(count)s passage that cuts against us will be quoted and highlighted like all others. "
                "The mark itself is not printed.",
                "%(count)s passages that cut against us will be quoted and highlighted like all others. "
                "The marks themselves are not printed.",
                count,
            )
            % {"count": count},
            reverse("case_evidence", args=[state.packet.case_id]),
            _("See the evidence"),
        )


def held_back(state: State) -> Iterator[Finding]:
    if state.held_back:
        yield Finding(
            "packet.passages-held-back",
            Severity.INFO,
            ngettext(
                "%(count)s passage of the evidence is not quoted, as somebody on the team said.",
                "%(count)s passages of the evidence are not quoted, as somebody on the team said.",
                state.held_back,
            )
            % {"count": state.held_back},
            reverse("case_evidence", args=[state.packet.case_id]),
            _("See the evidence"),
        )


def unanswered(state: State) -> Iterator[Finding]:
    """The answer is this case's, beside the passage or at a statement, and never printed; here it is only asked whether
    there is one."""
    answered = {row.evidence_id for said in state.statements for row in said.bearings.all() if row.answer.strip()}
    for filed, capture, _source in state.sources:
        for item in state.passages_on(capture):
            if item.excerpt.is_adverse and not item.answer and item.pk not in answered:
                yield Finding(
                    "packet.adverse-unanswered",
                    Severity.INFO,
                    _("%(tab)s: a passage cuts against us, and nobody wrote what this case says to it: “%(quote)s”.")
                    % {"tab": filed.label, "quote": item.excerpt},
                    reverse("evidence_why", args=[item.case_id, item.pk]),
                    _("Write the answer"),
                    subject=f"{filed.subject}-{item.excerpt.start}-{item.excerpt.end}",
                )


CHECKS = (
    no_exhibits,
    quotes_that_moved,
    quotes_left_out,
    documents_without_pages,
    pages_that_are_not_there,
    too_many_pages,
    sources_not_filed,
    nothing_highlighted,
    no_theme,
    against_us,
    held_back,
    unanswered,
)
