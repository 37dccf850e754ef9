"""What stands between a packet and its build, and what its forum would object to.

A finding blocks only where the packet contradicts itself. What a forum asks is shown with its citation and our grade
of it, and advises: no rule of ours has been re-read at its source by a lawyer yet, and a rule that nobody verified
must never stop a filing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.models import CaseEvidence
from caseapp.forums import Forum, Rule, forum
from caseapp.library.models import Source
from caseapp.packets.freezing import cover_fields
from caseapp.packets.models import Packet
from caseapp.packets.naming import names
from caseapp.packets.queries import ExhibitRow, exhibits_of

FORUM_LANGUAGE = "en"


class Severity(IntEnum):
    """In the order in which they are shown."""

    BLOCK = 0
    WARN = 1
    INFO = 2


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `rule` names the check; `basis` is the forum's rule it rests on, where there is one."""

    rule: str
    severity: Severity
    sentence: str
    url: str
    fix: str
    basis: Rule | None = None

    @property
    def is_block(self) -> bool:
        return self.severity is Severity.BLOCK


@dataclass(frozen=True)
class _State:
    """Everything the checks look at, read once."""

    packet: Packet
    profile: Forum
    exhibits: list[ExhibitRow]
    evidence: list[CaseEvidence]

    def passages_on(self, row: ExhibitRow) -> list[CaseEvidence]:
        return [item for item in self.evidence if item.excerpt.capture_id == row.exhibit.capture_id]

    def rule(self, name: str) -> Rule | None:
        wanted = f"{self.profile.key}.{name}"
        return next((rule for rule in self.profile.rules if rule.id == wanted), None)


def findings(packet: Packet) -> tuple[Finding, ...]:
    """What to look at before building, the gravest first. The number of queries does not grow with the packet."""
    state = _State(packet, forum(packet.forum), exhibits_of(packet), list(_evidence(packet)))
    found = [finding for check in CHECKS for finding in check(state)]
    return tuple(sorted(found, key=lambda finding: finding.severity))


def blocks(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that stop a build."""
    return tuple(finding for finding in found if finding.is_block)


def _evidence(packet: Packet) -> QuerySet[CaseEvidence]:
    """The case's evidence with `words_there`: what the capture's text says between the excerpt's bounds."""
    length = F("excerpt__end") - F("excerpt__start")
    return (
        CaseEvidence.objects.filter(case=packet.case_id)
        .select_related("excerpt__capture__source")
        .defer("excerpt__capture__text")
        .prefetch_related("excerpt__themes")
        .annotate(words_there=Substr("excerpt__capture__text", F("excerpt__start") + 1, length))
        .order_by("position", "pk")
    )


def _no_exhibits(state: _State) -> Iterator[Finding]:
    if not state.exhibits:
        yield Finding(
            "packet.no-exhibits",
            Severity.BLOCK,
            _("The packet has no exhibits yet."),
            reverse("exhibit_add", args=[state.packet.pk]),
            _("Add exhibits"),
        )


def _quotes_that_moved(state: _State) -> Iterator[Finding]:
    for row in state.exhibits:
        for item in state.passages_on(row):
            if item.words_there != item.excerpt.quote:  # type: ignore[attr-defined]
                yield Finding(
                    "packet.quote-altered",
                    Severity.BLOCK,
                    _("%(tab)s: the source no longer says what an excerpt quotes: “%(quote)s”.")
                    % {"tab": row.label, "quote": item.excerpt},
                    item.excerpt.get_absolute_url(),
                    _("Look at the excerpt"),
                )


def _quotes_left_out(state: _State) -> Iterator[Finding]:
    for row in state.exhibits:
        capture = row.exhibit.capture
        for item in state.passages_on(row):
            excerpt = item.excerpt
            if not capture.article_start <= excerpt.start < excerpt.end <= capture.article_end:
                yield Finding(
                    "packet.quote-outside-article",
                    Severity.BLOCK,
                    _("%(tab)s: a passage lies in the part of the source that was trimmed away: “%(quote)s”.")
                    % {"tab": row.label, "quote": excerpt},
                    reverse("source_trim", args=[capture.source_id]),
                    _("Change where the article starts and ends"),
                )


def _sources_not_filed(state: _State) -> Iterator[Finding]:
    filed = {row.exhibit.capture_id for row in state.exhibits}
    missing = Counter(item.excerpt.capture.source for item in state.evidence if item.excerpt.capture_id not in filed)
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
        )


def _nothing_highlighted(state: _State) -> Iterator[Finding]:
    for row in state.exhibits:
        if not row.passages:
            add = reverse("evidence_add", args=[state.packet.case_id])
            yield Finding(
                "packet.nothing-highlighted",
                Severity.WARN,
                _("%(tab)s, “%(title)s”: no passage is highlighted, so the index will not mention it.")
                % {"tab": row.label, "title": row.exhibit.capture.source.title},
                f"{add}?source={row.exhibit.capture.source_id}",
                _("Choose passages"),
            )


def _no_theme(state: _State) -> Iterator[Finding]:
    for row in state.exhibits:
        for item in state.passages_on(row):
            if not item.excerpt.themes.all():
                yield Finding(
                    "packet.no-theme",
                    Severity.WARN,
                    _("%(tab)s: a passage has no theme, so it stands apart in the index: “%(quote)s”.")
                    % {"tab": row.label, "quote": item.excerpt},
                    item.excerpt.get_absolute_url(),
                    _("Give it a theme"),
                )


def _against_us(state: _State) -> Iterator[Finding]:
    """Set like all others once it is evidence; the mark is for the office. So it is said here, and decided."""
    count = sum(item.excerpt.is_adverse for row in state.exhibits for item in state.passages_on(row))
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
            reverse("case_show", args=[state.packet.case_id]),
            _("See the evidence"),
        )


def _cover_gaps(state: _State) -> Iterator[Finding]:
    known = dict(cover_fields(state.packet.case, state.profile))
    missing = [_(field) for field in state.profile.required_cover_fields if field not in known]
    if missing:
        yield Finding(
            "packet.cover-fields",
            Severity.WARN,
            _("The cover page lacks: %(missing)s.") % {"missing": ", ".join(missing)},
            reverse("case_edit", args=[state.packet.case_id]),
            _("Fill it in on the case"),
            state.rule("cover"),
        )


def _translations(state: _State) -> Iterator[Finding]:
    rule = state.rule("translation")
    for row in state.exhibits:
        source = row.exhibit.capture.source
        if source.language.split("-")[0] != FORUM_LANGUAGE:
            yield Finding(
                "packet.translation",
                Severity.WARN if rule else Severity.INFO,
                _("%(tab)s, “%(title)s”, is not in English: a certified translation has to go with it.")
                % {"tab": row.label, "title": source.title},
                reverse("source_edit", args=[source.pk]),
                _("See the source’s language"),
                rule,
            )


def _provenance(state: _State) -> Iterator[Finding]:
    rule = state.rule("source-materials")
    for row in state.exhibits:
        source = row.exhibit.capture.source
        missing = _missing_details(source)
        if missing:
            yield Finding(
                "packet.source-details",
                Severity.WARN if rule else Severity.INFO,
                _("%(tab)s, “%(title)s”, does not say: %(missing)s.")
                % {"tab": row.label, "title": source.title, "missing": ", ".join(missing)},
                reverse("source_edit", args=[source.pk]),
                _("Complete the source"),
                rule,
            )


def _missing_details(source: Source) -> list[str]:
    wanted = {_("publisher"): source.publisher, _("date"): source.published_on, _("address"): source.url}
    return [words for words, value in wanted.items() if not value]


def _client_named(state: _State) -> Iterator[Finding]:
    """The title and the reference go into the file's name and properties; the client's name must not."""
    case = state.packet.case
    edit_packet = reverse("packet_edit", args=[state.packet.pk])
    edit_case = reverse("case_edit", args=[case.pk])
    for text, url in ((state.packet.title, edit_packet), (case.reference, edit_case)):
        if names(text, case.client_name):
            yield Finding(
                "packet.client-named",
                Severity.WARN,
                _("“%(text)s” seems to hold the client’s name, so it is kept out of the file’s name and properties.")
                % {"text": text},
                url,
                _("Change it"),
            )


CHECKS = (
    _no_exhibits,
    _quotes_that_moved,
    _quotes_left_out,
    _sources_not_filed,
    _nothing_highlighted,
    _no_theme,
    _against_us,
    _cover_gaps,
    _translations,
    _provenance,
    _client_named,
)
