"""What the case's evidence does not show yet, asked again before each build."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.cases.covering import coverage_of
from caseapp.cases.elements import systems_of
from caseapp.packets.readiness.finding import Finding, Severity, asked
from caseapp.packets.readiness.state import State

# So many are named; the page of the coverage has all of them.
MOST_NAMED = 4


def unexplained_gaps(state: State) -> Iterator[Finding]:
    """Not where the forum says nothing of its law: nobody has to show what three legal systems ask for."""
    case = state.packet.case
    if len(systems_of(case.forum)) > 1:
        return
    gaps = coverage_of(case, today=state.today).open_gaps
    if gaps:
        rule = state.rule("background")
        names = "; ".join(str(row.element.name) for row in gaps[:MOST_NAMED])
        yield Finding(
            "packet.coverage-gaps",
            asked(rule, Severity.WARN),
            ngettext(
                "%(count)s thing that must be shown has a gap that nobody explained: %(names)s.",
                "%(count)s things that must be shown have gaps that nobody explained, such as: %(names)s.",
                len(gaps),
            )
            % {"count": len(gaps), "names": names},
            reverse("case_show", args=[case.pk]),
            _("See the coverage"),
            rule,
        )


CHECKS = (unexplained_gaps,)
