"""Fetching from servers of every kind: honest ones, broken ones, and those that mean harm."""

import datetime as dt
import gzip
import hashlib
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from caseapp.library.fetching import client, exchange, refusals
from caseapp.library.fetching.network import Proxy
from tests.library.fetching.conftest import PUBLIC, page, redirect, sending

NOW = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
DOOR = b"<p>Two men came to the door.</p>"


@pytest.fixture
def fetch(web):
    def fetch(address: str = "http://herald.example/door", **limits):
        return client.fetch(address, now=NOW, network=web.network, **limits)

    return fetch


def test_a_page_is_kept_with_how_it_was_got(web, fetch):
    web.handler = sending(page(DOOR, "Server: sample", "Set-Cookie: id=secret; HttpOnly"))
    fetched = fetch()
    assert (fetched.data, fetched.media_type, fetched.name) == (DOOR, "text/html", "door.html")
    assert fetched.response == {
        "address": "http://herald.example/door",
        "final_address": "http://herald.example/door",
        "ip": PUBLIC,
        "status": 200,
        "headers": [
            ["Content-Type", "text/html; charset=utf-8"],
            ["Content-Length", str(len(DOOR))],
            ["Server", "sample"],
            ["Set-Cookie", ""],
        ],
        "hops": [{"address": "http://herald.example/door", "ip": PUBLIC, "status": 200}],
        "fetched_at": "2026-11-22T15:30:00+00:00",
        "received_sha256": hashlib.sha256(DOOR).hexdigest(),
        "received_size": len(DOOR),
    }


def test_the_request_says_nothing_of_the_office(web, fetch, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:1")
    web.handler = sending(page(DOOR))
    fetch()
    line, *headers = web.requests[0].split("\r\n")
    assert line == "GET /door HTTP/1.1"
    assert {header.partition(":")[0] for header in headers if header} == {
        "Host", "User-Agent", "Accept", "Accept-Encoding", "Connection",
    }  # fmt: skip
    assert "Host: herald.example" in headers
    assert web.connected == [(PUBLIC, 80)]


def test_the_certificate_must_be_for_the_name(secure_web, fetch):
    secure_web.handler = sending(page(DOOR))
    assert fetch("https://herald.example/door").data == DOOR
    assert secure_web.connected == [(PUBLIC, 443)]
    with pytest.raises(refusals.Unverified):
        fetch("https://other.example/door")


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_web, web, fetch):
    import ssl

    web.trust = ssl.create_default_context()
    with pytest.raises(refusals.Unverified):
        fetch("https://herald.example/door")
    assert web.requests == []


@pytest.mark.parametrize(
    "ips",
    [
        ["127.0.0.1"],
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        ["2606:2800:220:1::1", "::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["169.254.169.254"],
        ["fe80::1%eth0"],
    ],
)
def test_one_address_that_is_not_public_is_enough_to_ask_nothing(web, fetch, ips):
    web.names["herald.example"] = ips
    with pytest.raises(refusals.NotPublic):
        fetch()
    assert web.connected == []


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(web):
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network = client.Network(lambda _host, _port: next(answers), web.network.connect, web.trust)
    web.handler = sending(page(DOOR))
    assert client.fetch("http://herald.example/", now=NOW, network=network).data == DOOR
    assert web.connected == [(PUBLIC, 80)]


def test_a_name_that_nobody_knows(web, fetch):
    web.names["nowhere.example"] = []
    with pytest.raises(refusals.UnknownName, match=r"nowhere\.example"):
        fetch("http://nowhere.example/")


def test_the_next_address_of_a_server_is_tried(web):
    def connect(ip: str, port: int, seconds: float):
        if ":" in ip:
            raise OSError("no route")
        return web.network.connect(ip, port, seconds)

    network = client.Network(lambda _host, _port: ["2606:2800:220:1::1", PUBLIC], connect, web.trust)
    web.handler = sending(page(DOOR))
    assert client.fetch("http://herald.example/", now=NOW, network=network).response["ip"] == PUBLIC


def test_each_redirect_is_kept_and_its_fragment_is_not_sent(web, fetch):
    web.handler = lambda connection, request: connection.sendall(
        page(DOOR) if request.startswith("GET /last?x=1 ") else redirect("/last?x=1#part")
    )
    fetched = fetch()
    assert fetched.response["final_address"] == "http://herald.example/last?x=1"
    assert [hop["status"] for hop in fetched.response["hops"]] == [302, 200]
    assert "Referer" not in web.requests[1]


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ("http://inside.example/", refusals.NotPublic),
        ("http://127.0.0.1/", refusals.NotPublic),
        ("//127.1/", refusals.NotPublic),
        ("http://[::ffff:10.0.0.1]/", refusals.NotPublic),
        ("file:///etc/passwd", refusals.UnusableAddress),
        ("ftp://herald.example/", refusals.UnusableAddress),
        ("http://me@herald.example/", refusals.AddressWithPassword),
        ("http://herald.example:6379/", refusals.UnusualPort),
        ("/" + "a" * 3000, refusals.AddressTooLong),
        ("/door", refusals.TooManyRedirects),
    ],
)
def test_a_redirect_is_judged_from_scratch(web, fetch, to, refusal):
    web.names |= {"inside.example": ["10.0.0.1"], "127.0.0.1": ["127.0.0.1"], "127.1": ["127.0.0.1"]}
    web.names["::ffff:a00:1"] = ["::ffff:10.0.0.1"]
    web.handler = sending(redirect(to))
    with pytest.raises(refusal):
        fetch()
    assert len(web.requests) == (6 if refusal is refusals.TooManyRedirects else 1)


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial Content", "304 Not Modified", "401 Unauthorized", "403 Forbidden",
               "404 Not Found", "410 Gone", "429 Too Many Requests", "500 Oh", "503 Later", "302 Found", "999 What"],
)  # fmt: skip
def test_an_answer_without_a_page_says_its_status(web, fetch, status):
    web.handler = sending(page(b"", status=status))
    with pytest.raises(refusals.AnsweredWithout, match=rf"\({status[:3]}\)"):
        fetch()


@pytest.mark.parametrize(
    ("said", "data", "media_type", "name"),
    [
        ("application/xhtml+xml", DOOR, "application/xhtml+xml", "door.xhtml"),
        ("text/plain;charset=latin-1", DOOR, "text/plain", "door.txt"),
        ("Application/PDF", b"%PDF-1.7", "application/pdf", "door.pdf"),
        ("application/octet-stream", b"%PDF-1.7", "application/pdf", "door.pdf"),
    ],
)
def test_kinds_that_the_library_reads(web, fetch, said, data, media_type, name):
    web.handler = sending(page(data, media_type=said))
    fetched = fetch()
    assert (fetched.media_type, fetched.name) == (media_type, name)


@pytest.mark.parametrize("said", ["image/png", "application/octet-stream", "application/json", "", "nonsense", "a/b/c"])
def test_other_kinds_are_refused(web, fetch, said):
    web.handler = sending(page(DOOR, media_type=said))
    with pytest.raises(refusals.NotAPage):
        fetch()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://herald.example/", "herald.example.html"),
        ("http://herald.example/a/door.HTM?x=/b.pdf", "door.HTM"),
        ("http://herald.example/polic%C3%ADa", "policía.html"),
        ("http://herald.example/..%2f..%2fetc%2fpasswd", "passwd.html"),
    ],
)
def test_the_name_it_would_have_been_saved_under(web, fetch, address, name):
    web.handler = sending(page(DOOR))
    assert fetch(address).name == name


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("x-gzip", gzip.compress)]
)
def test_a_packed_page_is_unpacked_and_the_hash_is_of_what_was_received(web, fetch, coding, pack):
    packed = pack(DOOR)
    web.handler = sending(page(packed, f"Content-Encoding: {coding}"))
    fetched = fetch()
    assert fetched.data == DOOR
    assert fetched.response["received_sha256"] == hashlib.sha256(packed).hexdigest()


def test_a_page_in_chunks_is_put_together(web, fetch):
    web.handler = sending(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3;note=x\r\nTwo\r\n4\r\n men\r\n0\r\nTrailer: x\r\n\r\n"
    )
    assert fetch().data == b"Two men"


def test_a_page_that_ends_where_the_server_hangs_up(web, fetch):
    web.handler = sending(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nTwo men")
    assert fetch().data == b"Two men"


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        b"\x00" * 100_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 60_000 + b"\r\n") * 3 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\ntoo short",
        CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nhel",
        CHUNKED + b"5;" + b"x" * 200_000,
        CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
        page(b"not packed", "Content-Encoding: gzip"),
        page(DOOR, "Content-Encoding: gzip, gzip, gzip"),
        page(DOOR, "Content-Encoding: compress"),
    ],
)
def test_an_answer_that_breaks_the_rules_is_not_believed(web, fetch, answer):
    web.handler = sending(answer)
    with pytest.raises((refusals.GarbledAnswer, refusals.NoAnswer)):
        fetch()


def test_an_endless_page_is_cut_off_where_it_is_too_large(web, fetch):
    def pour(connection, _request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"a" * 1_000_000)

    web.handler = pour
    with pytest.raises(refusals.PageTooLarge):
        fetch()


def test_a_page_that_says_it_is_too_large_is_not_read(web, fetch):
    web.handler = sending(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10000001\r\n\r\n")
    with pytest.raises(refusals.PageTooLarge):
        fetch()


def test_a_length_that_is_no_number_is_not_heard(web, fetch):
    web.handler = sending(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \xb2\r\n\r\nThe door")
    assert fetch().data == b"The door"


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_small_page_that_swells_is_cut_off(web, fetch, coding, pack):
    web.handler = sending(page(pack(b"\0" * 60_000_000), f"Content-Encoding: {coding}"))
    with pytest.raises(refusals.PageTooLarge):
        fetch()


# A server of these tests goes on for minutes; whoever leaves it in time takes less than this on the busiest machine.
IN_TIME_SECONDS = 20
MINUTES_OF_DRIPS = 6_000


def _drip(start: bytes, endless: bytes):
    def answer(connection, _request):
        connection.sendall(start)
        for _ in range(MINUTES_OF_DRIPS):
            connection.sendall(endless)
            time.sleep(0.02)

    return answer


def _fall_silent(connection, _request):
    """Until whoever asks has left."""
    while connection.recv(1):
        pass


@contextmanager
def left_in_time() -> Iterator[None]:
    began = time.monotonic()
    with pytest.raises(refusals.TookTooLong):
        yield
    assert time.monotonic() - began < IN_TIME_SECONDS


@pytest.mark.parametrize(
    "handler",
    [
        _drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
        _drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n", b"a"),
        _drip(b"HTTP/1.1 200 OK\r\n", b"X"),
        _drip(b"", b"H"),
        _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        _drip(CHUNKED, b"1\r\na\r\n"),
    ],
)
def test_a_server_that_drips_is_cut_off_when_its_time_is_over(web, fetch, handler):
    """Every single read is answered in time; only the whole takes for ever."""
    web.handler = handler
    with left_in_time():
        fetch(seconds=0.4)


def test_a_server_that_drips_in_the_handshake_is_cut_off_too(web, fetch):
    web.greeting = _drip(b"\x16\x03\x03\x40\x00", b"\x02")
    with left_in_time():
        fetch("https://herald.example/", seconds=0.4)


def test_a_server_that_falls_silent_is_left(web, fetch, monkeypatch):
    monkeypatch.setattr(exchange, "IDLE_SECONDS", 0.2)
    web.handler = _fall_silent
    with left_in_time():
        fetch(seconds=10 * IN_TIME_SECONDS)


def test_a_resolver_that_hangs_is_left(web):
    network = client.Network(lambda _host, _port: time.sleep(5) or [], web.network.connect, web.trust)
    with pytest.raises(refusals.TookTooLong):
        client.fetch("http://herald.example/", now=NOW, network=network, seconds=0.2)


def test_nobody_listens(web, fetch):
    web.port = 1
    with pytest.raises(refusals.NoAnswer):
        fetch()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_through_a_proxy_the_checked_address_is_asked_for(secure_web, fetch, scheme):
    web = secure_web
    web.proxy, web.tunnels = Proxy.parse("http://me:s%40crt@proxy.example:3128"), True
    web.tls = web.tls if scheme == "https" else None
    web.handler = sending(page(DOOR))
    assert fetch(f"{scheme}://herald.example/door").data == DOOR
    assert web.connected == [("proxy.example", 3128)]
    tunnel, request = web.requests
    assert tunnel.startswith(f"CONNECT {PUBLIC}:{443 if scheme == 'https' else 80} HTTP/1")
    assert "basic bWU6c0BjcnQ=" in tunnel.lower().replace("bwu6c0bjcnq=", "bWU6c0BjcnQ=")
    assert "Host: herald.example" in request
    assert "uthorization" not in request


@pytest.mark.parametrize("address", ["socks5://proxy.example", "proxy.example:3128", "https://proxy.example"])
def test_a_proxy_of_another_kind_is_said_at_once(address):
    with pytest.raises(ValueError, match="FETCH_PROXY"):
        Proxy.parse(address)


def test_what_a_header_says_can_be_stored(web, fetch):
    web.handler = sending(page(DOOR, "X-Odd: a\x00b\x1bc"))
    assert ["X-Odd", "a\ufffdb\ufffdc"] in fetch().response["headers"]
