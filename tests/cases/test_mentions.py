"""Whom a comment names."""

import pytest

from caseapp.cases.mentions import mentioned

TEAM = {1: "Carla Caseworker", 2: "Lena Lawyer", 3: "Lena Loud", 4: "Žofia Ján-Nová", 5: "C++"}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("@Carla Caseworker, please.", {1}),
        ("Please, @carla!", {1}),
        ("@Lena", set()),
        ("@Lena Loud and @LENA LAWYER", {2, 3}),
        ("@Lena Louder", set()),
        ("carla@example.org and mail@Carla", set()),
        ("(@Žofia)", {4}),
        ("@C++", {5}),
        ("Carla", set()),
        ("@", set()),
        ("@Sam Stranger", set()),
    ],
)
def test_an_at_and_a_name(words, named):
    assert mentioned(words, TEAM) == named
