"""What a source says of itself, and what that is worth."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.library.models import Source
from caseapp.packets.pdf.words import web_address
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import State

EDITABLE_BY_ANYONE = ("wikipedia.org",)


def provenance(state: State) -> Iterator[Finding]:
    rule = state.rule("source-materials")
    for filed, _capture, source in state.sources:
        missing = _missing_details(source, asks_for_links=state.rule("schedule") is not None)
        if missing:
            yield Finding(
                "packet.source-details",
                asked(rule, Severity.WARN),
                _("%(tab)s, “%(title)s”, does not say: %(missing)s.") % (filed.names | {"missing": ", ".join(missing)}),
                reverse("source_edit", args=[source.pk]),
                _("Complete the source"),
                rule,
                filed.subject,
            )


def guessed(state: State) -> Iterator[Finding]:
    for filed, _capture, source in state.sources:
        if source.guessed:
            yield Finding(
                "packet.source-guessed",
                Severity.INFO,
                _("%(tab)s, “%(title)s”: nobody has confirmed what was found in the file: %(details)s.")
                % (filed.names | {"details": ", ".join(source.guessed_fields)}),
                reverse("source_details", args=[source.pk]),
                _("Confirm the details"),
                None,
                filed.subject,
            )


def _missing_details(source: Source, *, asks_for_links: bool) -> list[str]:
    """Where the forum wants a link to each document, that is a finding of its own."""
    wanted = {_("publisher"): source.publisher, _("date"): source.published_on}
    if not asks_for_links:
        wanted[_("address")] = source.url
    return [words for words, value in wanted.items() if not value]


def no_link(state: State) -> Iterator[Finding]:
    rule = state.rule("schedule")
    for filed, capture, source in state.sources:
        if rule and state.passages_on(capture) and not source.url:
            yield Finding(
                "packet.no-link",
                asked(rule),
                _("%(tab)s, “%(title)s”, is quoted, but has no address for the link that belongs with each extract.")
                % filed.names,
                reverse("source_edit", args=[source.pk]),
                _("Complete the source"),
                rule,
                filed.subject,
            )


def editable_by_anyone(state: State) -> Iterator[Finding]:
    rule = state.rule("weak-sources")
    for filed, _capture, source in state.sources:
        if rule and _is_under(source.url, EDITABLE_BY_ANYONE):
            yield Finding(
                "packet.weak-source",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, comes from a site that anybody can edit: it has little weight.") % filed.names,
                reverse("packet_show", args=[state.packet.pk]),
                _("Take it out, or file what it cites"),
                rule,
                filed.subject,
            )


def _is_under(url: str, domains: tuple[str, ...]) -> bool:
    host = urlsplit(web_address(url)).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def no_background(state: State) -> Iterator[Finding]:
    rule = state.rule("background")
    if rule and state.exhibits and not state.sources:
        yield Finding(
            "packet.no-background",
            asked(rule, Severity.WARN),
            _("The packet holds nothing about the country: what the judge is to know of it must be in the record."),
            reverse("exhibit_add", args=[state.packet.pk]),
            _("Add exhibits"),
            rule,
        )


CHECKS = (no_background, provenance, guessed, no_link, editable_by_anyone)
