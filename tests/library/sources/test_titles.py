import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.models.source import ONE_PLAIN_LINE
from caseapp.library.sources.titles import LONGEST, title_from


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("psych_report-2026.PDF", "psych report-2026"),
        ("Birth  certificate.scan.pdf", "Birth certificate.scan"),
        ("scan", "scan"),
        (".pdf", "pdf"),
        ("a\x00b\u202efdp.exe", "a b fdp"),
        ("...", ""),
    ],
)
def test_a_name_becomes_a_title(name, title):
    assert title_from(name) == title


@given(st.text(max_size=500))
def test_any_name_gives_a_title_that_a_document_may_have(name):
    title = title_from(name)
    assert len(title) <= LONGEST
    ONE_PLAIN_LINE(title)
