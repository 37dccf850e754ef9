"""X: the server asks for pages of the public web only, and only where the office said so."""

import datetime as dt

import pytest

from caseapp.library.fetching import client, exchange, refusals
from caseapp.library.fetching.addresses import Address, is_public
from caseapp.library.models import RowStatus
from tests.library.fetching.conftest import certificate, page, redirect, secure_web, sending, web  # noqa: F401 (fixtures)
from tests.library.making import bring, work

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://herald.example/", "file:///etc/passwd", "javascript:alert(1)", "//herald.example/", "gopher://x.example/",
        "http://name:word@herald.example/", "http://herald.example:22/", "http://herald.example:6379/",
        "http://herald.example/\r\nHost: x", f"http://herald.example/{'x' * 2048}",
    ],
)  # fmt: skip
def test_x1_other_schemes_ports_names_and_lengths_are_refused(address):
    with pytest.raises(refusals.FetchRefused):
        Address.parse(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1",
    ],
)  # fmt: skip
def test_x2_what_is_not_public_is_not_asked(host):
    assert not is_public(host)


def test_x2_a_redirect_to_this_machine_is_judged_anew(web):  # noqa: F811
    web.names["inside.example"] = ["127.0.0.1"]
    web.handler = sending(redirect("http://inside.example/"))
    with pytest.raises(refusals.FetchRefused):
        client.fetch("http://herald.example/", now=NOW, network=web.network)
    assert len(web.requests) == 1


def test_x3_size_and_time_are_bounded(web):  # noqa: F811
    assert (client.MOST_INFLATED, client.MOST_SECONDS, client.MOST_REDIRECTS) == (20_000_000, 20.0, 5)
    assert exchange.MOST_BYTES == 10_000_000
    web.handler = sending(page(b"x", media_type="application/zip"))
    with pytest.raises(refusals.FetchRefused):
        client.fetch("http://herald.example/", now=NOW, network=web.network)


@pytest.mark.django_db
def test_x4_nothing_is_fetched_until_the_office_says_so(caseworker):
    batch = bring(addresses=("https://herald.example/door",), by=caseworker)
    work(batch)
    row = batch.rows.get()
    assert (row.status, row.original_sha256) == (RowStatus.ASKING, "")


def test_x4_the_request_tells_nothing_of_the_office(web):  # noqa: F811
    web.handler = sending(page(b"<p>words</p>"))
    fetched = client.fetch("http://herald.example/", now=NOW, network=web.network)
    (request,) = web.requests
    assert not [name for name in ("referer", "cookie", "x-forwarded", "via", "from:") if name in request.lower()]
    assert {"final_address", "status", "received_sha256", "fetched_at"} <= set(fetched.response)
