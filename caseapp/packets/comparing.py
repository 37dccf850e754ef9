"""What a finished build's page says of the builds before it, from the manifests that were published with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseapp.core.storage import FileAltered
from caseapp.packets.changes import Changes, changes
from caseapp.packets.files import published_of
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.queries import earlier_ready_builds


@dataclass(frozen=True)
class Comparison:
    """`since` is one of `choices`, or None for a packet's first finished build.

    `problem` is a sentence: why there are no `changes`, or why they are not the ones that were asked for.
    """

    build: Build
    choices: Sequence[Build]
    since: Build | None = None
    changes: Changes | None = None
    problem: str = ""


def comparison_of(build: Build, *, since: str = "") -> Comparison | None:
    """A finished build against the earlier one with the number `since`, or the newest of them; None before its end."""
    if build.status != BuildStatus.READY:
        return None
    choices = tuple(earlier_ready_builds(build))
    if not choices:
        return Comparison(build, choices)
    chosen = next((choice for choice in choices if str(choice.number) == since), None)
    problem = "" if chosen or not since else _no_such_build(since, choices[0])
    chosen = chosen or choices[0]
    try:
        return Comparison(build, choices, chosen, changes(published_of(chosen), published_of(build)), problem)
    except FileAltered as error:
        return Comparison(build, choices, chosen, problem=str(error))


def _no_such_build(asked: str, instead: Build) -> str:
    sentence = _("There is no finished build “%(asked)s” before this one. Here is what changed since build %(number)d.")
    return sentence % {"asked": asked[:20], "number": instead.number}
