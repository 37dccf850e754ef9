import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.publishers.series import Edition, edition_in, is_newer

SALVADOR = ("El Salvador",)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (
            "2024 Country Reports on Human Rights Practices: El Salvador",
            Edition("Country Reports on Human Rights Practices", "2024"),
        ),
        (
            "Country Reports on Human Rights Practices for 2019 – El Salvador",
            Edition("Country Reports on Human Rights Practices", "2019"),
        ),
        ("El Salvador 2023 Human Rights Report", Edition("Human Rights Report", "2023")),
        ("World Report 2025: El Salvador", Edition("World Report", "2025")),
        ("Annual Report 2023/24", Edition("Annual Report", "2024")),
        ("Annual Report 2023-2024", Edition("Annual Report", "2024")),
        ("Informe anual 2022 (El Salvador)", Edition("Informe anual", "2022")),
        ("Report 2022", None),
        ("Report: 14 officers killed in 2019", None),
        ("Officers killed at home in 2019", None),
        ("Annual Report 2019 and 2021", None),
        ("Annual Report", None),
    ],
)
def test_a_title_says_of_which_series_it_is(title, found):
    assert edition_in(title, country_names=SALVADOR) == found


@given(st.text(max_size=80))
def test_no_title_is_an_error(title):
    found = edition_in(f"Annual report 2020 {title}", country_names=[title])
    assert found is None or (found.series.strip() == found.series and found.edition.isdigit())


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [
        (("2024", "2025-08"), ("2023", "2024-04"), True),
        (("2023", "2025-08"), ("2023", "2024-04"), False),
        (("", "2025"), ("2023", "2024-04"), True),
        (("2024", ""), ("", "2020"), False),
    ],
)
def test_the_year_says_which_is_newer(one, other, newer):
    assert is_newer(*one, than=other[0], than_published_on=other[1]) is newer
