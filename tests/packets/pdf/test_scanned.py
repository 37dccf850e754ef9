"""How fine scanned pages are."""

import io

import pytest
from PIL import Image

from caseapp.packets.pdf.scanned import dots_of_scans
from tests.packets.pdf.filing import LETTER, Leaf, made


def scan(tmp_path, dots, *, size=(8.5, 11), turned=0):
    """A page of these inches that is one picture, as many scanners make them."""
    picture = Image.new("L", (round(size[0] * dots), round(size[1] * dots)), 200).rotate(turned, expand=True)
    out, file = io.BytesIO(), tmp_path / "scan.pdf"
    picture.save(out, "PDF", resolution=dots)
    file.write_bytes(out.getvalue())
    return file


@pytest.mark.parametrize("dots", [72, 200, 300, 600])
@pytest.mark.parametrize("turned", [0, 90])
def test_a_scan_is_as_fine_as_it_was_made(tmp_path, dots, turned):
    assert dots_of_scans(scan(tmp_path, dots, turned=turned), [1]) == [dots, dots]


def test_pages_of_words_are_no_scans(tmp_path):
    file = tmp_path / "words.pdf"
    file.write_bytes(made(Leaf(("I left in spring.",), LETTER)))
    assert dots_of_scans(file, [1]) == []
    assert dots_of_scans(file, []) == []
