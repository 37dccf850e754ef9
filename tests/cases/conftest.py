"""A case of Carla's and Lena's, and a small library to choose from."""

import pytest

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.cases.models import Case, CaseEvidence
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.library.models import Excerpt, Source
from tests.packets.making import add_article, mark

REFERENCE = "SV-2027-014"
CLIENT = "Consuelo Confidencial"


@pytest.fixture
def case(caseworker: User, lawyer: User) -> Case:
    return open_case(
        by=caseworker, details=CaseDetails(reference=REFERENCE, client_name=CLIENT, country="SV"), team=[lawyer]
    )


@pytest.fixture
def herald(db) -> Source:
    return add_article(
        "Officers killed at home",
        "The officer was on leave.\n\nTwo men came to his house.\n\nNo patrol came until morning.",
        published_on="2019-03-04",
    )


@pytest.fixture
def gazette(db) -> Source:
    return add_article("A law that was never passed", "The bill lapsed again.\n\nWeapons stay in the barracks.")


@pytest.fixture
def excerpts(herald: Source, gazette: Source) -> list[Excerpt]:
    return [
        mark(herald, "Two men came to his house.", "off-duty-killings"),
        mark(herald, "No patrol came until morning.", "off-duty-killings"),
        mark(gazette, "The bill lapsed again.", "unpassed-protection-law", is_adverse=True),
    ]


@pytest.fixture
def evidence(case: Case, excerpts: list[Excerpt], caseworker: User) -> list[CaseEvidence]:
    """The three excerpts in use in the case, in this order."""
    return add_evidence(by=caseworker, case=case, excerpts=excerpts, why="He was on leave too.")


@pytest.fixture
def many_colleagues(db) -> list[User]:
    return [
        User.objects.create_user(email=f"colleague{n}@example.org", name=f"Colleague {n}", role=Role.CASEWORKER)
        for n in range(8)
    ]
