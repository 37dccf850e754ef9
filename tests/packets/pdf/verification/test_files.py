"""Files that are missing, surplus, exchanged, too large or named to deceive."""

import re

import pytest

from caseapp.packets.pdf.packet import VolumeFile
from caseapp.packets.pdf.verification import verify_packet
from tests.packets.pdf.verification.tampering import check


def test_another_file_is_told_by_its_hash(finished, facts):
    failures = check(facts, finished.volumes[0].path.read_bytes() + b"\n")
    assert [str(failure) for failure in failures] == [
        "The file “packet.pdf” is not the one that the manifest describes."
    ]


def test_a_missing_and_a_surplus_file(finished):
    failures = verify_packet(finished.published, [VolumeFile("other.pdf", b"", 0)])
    assert [str(failure) for failure in failures] == [
        "The file “packet.pdf” is missing.",
        "The file “other.pdf” is not in the manifest.",
    ]


def test_a_file_that_is_no_pdf(facts):
    assert [str(failure) for failure in check(facts, b"not a PDF")] == [
        "The file “packet.pdf” is not the one that the manifest describes.",
        "The file “packet.pdf” cannot be opened.",
    ]


def test_a_file_larger_than_the_forum_takes(misdescribed):
    failures = misdescribed(lambda facts: facts["forum"].update(volume_bytes_limit=10_000))
    assert [failure.rule for failure in failures] == ["size"]
    assert re.fullmatch(r"The file “packet.pdf” has 0\.\d MB; this forum takes 0\.01 MB at most\.", str(failures[0]))


@pytest.mark.parametrize("name", ["../packet.pdf", "/etc/packet.pdf", ".packet.pdf"])
def test_a_file_name_that_leads_elsewhere(misdescribed, name):
    failures = misdescribed(lambda facts: facts["volumes"][0].update(file=name))
    assert f"The file name “{name}” leads out of the packet’s folder." in map(str, failures)
