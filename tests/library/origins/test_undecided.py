"""What nobody has decided counts once where independence is claimed, and is said."""

import pytest

from caseapp.library.models import Origin, Source, Verdict
from caseapp.library.origins.grouping import at_least
from caseapp.library.origins.undecided import InDoubt, undecided_among
from caseapp.library.queries import origins_of
from tests.library.conftest import NOW
from tests.library.reporting import doubted


@pytest.mark.parametrize(
    ("pairs", "count"), [((), 4), (("ab",), 3), (("ab", "bc"), 2), (("ab", "bc", "ca"), 2), (("ab", "cd"), 2)]
)
def test_pairs_in_doubt_count_as_one(pairs, count):
    assert at_least("abcd", map(tuple, pairs)) == count


def test_only_what_is_among_them_and_waits_is_in_doubt(add):
    one, other, third = (add(title=title) for title in ("One", "Other", "Third"))
    link = doubted(one, other)
    doubted(other, third)
    assert undecided_among([one.pk, other.pk]) == [link]
    assert InDoubt.among([one.pk, other.pk, third.pk], {}).sources == 3
    assert InDoubt.among([one.pk, third.pk], {}) is None


@pytest.mark.parametrize("verdict", [Verdict.CONFIRMED, Verdict.DISMISSED])
def test_what_is_decided_or_one_family_already_is_not_in_doubt(add, verdict):
    one, other = add(title="One"), add(title="Other")
    link = doubted(one, other)
    type(link).objects.update(verdict=verdict, decided_at=NOW)
    both = [one.pk, other.pk]
    assert undecided_among(both) == []
    assert InDoubt.among(both, {}) is None
    type(link).objects.update(verdict=Verdict.SUGGESTED, decided_at=None)
    Source.objects.update(origin=Origin.objects.create(name="Sample Agency"))
    assert undecided_among(both) == []
    assert InDoubt.among(both, origins_of(both)) is None
    assert InDoubt.among(both, {one.pk: 1}).sources == 2
