"""When two spellings name one publisher."""

import pytest

from caseapp.library.publishers.names import folded_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Sample Post", "Sample Post"),
        ("El Diario de Ejemplo", "diario de ejemplo."),
        ("Agencia Información", "AGENCIA  INFORMACION"),
        ("U. N. Sample Office", "U.N. Sample Office"),
    ],
)
def test_spellings_of_one_name_are_one(one, other):
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(("one", "other"), [("Sample Post", "Sample Times"), ("The", "El"), ("Post A", "A Post")])
def test_other_names_are_others(one, other):
    assert folded_name(one) != folded_name(other)


@pytest.mark.parametrize("name", ["", " – ", "…"])
def test_what_has_no_letters_is_no_name(name):
    assert folded_name(name) == ""
