"""What stands between a packet and its build, and what its forum would object to.

A finding blocks only where the packet contradicts itself. What a forum asks is shown with its citation and our grade
of it, and advises: no rule of ours has been re-read at its source by a lawyer yet, and a rule that nobody verified
must never stop a filing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from urllib.parse import urlsplit

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.models import CaseEvidence
from caseapp.forums import Forum, Rule, forum
from caseapp.library.models import Capture, Source
from caseapp.packets.freezing import cover_fields
from caseapp.packets.models import Build, BuildStatus, Packet
from caseapp.packets.naming import names
from caseapp.packets.pdf.words import web_address
from caseapp.packets.queries import ExhibitRow, exhibits_of

EDITABLE_BY_ANYONE = ("wikipedia.org",)
NEARLY = 0.9
"""Of a limit of pages: from here on it is worth saying."""


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
    built: Build | None

    def passages_on(self, row: ExhibitRow) -> list[CaseEvidence]:
        return [item for item in self.evidence if item.excerpt.capture_id == row.exhibit.capture_id]

    @cached_property
    def filed_sources(self) -> list[tuple[ExhibitRow, Capture]]:
        """The exhibits that are sources of the library."""
        return [(row, row.exhibit.capture) for row in self.exhibits if row.exhibit.capture]

    def rule(self, name: str) -> Rule | None:
        wanted = f"{self.profile.key}.{name}"
        return next((rule for rule in self.profile.rules if rule.id == wanted), None)


def findings(packet: Packet) -> tuple[Finding, ...]:
    """What to look at before building, the gravest first. The number of queries does not grow with the packet."""
    state = _State(packet, forum(packet.forum), exhibits_of(packet), list(_evidence(packet)), _last_built(packet))
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


def _last_built(packet: Packet) -> Build | None:
    """The last finished build, with its parts and files: the only place where pages and bytes are known."""
    ready = Build.objects.filter(packet=packet, status=BuildStatus.READY).defer("manifest")
    return ready.prefetch_related("parts", "volumes").order_by("-number").first()


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
    for row, capture in state.filed_sources:
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
    for row, capture in state.filed_sources:
        if not row.passages:
            add = reverse("evidence_add", args=[state.packet.case_id])
            yield Finding(
                "packet.nothing-highlighted",
                Severity.WARN,
                _("%(tab)s, “%(title)s”: no passage is highlighted, so the index will not mention it.")
                % {"tab": row.label, "title": capture.source.title},
                f"{add}?source={capture.source_id}",
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
                    state.rule("schedule"),
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


def _hearing_unknown(state: _State) -> Iterator[Finding]:
    rule = state.rule("deadline")
    if rule and not state.packet.case.hearing_on:
        yield Finding(
            "packet.hearing-date",
            Severity.WARN,
            _("The case has no date of hearing or interview, so nobody can tell by when the packet has to be there."),
            reverse("case_edit", args=[state.packet.case_id]),
            _("Fill it in on the case"),
            rule,
        )


def _translations(state: _State) -> Iterator[Finding]:
    rule = state.rule("translation")
    for row, capture in state.filed_sources:
        source = capture.source
        if source.language.split("-")[0] not in state.profile.languages:
            yield Finding(
                "packet.translation",
                Severity.WARN if rule else Severity.INFO,
                _translation_needed(state.profile) % {"tab": row.label, "title": source.title},
                reverse("source_edit", args=[source.pk]),
                _("See the source’s language"),
                rule,
            )


def _translation_needed(profile: Forum) -> str:
    if "fr" in profile.languages:
        return _(
            "%(tab)s, “%(title)s”, is in neither English nor French: a translation and its translator’s declaration "
            "have to go with it."
        )
    return _("%(tab)s, “%(title)s”, is not in English: a certified translation has to go with it.")


def _provenance(state: _State) -> Iterator[Finding]:
    rule = state.rule("source-materials")
    for row, capture in state.filed_sources:
        source = capture.source
        missing = _missing_details(source, asks_for_links=state.rule("schedule") is not None)
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


def _missing_details(source: Source, *, asks_for_links: bool) -> list[str]:
    """Where the forum wants a link to each document, that is a finding of its own."""
    wanted = {_("publisher"): source.publisher, _("date"): source.published_on}
    if not asks_for_links:
        wanted[_("address")] = source.url
    return [words for words, value in wanted.items() if not value]


def _no_link(state: _State) -> Iterator[Finding]:
    rule = state.rule("schedule")
    for row, capture in state.filed_sources:
        source = capture.source
        if rule and row.passages and not source.url:
            yield Finding(
                "packet.no-link",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, is quoted, but has no address for the link that belongs with each extract.")
                % {"tab": row.label, "title": source.title},
                reverse("source_edit", args=[source.pk]),
                _("Complete the source"),
                rule,
            )


def _editable_by_anyone(state: _State) -> Iterator[Finding]:
    rule = state.rule("weak-sources")
    for row, capture in state.filed_sources:
        source = capture.source
        if rule and _is_under(source.url, EDITABLE_BY_ANYONE):
            yield Finding(
                "packet.weak-source",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, comes from a site that anybody can edit: it has little weight.")
                % {"tab": row.label, "title": source.title},
                reverse("packet_show", args=[state.packet.pk]),
                _("Take it out, or file what it cites"),
                rule,
            )


def _is_under(url: str, domains: tuple[str, ...]) -> bool:
    host = urlsplit(web_address(url)).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _filed_twice(state: _State) -> Iterator[Finding]:
    rule = state.rule("duplicates")
    first: dict[str, ExhibitRow] = {}
    for row, capture in state.filed_sources:
        earlier = first.setdefault(capture.text_sha256, row)
        if earlier is not row:
            yield Finding(
                "packet.filed-twice",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, says word for word what %(earlier)s says.")
                % {"tab": row.label, "title": capture.source.title, "earlier": earlier.label},
                reverse("packet_show", args=[state.packet.pk]),
                _("Take one of them out"),
                rule,
            )


def _country_pages(state: _State) -> Iterator[Finding]:
    limit, built = state.profile.country_pages_limit, state.built
    if not limit or not built:
        return
    pages = sum(part.layout.get("pages", 0) for part in built.parts.all() if part.name.startswith("exhibit-"))
    if pages >= limit * NEARLY:
        yield Finding(
            "packet.country-pages",
            Severity.WARN,
            _("The exhibits of build %(number)s have %(pages)s pages; more than %(limit)s need an application.")
            % {"number": built.number, "pages": pages, "limit": limit},
            reverse("packet_show", args=[state.packet.pk]),
            _("Take some out, or file the application"),
            state.rule("country-pages"),
        )


def _file_size(state: _State) -> Iterator[Finding]:
    limit, built = state.profile.volume_bytes_limit, state.built
    if not limit or not built:
        return
    for volume in built.volumes.all():
        if volume.size > limit:
            yield Finding(
                "packet.file-size",
                Severity.WARN,
                _("A file of build %(number)s weighs %(size)s MB; the forum takes %(limit)s MB at most.")
                % {"number": built.number, "size": _megabytes(volume.size), "limit": _megabytes(limit)},
                reverse("packet_show", args=[state.packet.pk]),
                _("File the exhibits in two packets"),
                state.rule("file-size"),
            )


def _megabytes(size: int) -> str:
    """Rounded up, so that a file over the limit never reads as if it were within."""
    return f"{-(-size // 100_000) / 10:g}"


def _reminders(state: _State) -> Iterator[Finding]:
    """What a forum asks that no software can see to."""
    sentences = {
        "new-evidence": _(
            "The Board finds no new facts. Say in the filing what it is for, and why it was not offered below."
        ),
        "paper-filing": _(
            "On paper, file loose sheets without staples or insertable tabs: the printed tab sheets take their place."
        ),
    }
    for name, sentence in sentences.items():
        rule = state.rule(name)
        if rule and state.exhibits:
            yield Finding(
                f"packet.{name}",
                Severity.INFO,
                sentence,
                reverse("packet_edit", args=[state.packet.pk]),
                _("Choose another forum"),
                rule,
            )


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
    _hearing_unknown,
    _translations,
    _provenance,
    _no_link,
    _editable_by_anyone,
    _filed_twice,
    _country_pages,
    _file_size,
    _reminders,
    _client_named,
)
