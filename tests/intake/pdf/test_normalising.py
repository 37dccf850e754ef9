"""The clean copy of ordinary PDFs: the same pages, words and look, and nothing else."""

import pytest

from caseapp import intake
from tests.intake import hostile


@pytest.fixture
def take_in(tmp_path):
    """take_in(pdf bytes) → (the clean copy's bytes, what is known of it)"""

    def clean(data: bytes, *, password: str = "", accepted: frozenset[str] = frozenset()):
        original, out = tmp_path / "original.pdf", tmp_path / "clean.pdf"
        original.write_bytes(data)
        made = intake.clean_pdf(original, name="a.pdf", kind="pdf", out=out, password=password, accepted=accepted)
        return out.read_bytes(), made

    return clean


def test_the_copy_of_a_copy_is_the_same_file(take_in):
    once, made = take_in(hostile.plain(3))
    again, _ = take_in(once)
    assert once == again
    assert made.pages == 3
    assert [hostile.token(page) in text for page, text in enumerate(made.text_pages, start=1)] == [True] * 3
