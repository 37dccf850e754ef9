"""The top bar offers each role what it may do, and only that."""

import re

import pytest

pytestmark = pytest.mark.django_db

CASEWORK = ["/", "/sources/", "/themes/", "/cases/"]


@pytest.mark.parametrize(
    ("who", "offered"),
    [("caseworker", CASEWORK), ("lawyer", CASEWORK), ("administrator", ["/", "/cases/", "/people/"])],
)
def test_every_link_that_is_offered_works(who, offered, request, as_person):
    client = as_person(request.getfixturevalue(who))
    page = client.get("/change-password/").content.decode()
    bar = re.search(r'<ul class="topbar-nav">(.*?)</ul>', page, re.DOTALL)
    assert bar is not None
    links = re.findall(r'href="([^"]+)"', bar[1])
    assert links == offered
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_signed_out_there_is_nothing_to_offer(client):
    page = client.get("/sign-in/").content.decode()
    assert "topbar-nav" not in page
    assert "/sign-out/" not in page
