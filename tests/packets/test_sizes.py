import pytest

from caseapp.packets.sizes import megabytes


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0"), (1, "0.1"), (100_000, "0.1"), (25_000_000, "25"), (25_000_001, "25.1")]
)
def test_a_file_over_the_limit_never_reads_as_if_it_were_within(size, words):
    assert megabytes(size) == words
