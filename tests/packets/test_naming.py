"""The name of a file that leaves the office."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.forums import FORUMS
from caseapp.packets.naming import index_name, offered_name


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
    told = {"reference": reference, "client_name": client, "build": build, "volume": volume, "volumes": volumes}
    assert offered_name(FORUMS["generic"], **told) == name


@pytest.mark.parametrize(
    ("key", "volumes", "file_number", "name"),
    [
        ("eoir", 1, "", "SV_2027_014_Evidence.pdf"),
        ("eoir", 3, "A 000-000-000", "SV_2027_014_Evidence_Part2.pdf"),
        ("uk_ut", 1, "", "03_Evidence_Bundle_SV_2027_014.pdf"),
        ("uk_ut", 2, "", "03_Evidence_Bundle_SV_2027_014_Part2.pdf"),
        ("ca_rpd", 1, "", "SV-2027-014 - RPD - Disclosure.pdf"),
        ("ca_rpd", 2, "TB9-00000", "TB9-00000 - RPD - Disclosure - Part 2.pdf"),
        ("ca_rpd", 1, "…", "SV-2027-014 - RPD - Disclosure.pdf"),
    ],
)
def test_each_forum_has_its_own_form(key, volumes, file_number, name):
    told = {"reference": "SV-2027-014", "client_name": "Ana Doe", "build": 3, "volume": 2, "volumes": volumes}
    assert offered_name(FORUMS[key], **told, sequence=3, file_number=file_number) == name


@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 999), st.integers(1, 9), st.text(max_size=30))
def test_every_forum_takes_every_name(reference, client, build, volumes, number):
    told = {"reference": reference, "client_name": client, "build": build, "volume": 1, "volumes": volumes}
    for forum in FORUMS.values():
        assert re.fullmatch(forum.file_name_pattern, offered_name(forum, **told, file_number=number))


@given(st.sampled_from(sorted(FORUMS)), st.from_regex(r"[A-Za-z]{2,12} [A-Za-z]{2,12}", fullmatch=True))
def test_a_reference_that_names_the_client_is_kept_out(key, client):
    told = {"reference": client, "client_name": client, "build": 1, "volume": 1, "volumes": 1}
    neutral = {"reference": "", "client_name": client, "build": 1, "volume": 1, "volumes": 1}
    assert offered_name(FORUMS[key], **told) == offered_name(FORUMS[key], **neutral)


@pytest.mark.parametrize("profile", FORUMS.values(), ids=FORUMS)
def test_the_index_is_called_like_the_packet_beside_it(profile):
    name = index_name(profile, "SV_2027_014_Evidence.pdf")
    assert name == f"SV_2027_014_Evidence{profile.file_names.joint}Index.docx"
