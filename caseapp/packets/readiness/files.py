"""What the forum takes: sizes, names, numbers of pages. Known from the last finished build, where only that knows."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.cases.models import DocumentKind
from caseapp.packets.models import BuildPart, Channel
from caseapp.packets.naming import names
from caseapp.packets.plan import UNDER_A_TAB
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import State
from caseapp.packets.sizes import megabytes

NEARLY = 0.9
"""Of a limit of pages: from here on it is worth saying."""


def country_pages(state: State) -> Iterator[Finding]:
    limit, built = state.profile.country_pages_limit, state.built
    if not limit or not built or state.details.application_attached:
        return
    pages, rule = sum(_pages(part) for part in _country_parts(state)), state.rule("country-pages")
    if pages >= limit * NEARLY:
        yield Finding(
            "packet.country-pages",
            asked(rule, Severity.BLOCK if pages > limit else Severity.WARN),
            _("The country evidence of build %(number)s has %(pages)s pages; more than %(limit)s need an application.")
            % {"number": built.number, "pages": pages, "limit": limit},
            reverse("filing_edit", args=[state.packet.pk]),
            _("Take some out, or attach the application"),
            rule,
        )


def _country_parts(state: State) -> list[BuildPart]:
    """Exhibits and what goes with them in the last build, but for the client's own papers: known by their titles."""
    titles = tuple(f": {document.printed_title}" for _filed, document in state.documents)
    parts = list(state.built.parts.all()) if state.built else []
    own = {f"exhibit-{_key(part)}" for part in parts if part.title.endswith(titles)}
    counted = [part for part in parts if part.name.partition("-")[0] in UNDER_A_TAB]
    return [part for part in counted if f"exhibit-{_key(part)}" not in own]


def _key(part: BuildPart) -> str:
    return part.name.partition("-")[2]


def _pages(part: BuildPart) -> int:
    return int(part.page_count or 0)  # type: ignore[attr-defined]


def schedule_length(state: State) -> Iterator[Finding]:
    schedule, built = state.profile.schedule, state.built
    if not schedule or not built or state.details.longer_schedule_permitted:
        return
    pages, rule = state.built_pages("schedule"), state.rule(schedule.rule)
    if pages > schedule.pages:
        yield Finding(
            "packet.schedule-length",
            asked(rule),
            _("The schedule of country information of build %(number)s has %(pages)s pages; %(limit)s are allowed.")
            % {"number": built.number, "pages": pages, "limit": schedule.pages},
            reverse("filing_edit", args=[state.packet.pk]),
            _("Choose fewer passages, or say that more was permitted"),
            rule,
        )


def limited_documents(state: State) -> Iterator[Finding]:
    """A document whose kind the forum gives a number of pages."""
    kinds = {DocumentKind.EXPERT: "expert"}
    limits = {limit.document: limit for limit in state.profile.page_limits}
    for filed, document in state.documents:
        limit = limits.get(kinds.get(DocumentKind(document.kind), ""))  # type: ignore[call-overload]
        if limit and document.pages > limit.pages:
            yield Finding(
                "packet.document-length",
                Severity.WARN,
                _("%(tab)s, “%(title)s”, has %(pages)s pages; the forum takes %(limit)s of such a document.")
                % (filed.names | {"pages": document.pages, "limit": limit.pages}),
                document.get_absolute_url(),
                _("See the document"),
                state.rule(limit.rule),
                filed.subject,
            )


def file_size(state: State) -> Iterator[Finding]:
    limit, built, rule = state.profile.volume_bytes_limit, state.built, state.rule("file-size")
    if not limit or not built:
        return
    for volume in built.volumes.all():
        if volume.size > limit:
            yield Finding(
                "packet.file-size",
                asked(rule),
                _("A file of build %(number)s weighs %(size)s MB; the forum takes %(limit)s MB at most.")
                % {"number": built.number, "size": megabytes(volume.size), "limit": megabytes(limit)},
                reverse("packet_show", args=[state.packet.pk]),
                _("File the exhibits in two packets"),
                rule,
                str(volume.number),
            )


def scans(state: State) -> Iterator[Finding]:
    """Too coarse to be read, or finer than the forum wants. A scan is filed as it came: only a new one helps."""
    least, most = state.profile.image_dpi_min, state.profile.image_dpi_max
    named = ("file-format",) if least else ("electronic-bundle", "bundle-content")
    rule = next(filter(None, map(state.rule, named)), None)
    for part in state.built.parts.all() if state.built else ():
        found = part.scans or []  # type: ignore[attr-defined]
        if least and found and found[0] < least:
            sentence = _("%(part)s: a scanned page has %(dots)s dots an inch; the forum wants %(wanted)s at least.")
            dots, wanted = found[0], least
        elif most and found and found[-1] > most:
            sentence = _("%(part)s: a scanned page has %(dots)s dots an inch; the forum wants %(wanted)s at most.")
            dots, wanted = found[-1], most
        else:
            continue
        yield Finding(
            "packet.scans",
            asked(rule, Severity.WARN),
            sentence % {"part": part.title, "dots": dots, "wanted": wanted},
            reverse("packet_show", args=[state.packet.pk]),
            _("Scan it again, if you can"),
            rule,
            part.title[:150],
        )


def file_number_in_names(state: State) -> Iterator[Finding]:
    names_of_files, rule = state.profile.file_names, state.rule(state.profile.file_names.rule)
    if not names_of_files.with_number or not state.exhibits:
        return
    if not state.details.puts_file_number_in_names:
        severity, url = Severity.INFO, reverse("filing_edit", args=[state.packet.pk])
        sentence = _(
            "The forum wants its file number in the name of each file. It is left out until you say otherwise."
        )
    elif not state.packet.case.file_number:
        severity, url = Severity.WARN, reverse("case_edit", args=[state.packet.case_id])
        sentence = _("File names are to carry the forum’s file number, but the case has none.")
    else:
        return
    yield Finding("packet.file-names", severity, sentence, url, _("Decide about file names"), rule)


def client_named(state: State) -> Iterator[Finding]:
    """The title and the reference go into the file's name and properties; the client's name must not."""
    case = state.packet.case
    edit_packet = reverse("packet_edit", args=[state.packet.pk])
    edit_case = reverse("case_edit", args=[case.pk])
    for what, text, url in (("title", state.packet.title, edit_packet), ("reference", case.reference, edit_case)):
        if names(text, case.client_name):
            yield Finding(
                "packet.client-named",
                Severity.WARN,
                _("“%(text)s” seems to hold the client’s name, so it is kept out of the file’s name and properties.")
                % {"text": text},
                url,
                _("Change it"),
                subject=what,
            )


def reminders(state: State) -> Iterator[Finding]:
    """What a forum asks that no software can see to."""
    said = []
    if state.details.channel == Channel.PAPER:
        said.append(
            (
                "paper-filing",
                _(
                    "On paper, file loose sheets without staples or insertable tabs: the printed tab sheets take their "
                    "place."
                ),
            )
        )
    if state.sources:
        said.append(
            (
                "national-package",
                _("What is in the Board’s National Documentation Package is cited by its item, not filed again."),
            )
        )
    for name, sentence in said:
        rule = state.rule(name)
        if rule and state.exhibits:
            yield Finding(
                f"packet.{name}",
                Severity.INFO,
                sentence,
                reverse("packet_show", args=[state.packet.pk]),
                _("See the exhibits"),
                rule,
            )


CHECKS = (
    country_pages,
    schedule_length,
    limited_documents,
    file_size,
    scans,
    file_number_in_names,
    client_named,
    reminders,
)
