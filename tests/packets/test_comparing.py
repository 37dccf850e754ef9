"""Which earlier build a finished one is compared with, and what stands in the way."""

import pytest
from django.utils import timezone

from caseapp.packets import builder
from caseapp.packets.changes import Pair
from caseapp.packets.comparing import Comparison, comparison_of
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import remove_exhibit
from tests.cases.making import lose
from tests.packets.making import make_build


def built(packet, lawyer) -> Build:
    return builder.see_through(request_build(by=lawyer, packet=packet, now=timezone.now()).pk)


@pytest.fixture
def three(packet, lawyer, printed_once) -> list[Build]:
    """As filed; without its first exhibit; and under another title."""
    builds = [built(packet, lawyer)]
    remove_exhibit(by=lawyer, exhibit=packet.exhibits.first())
    builds.append(built(packet, lawyer))
    packet.title = "Second filing"
    packet.save()
    return [*builds, built(packet, lawyer)]


def test_the_newest_earlier_build_is_what_it_is_compared_with(three):
    first, second, third = three
    found = comparison_of(third)
    assert (found.since, found.choices, found.problem) == (second, (second, first), "")
    assert found.changes.title == Pair("Country conditions", "Second filing")
    assert found.changes.exhibits_removed == ()


def test_any_earlier_build_may_be_chosen(three):
    first, _second, third = three
    found = comparison_of(third, since="1")
    assert (found.since, found.problem) == (first, "")
    assert [exhibit.label for exhibit in found.changes.exhibits_removed] == ["Tab A"]
    assert [moved.after.label for moved in found.changes.exhibits_moved] == ["Tab A"]


@pytest.mark.parametrize("since", ["3", "4", "x" * 500, "-1", "٢"])
def test_a_number_that_is_no_earlier_build_is_said(three, since):
    found = comparison_of(three[2], since=since)
    assert found.since == three[1]
    assert found.changes.title.differs
    assert found.problem == (
        f"There is no finished build “{since[:20]}” before this one. Here is what changed since build 2."
    )


def test_builds_that_came_to_nothing_and_builds_of_other_packets_are_no_choice(three):
    first, second, third = three
    Build.objects.filter(pk=second.pk).update(status=BuildStatus.FAILED, failure="It was too long.")
    make_build(status=BuildStatus.READY, published_sha256="0" * 64, finished_at=timezone.now())
    assert comparison_of(third).choices == (first,)


def test_the_first_build_has_nothing_before_it(three):
    assert comparison_of(three[0]) == Comparison(three[0], ())


def test_a_build_that_is_not_finished_is_not_compared(three, packet, lawyer):
    packet.title = "Third filing"
    packet.save()
    assert comparison_of(request_build(by=lawyer, packet=packet, now=timezone.now())) is None


@pytest.mark.parametrize("which", [1, 2])
def test_a_manifest_that_is_gone_is_said(three, which):
    sha256 = three[which].published_sha256
    lose(files_of_build(three[which]), sha256)
    found = comparison_of(three[2])
    assert (found.since, found.changes) == (three[1], None)
    assert found.problem.startswith(f"The stored file {sha256} is missing or was altered.")


def test_the_same_packet_built_again_has_no_changes(packet, lawyer, printed_once):
    first = built(packet, lawyer)
    Build.objects.filter(pk=first.pk).update(manifest_sha256="0" * 64)
    second = built(packet, lawyer)
    assert second != first
    assert comparison_of(second).changes.is_empty
