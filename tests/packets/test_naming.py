"""The name of a file that leaves the office."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.forums import FORUMS
from caseapp.packets.naming import offered_name


@pytest.mark.parametrize(
    ("reference", "client", "build", "volume", "volumes", "name"),
    [
        ("SV-2027-014", "Ana Doe", 3, 1, 1, "SV_2027_014_build_3.pdf"),
        ("SV-2027-014", "Ana Doe", 3, 2, 4, "SV_2027_014_build_3_volume_2_of_4.pdf"),
        ("doe-2027", "Ana Doe", 1, 1, 1, "packet_build_1.pdf"),
        ("Li/7", "Li Wei", 1, 1, 1, "packet_build_1.pdf"),
        ("дело", "Ana Doe", 1, 1, 1, "packet_build_1.pdf"),
        ('../"x"\r\n', "Ana Doe", 1, 1, 1, "x_build_1.pdf"),
    ],
)
def test_names(reference, client, build, volume, volumes, name):
    assert offered_name(reference=reference, client_name=client, build=build, volume=volume, volumes=volumes) == name


@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 999), st.integers(1, 9))
def test_every_forum_takes_every_name(reference, client, build, volumes):
    name = offered_name(reference=reference, client_name=client, build=build, volume=1, volumes=volumes)
    for forum in FORUMS.values():
        assert re.fullmatch(forum.file_name_pattern, name)
