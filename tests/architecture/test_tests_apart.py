"""No test finds what another left behind."""

import pytest
from django.core.cache import cache


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["first", "second"])
def test_in_the_cache_that_processes_share(turn):
    assert cache.get("left-by-a-test") is None
    cache.set("left-by-a-test", turn)
