"""The same twice, nearly the same twice, and what stands in the wrong company."""

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.library.origins.likeness import alike
from caseapp.library.origins.undecided import undecided_among
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import Filed, State


def filed_twice(state: State) -> Iterator[Finding]:
    """The same file, or the same words."""
    for earlier, later, is_same_file in _same(state):
        sentence = (
            _("%(tab)s, “%(title)s”, is the very file that %(earlier)s is.")
            if is_same_file
            else _("%(tab)s, “%(title)s”, says word for word what %(earlier)s says.")
        )
        yield Finding(
            "packet.filed-twice",
            Severity.WARN,
            sentence % (later.names | {"earlier": earlier.label}),
            reverse("packet_show", args=[state.packet.pk]),
            _("Take one of them out"),
            state.rule("duplicates"),
            f"{earlier.subject}-{later.subject}",
        )


def _same(state: State) -> Iterator[tuple[Filed, Filed, bool]]:
    files: dict[str, Filed] = {}
    texts: dict[str, Filed] = {}
    for filed in state.exhibits:
        capture = filed.exhibit.capture
        same_file = files.setdefault(filed.original_sha256, filed)
        same_text = texts.setdefault(capture.text_sha256, filed) if capture else filed
        if same_file is not filed:
            yield same_file, filed, True
        elif same_text is not filed:
            yield same_text, filed, False


def nearly_the_same(state: State) -> Iterator[Finding]:
    rule = state.rule("duplicates")
    known = {filed.subject: filed for filed in state.exhibits}
    same = {(earlier.subject, later.subject) for earlier, later, _is_file in _same(state)}
    for found in alike(state.sketches):
        if (found.one, found.other) not in same:
            yield Finding(
                "packet.nearly-the-same",
                asked(rule, Severity.WARN),
                _(
                    "%(tab)s, “%(title)s”, and %(earlier)s repeat each other: "
                    "%(share)s %% of the shorter one is in both."
                )
                % (known[found.other].names | {"earlier": known[found.one].label, "share": int(found.share * 100)}),
                reverse("packet_show", args=[state.packet.pk]),
                _("See whether both are needed"),
                rule,
                f"{found.one}-{found.other}",
            )


def perhaps_one_report(state: State) -> Iterator[Finding]:
    """Two sources that count as independent because nobody has decided whether they are."""
    filed_of = {source.pk: filed for filed, _capture, source in state.sources}
    for link in undecided_among(filed_of):
        earlier, later = sorted(
            (filed_of[link.one_id], filed_of[link.other_id]), key=lambda filed: filed.exhibit.position
        )
        yield Finding(
            "packet.perhaps-one-report",
            Severity.WARN,
            _("%(tab)s, “%(title)s”, and %(earlier)s are probably one report, and nobody has decided.")
            % (later.names | {"earlier": earlier.label}),
            link.get_absolute_url(),
            _("Decide whether they are"),
            subject=f"{earlier.subject}-{later.subject}",
        )


def mixed_sections(state: State) -> Iterator[Finding]:
    """Where the client's own papers and what was published about the country should stand apart."""
    rule = state.rule("sections")
    runs = [is_own for is_own, _run in groupby(filed.document is not None for filed in state.exhibits)]
    if rule and len(runs) > 2:
        yield Finding(
            "packet.mixed-sections",
            Severity.WARN,
            _("The client’s own papers and the evidence about the country stand among each other."),
            reverse("packet_show", args=[state.packet.pk]),
            _("Put them in order"),
            rule,
        )


CHECKS = (filed_twice, nearly_the_same, perhaps_one_report, mixed_sections)
