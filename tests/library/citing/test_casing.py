import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.citing.casing import title_case


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("officers killed off duty", "Officers Killed Off Duty"),
        ("the rule of law: an inquiry", "The Rule of Law: An Inquiry"),
        ("what the police are for", "What the Police Are For"),
        ("INS v. Cardoza-Fonseca", "INS v. Cardoza-Fonseca"),
        ("off-duty deaths and up-to-date counts", "Off-Duty Deaths and Up-to-Date Counts"),
        ("the Policía Nacional de Honduras y la ley", "The Policía Nacional de Honduras y la Ley"),
        ("“we were told to leave”: voices of ex-officers", "“We Were Told to Leave”: Voices of Ex-Officers"),
        ("MS-13 and iPhones in the 1990s", "MS-13 and iPhones in the 1990s"),
        ("who is safe? the north. a study", "Who Is Safe? The North. A Study"),
        ("el salvador", "El Salvador"),
        ("killings from 2014 to 2018", "Killings from 2014 to 2018"),
        ("what they are fighting for?”", "What They Are Fighting For?”"),
        ("2nd round, 3rd day", "2nd Round, 3rd Day"),
        ("", ""),
        ("— … —", "— … —"),
    ],
)
def test_titles_in_english_are_cased_as_lawyers_case_them(written, printed):
    assert title_case(written) == printed


@given(st.text(alphabet="aAbZ vé.:-–“”'0 \t", max_size=40))
def test_only_the_case_of_letters_changes_and_once(title):
    cased = title_case(title)
    assert cased.lower() == title.lower()
    assert title_case(cased) == cased
    assert all(new == old or old.islower() for new, old in zip(cased, title, strict=True))
