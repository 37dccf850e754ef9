"""One question to one server and its answer, over a connection to an IP that was looked at before.

The name stands in the request and is what the certificate must be for; nobody looks it up again, so it cannot lead
elsewhere meanwhile. Every read has a time limit of its own, which a server that drips never breaks; so the whole is
cut off from outside when its time is over.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import make_headers

from caseapp.library.fetching import refusals
from caseapp.library.fetching.addresses import Address, is_public
from caseapp.library.fetching.network import Network, resolved

IDLE_SECONDS = 5.0
MOST_BYTES = 10_000_000
MOST_HEADER_LETTERS = 64_000
PIECE = 1 << 16
REDIRECTS = (301, 302, 303, 307, 308)
# Honest about being a program, and silent about whose. Uncompressed, so that the bytes kept are the bytes sent.
ASKING = {
    "User-Agent": "Mozilla/5.0 (compatible; page archiver for legal research)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
}

Dial = Callable[[], socket.socket]


@dataclass(frozen=True)
class Deadline:
    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        return self.at - time.monotonic()

    def check(self) -> None:
        if self.left <= 0:
            raise refusals.TookTooLong


@dataclass(frozen=True)
class Answer:
    """`body` is as it came, still in its content encoding; empty where the answer only leads on."""

    status: int
    headers: list[tuple[str, str]]
    ip: str
    body: bytes

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")


@dataclass
class _Line:
    """A second hold on the connection, by which it can be cut off while somebody waits for it."""

    deadline: Deadline
    hold: socket.socket | None = None
    timer: threading.Timer | None = field(default=None)

    def watch(self, connected: socket.socket) -> None:
        self.hold = connected.dup()
        self.timer = threading.Timer(max(self.deadline.left, 0), self._cut)
        self.timer.daemon = True
        self.timer.start()

    def _cut(self) -> None:
        if self.hold is not None:
            try:
                self.hold.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the other side was faster

    def let_go(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer.join()
        if self.hold is not None:
            self.hold.close()


class _PinnedHttp(HTTPConnection):
    dial: Dial

    def _new_conn(self) -> socket.socket:
        return self.dial()


class _PinnedHttps(HTTPSConnection):
    dial: Dial

    def _new_conn(self) -> socket.socket:
        return self.dial()


def public_ips(address: Address, network: Network, deadline: Deadline) -> list[str]:
    """Every IP of the host, if all are public: one that is not shows that the name is not what it seems."""
    try:
        ips = resolved(network, address.host, address.port, deadline.left)
    except TimeoutError as error:
        raise refusals.TookTooLong from error
    if not ips:
        raise refusals.UnknownName(address.host)
    if not all(is_public(ip) for ip in ips):
        raise refusals.NotPublic(address.host)
    return ips


def ask(address: Address, network: Network, deadline: Deadline) -> Answer:
    """Raises a class of FetchRefused."""
    ips = public_ips(address, network, deadline)
    with _in_words(deadline):
        line = _Line(deadline)
        try:
            ip, connected = _connected(ips, address, network, deadline)
            line.watch(connected)
            connection = _connection(address, ip, network, connected)
            try:
                return _answer(connection, address, ip, deadline)
            finally:
                connection.close()
                connected.close()
        finally:
            line.let_go()


@contextmanager
def _in_words(deadline: Deadline) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise refusals.Unverified from error
    # ValueError: http.client takes the size of a chunk for a number of bytes to read, also where it is below nought.
    except (HTTPError, HTTPException, ValueError) as error:
        deadline.check()
        raise refusals.GarbledAnswer from error
    except TimeoutError as error:
        raise refusals.TookTooLong from error
    except OSError as error:
        deadline.check()
        raise refusals.NoAnswer from error


def _connected(ips: list[str], address: Address, network: Network, deadline: Deadline) -> tuple[str, socket.socket]:
    """The first of them that answers."""
    failure: OSError | None = None
    for ip in ips:
        seconds = min(IDLE_SECONDS, deadline.left)
        deadline.check()
        try:
            if network.proxy:
                return ip, network.connect(network.proxy.host, network.proxy.port, seconds)
            return ip, network.connect(ip, address.port, seconds)
        except OSError as error:
            failure = error
    raise failure or OSError


def _connection(address: Address, ip: str, network: Network, connected: socket.socket) -> HTTPConnection:
    connected.settimeout(IDLE_SECONDS)
    connection: _PinnedHttp | _PinnedHttps
    if address.scheme == "https":
        connection = _PinnedHttps(
            address.host, address.port, timeout=IDLE_SECONDS, ssl_context=network.trust, server_hostname=address.host
        )
    else:
        connection = _PinnedHttp(address.host, address.port, timeout=IDLE_SECONDS)
    connection.dial = lambda: connected
    if network.proxy:
        known = network.proxy.credentials
        connection.set_tunnel(ip, address.port, make_headers(proxy_basic_auth=known) if known else None)
    return connection


def _answer(connection: HTTPConnection, address: Address, ip: str, deadline: Deadline) -> Answer:
    connection.request(
        "GET", address.target, headers={"Host": address.host_header, **ASKING}, preload_content=False,
        decode_content=False,
    )  # fmt: skip
    response = connection.getresponse()
    headers = list(response.headers.items())
    if sum(len(name) + len(value) for name, value in headers) > MOST_HEADER_LETTERS:
        raise refusals.GarbledAnswer
    body = _body(response) if response.status == 200 else b""
    # Cut off by us, or ended by the server: a body without a stated length looks the same.
    deadline.check()
    return Answer(response.status, headers, ip, body)


def _body(response: BaseHTTPResponse) -> bytes:
    """`read`, not `stream`: that one takes the lines between chunks at any length."""
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated[:20]) > MOST_BYTES:
        raise refusals.PageTooLarge
    pieces, size = [], 0
    while piece := response.read(PIECE, decode_content=False):
        size += len(piece)
        if size > MOST_BYTES:
            raise refusals.PageTooLarge
        pieces.append(piece)
    return b"".join(pieces)
