import pytest

from caseapp.library.publishers.official import is_official


@pytest.mark.parametrize(
    ("kind", "url", "is_so"),
    [
        ("government", "", True),
        ("intergovernmental", "", True),
        ("news", "https://www.state.gov/reports/sample", True),
        ("news", "https://www.pnc.gob.sv/x", True),
        ("ngo", "https://www.ohchr.org/x", True),
        ("ngo", "https://www.hrw.org/x", False),
        ("news", "https://government.example.com/x", False),
        ("news", "https://[broken", False),
        ("news", "", False),
    ],
)
def test_what_speaks_for_a_state(kind, url, is_so):
    assert is_official(kind, url) is is_so
