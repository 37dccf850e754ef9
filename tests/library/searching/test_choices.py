import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.searching.choices import FACETS, Choice, Choices


def read(address: str) -> Choices:
    from django.http import QueryDict

    return Choices.read(dict(QueryDict(address).lists()))


def test_everything_stands_in_the_address():
    choices = read("sort=title&q=two+men&country=SV&theme=-law&theme=home&unknown=1&page=3")
    assert choices.typed == "two men"
    assert choices.chosen == (Choice("theme", "law", True), Choice("theme", "home"), Choice("country", "SV"))
    assert choices.address == "q=two+men&country=SV&theme=home&theme=-law&sort=title"
    assert read("theme=a&theme=b&any=theme").address == "theme=a&theme=b&any=theme"


def test_a_click_chooses_the_next_leaves_out_the_third_lets_go():
    choices = read("country=HN")
    once = choices.turned("country", "SV")
    twice = once.turned("country", "SV")
    assert (once.stand("country", "SV"), twice.stand("country", "SV")) == ("in", "out")
    assert twice.turned("country", "SV") == choices


@pytest.mark.parametrize("address", ["", "q=", "sort=best;", "theme=", "theme=-", f"theme={'x' * 300}", "country=%00"])
def test_what_is_not_understood_changes_nothing(address):
    assert read(address) == Choices()


@given(
    st.sampled_from(FACETS), st.text(min_size=1, max_size=50).filter(lambda value: "\x00" not in value), st.booleans()
)
def test_every_value_comes_back_from_its_address(facet, value, is_out):
    choices = Choices(chosen=(Choice(facet, value, is_out),))
    assert Choices.read({facet: [choices.chosen[0].written]}) == choices
