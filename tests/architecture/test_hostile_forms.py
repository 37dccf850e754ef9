"""Every form of the program, filled in by somebody who means harm: an answer in words, never an error of the server."""

import logging
import re
from urllib.parse import quote_plus

import pytest
from django.urls import reverse

from tests.architecture.test_every_url import ROWS, address, undone, world  # noqa: F401 (a fixture)

NASTY = (
    "9" * 5_000,
    "9" * 19,
    "-1",
    "\x00\ufeff\u202e<script>'\"{{ 7*7 }}%s%(n)s",
    '"" ( -"* NEAR:theme:\\ before:0000-99 ^',
    "á" * 70_000,
)
QUOTED = {value: quote_plus(value) for value in NASTY}
# What no browser says of the page that asks.
FORGED = {"HX-Current-URL": "http://[", "HX-Request": "true"}
# Names of fields that pages send by script, or that stand in addresses.
BY_SCRIPT = (
    *("after", "all", "answer", "around", "at", "captures", "chosen", "do", "documents", "excerpts", "finding", "ids"),
    *("language", "list", "name", "next", "of", "page", "q", "row", "saved", "shape", "since", "source", "standing"),
    *("state", "step", "style", "then", "under", "version", "with", "start", "end", "words", "themes", "theme"),
    *("place", "kind", "country", "publisher", "published", "origin", "adverse", "order", "order_by"),
)
SIGNING_IN = frozenset({"account_login", "account_logout", "choose_language"})


@pytest.fixture
def unlogged():
    """What is logged of each refusal holds its request, and all of them together would hold gigabytes."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
@pytest.mark.django_db
@pytest.mark.parametrize("turn", range(0, len(NASTY), 2))
def test_no_form_ends_in_an_error_of_the_server(world, lawyer, as_person, turn):  # noqa: F811
    """Each field has another harm than its neighbour, and in each turn another than before."""

    def sent(method, url, *values, **options):
        """What somebody gets who is signed in, whatever the requests before made of that."""
        client = as_person(lawyer)
        client.raise_request_exception = False
        return getattr(client, method)(url, *values, **options)

    errors, met_the_door = [], []
    for row in ROWS:
        if row.name in SIGNING_IN:
            continue
        url = address(row, world)
        names = set(BY_SCRIPT)
        if row.statuses["lawyer"][0] == 200:
            with undone():
                page = sent("get", url)
                page.words = page.getvalue().decode(errors="replace")
            names |= set(re.findall(r'\bname="([a-z_]+)"', page.words))
        fields = sorted(names - {"csrfmiddlewaretoken"})
        values = {name: NASTY[(number + turn) % len(NASTY)] for number, name in enumerate(fields)}
        asked = f"{url}?" + "&".join(f"{name}={QUOTED[value]}" for name, value in values.items())
        for request in (("get", asked), ("post", url, values)):
            with undone():
                answer = sent(*request, headers=FORGED if turn and request[0] == "post" else None)
                answer.getvalue()  # to its end, so that nothing stays open
            if answer.status_code >= 500:
                errors.append((row.name, request[0], answer.status_code))
            if answer.headers.get("Location", "").startswith(reverse("account_login")):
                met_the_door.append(row.name)
    assert errors == []
    # Or what stands behind it was not tried.
    assert met_the_door == []
